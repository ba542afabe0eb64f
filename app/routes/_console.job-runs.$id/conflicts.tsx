import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { plural } from "~/features/format";

/** What stands in the way of the plan: those items are left as they are. */
export function Conflicts({ conflicts }: { conflicts: { count: number; sample: string[] } }) {
  return (
    <Panel
      title="Conflicts"
      isPadded={false}
      aside={<Status tone="warn">{plural(conflicts.count, "item")} will be skipped</Status>}
    >
      <ul className="divide-y divide-line">
        {conflicts.sample.map((sentence) => (
          <li key={sentence} className="px-4 py-2 text-sm [overflow-wrap:anywhere]">
            {sentence}
          </li>
        ))}
        <More total={conflicts.count} shown={conflicts.sample.length} className="px-4 py-2 text-sm" />
      </ul>
    </Panel>
  );
}
