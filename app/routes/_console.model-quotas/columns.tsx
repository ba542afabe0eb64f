import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Status } from "~/components/ui/status";
import { count } from "~/features/format";
import type { Limit, QuotaView } from "~/features/model-quotas/list-quotas.sql.server";

const hasLearned = ({ requestsPerMinute, tokensPerMinute }: QuotaView) =>
  requestsPerMinute.learned !== null || tokensPerMinute.learned !== null;

export const quotaColumns: Column<QuotaView>[] = [
  {
    header: "Model",
    isLead: true,
    cell: ({ model }) => <span className="font-medium whitespace-nowrap">{model}</span>,
  },
  { header: "State", cell: ({ held }) => <Held held={held} /> },
  {
    header: "Requests a minute",
    align: "end",
    cell: ({ lastMinute, requestsPerMinute }) => <Taken taken={lastMinute.requests} limit={requestsPerMinute} />,
  },
  {
    header: "Tokens a minute",
    align: "end",
    cell: ({ lastMinute, tokensPerMinute }) => <Taken taken={lastMinute.tokens} limit={tokensPerMinute} />,
  },
  {
    header: "Requests today",
    align: "end",
    cell: ({ today, requestsPerDay }) => <Taken taken={today} limit={requestsPerDay} />,
  },
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
      <span className="block max-w-120 text-xs [overflow-wrap:anywhere] text-muted">{held.reason}</span>
    </span>
  );
}

/** What was taken of a limit, the lower one of both, and where that comes from. */
function Taken({ taken, limit: { named, learned } }: { taken: number; limit: Limit }) {
  const isLearned = learned !== null && (named === null || learned < named);
  const [limit, other] = isLearned ? [learned, named] : [named, learned];
  return (
    <span className="inline-block py-1 whitespace-nowrap">
      {count(taken)}
      {limit !== null && ` of ${count(limit)}`}{" "}
      <span className="text-xs text-muted sm:block">
        {limit === null ? "limit not known" : isLearned ? "learned" : "listed"}
        {other !== null && `, ${isLearned ? "listed" : "learned"} ${count(other)}`}
      </span>
    </span>
  );
}
