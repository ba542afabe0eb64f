import type { LoaderFunctionArgs } from "@remix-run/node";
import { DomainError } from "~/features/domain-error";
import { type RunItem, readAllItems } from "~/features/job-runs/views/read-items.server";
import { parseJson } from "~/features/json-column";
import { itemFilter } from "~/features/list-filters";
import { idOf } from "~/web/address";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = [
  "seq",
  "subject",
  "label",
  "outcome",
  "before",
  "target",
  "after",
  "attempts",
  "errorClass",
  "error",
  "reason",
  "etag",
  "finishedAt",
] as const;

/** The items of a run that the filter of its page keeps: /job-runs/12/items.csv?outcome=failed */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const runId = idOf(params.id);
  const { format } = exportOf(params.file, ["items"]);
  const { db } = context.ports;
  if (!(await db.jobRun.findUnique({ where: { id: runId }, select: { id: true } }))) {
    throw new DomainError("not-found", `There is no run ${runId}.`);
  }
  const filter = itemFilter.parse(new URL(request.url).searchParams);
  return exportResponse(
    context,
    { name: `run-${runId}-items`, format },
    { columns, pages: readAllItems({ db }, { runId, ...filter }), toRow },
  );
}

const toRow = (item: RunItem) => ({
  seq: item.seq,
  subject: item.subject,
  label: item.label,
  outcome: item.outcome ?? "open",
  before: parseJson(item.before),
  target: parseJson(item.target),
  after: parseJson(item.after),
  attempts: item.attempts,
  errorClass: item.errorClass,
  error: item.error,
  reason: item.reason,
  etag: item.etag,
  finishedAt: item.finishedAt?.toISOString() ?? null,
});
