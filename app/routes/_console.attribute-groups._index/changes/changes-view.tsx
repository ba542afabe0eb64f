import { History } from "lucide-react";
import { changeWords } from "~/components/groups/change-words";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { ChangesContent } from "~/routes/_console.attribute-groups._index/content.server";
import { ChangeSections } from "./change-sections";
import { SnapshotsForm } from "./snapshots-form";

/** What differs between two audits, any two of those kept. */
export function ChangesView({ root, content }: { root: string; content: ChangesContent }) {
  const { snapshots, comparison } = content;
  if (!comparison) {
    return (
      <Panel>
        <EmptyState icon={History} title="Nothing to compare yet">
          <p>
            When an audit finds that the bucket changed, this page shows how: references, renamed groups, and every
            object that was added, removed or replaced.
          </p>
        </EmptyState>
      </Panel>
    );
  }
  const words = changeWords(comparison.counts);
  return (
    <>
      <SnapshotsForm root={root} snapshots={snapshots} from={comparison.from} to={comparison.to} />
      {words.length > 0 ? (
        <>
          <p className="text-sm text-muted tabular-nums">{words.join(" · ")}</p>
          <ChangeSections root={root} prefix={content.prefix} comparison={comparison} />
        </>
      ) : (
        <Panel>
          <Status tone="good">Nothing changed between these two audits</Status>
        </Panel>
      )}
    </>
  );
}
