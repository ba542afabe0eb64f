import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Status } from "~/components/ui/status";
import { count, plural } from "~/features/format";
import type { Limit, QuotaView } from "~/features/model-quotas/list-quotas.sql.server";

const hasLearned = ({ requestsPerMinute, tokensPerMinute }: QuotaView) =>
  requestsPerMinute.learned !== null || tokensPerMinute.learned !== null;

export const quotaColumns: Column<QuotaView>[] = [
  { header: "Model", isLead: true, cell: ({ model }) => <span className="font-medium">{model}</span> },
  { header: "State", cell: ({ held }) => <Held held={held} /> },
  {
    header: "Last minute",
    align: "end",
    cell: ({ lastMinute: { requests, tokens } }) => `${plural(requests, "request")}, ${plural(tokens, "token")}`,
  },
  { header: "Today", align: "end", cell: ({ today }) => plural(today, "request") },
  { header: "Requests a minute", align: "end", cell: (quota) => <HoldingLimit limit={quota.requestsPerMinute} /> },
  { header: "Tokens a minute", align: "end", cell: (quota) => <HoldingLimit limit={quota.tokensPerMinute} /> },
  { header: "Requests a day", align: "end", cell: (quota) => <HoldingLimit limit={quota.requestsPerDay} /> },
];

export const commandColumn: Column<QuotaView> = {
  header: "Actions",
  align: "end",
  cell: (quota) =>
    hasLearned(quota) ? (
      <span className="inline-flex py-1">
        <IntentButton intent="reset-limits" fields={{ model: quota.model }} about={quota.model}>
          Reset learned limits
        </IntentButton>
      </span>
    ) : (
      <span className="text-muted">–</span>
    ),
};

function Held({ held }: Pick<QuotaView, "held">) {
  if (!held) return <Status tone="good">Takes calls</Status>;
  return (
    <span className="block py-1 max-sm:text-right">
      <Status tone="warn">
        <span>
          Takes calls again <Time at={held.until} />
        </span>
      </Status>
      <span className="block max-w-90 text-xs [overflow-wrap:anywhere] text-muted">{held.reason}</span>
    </span>
  );
}

/** The lower of both limits, and where it comes from. */
function HoldingLimit({ limit: { named, learned } }: { limit: Limit }) {
  if (named === null && learned === null) return <span className="text-muted">not known</span>;
  const isLearned = learned !== null && (named === null || learned < named);
  const other = isLearned ? named : learned;
  return (
    <span className="block py-1">
      <span className="block">{count((isLearned ? learned : named) ?? 0)}</span>
      <span className="block text-xs text-muted">
        {isLearned ? "learned" : "listed"}
        {other !== null && `; ${isLearned ? "listed" : "learned"} ${count(other)}`}
      </span>
    </span>
  );
}
