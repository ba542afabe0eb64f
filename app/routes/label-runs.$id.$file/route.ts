import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { quoteAndActual } from "~/features/labeling/quote/quote-and-actual";
import { exportReview } from "~/features/labeling/review/read-review.server";
import type { ReviewedProposal } from "~/features/labeling/review/review";
import { parseReviewList } from "~/features/labeling/review/review-filter";
import { requireLabelRun } from "~/features/labeling/views/read-label-run.server";
import { summarizeLabelRun } from "~/features/labeling/views/summarize-label-run.sql.server";
import type { Ports } from "~/ports/index.server";
import { idOf } from "~/web/address";
import { exportOf, exportResponse } from "~/web/export.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const columns = [
  ...["proposalId", "imageId", "key", "group", "attribute", "old", "oldSource", "new", "confidence", "estimate"],
  ...["folder", "decision", "decidedBy", "decidedAt", "conflict", "outdated"],
] as const;

/**
 * The proposals that the filter of the review keeps, with what was decided: /label-runs/12/proposals.csv?decision=accepted; or what
 * the run was expected to take beside what it took: /label-runs/12/quote.csv
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const runId = idOf(params.id);
  const { list, format } = exportOf(params.file, ["proposals", "quote"]);
  await requireLabelRun(context.ports, runId);
  if (list === "quote") {
    const lines = readQuoteAndActual(context.ports, runId);
    const columns = ["name", "expected", "actual"];
    return exportResponse(
      context,
      { name: `label-run-${runId}-quote`, format },
      { columns, pages: lines, toRow: (line) => line },
    );
  }
  const { filter, order } = parseReviewList(new URL(request.url).searchParams);
  const pages = exportReview(context.ports, { runId, filter, order, schema: await loadLabelSchema() });
  return exportResponse(
    context,
    { name: `label-run-${runId}-proposals`, format },
    { columns, pages, toRow: toProposalRow },
  );
}

/** In one page; none before the run is planned. */
async function* readQuoteAndActual(ports: Ports, runId: number) {
  const totals = await summarizeLabelRun(ports, runId);
  if (totals.quote) yield quoteAndActual(totals.quote, totals);
}

const toProposalRow = (proposal: ReviewedProposal) => ({
  proposalId: proposal.id,
  imageId: proposal.imageId,
  key: proposal.key,
  group: proposal.group,
  attribute: proposal.attribute,
  old: proposal.old,
  oldSource: proposal.source,
  new: proposal.value,
  confidence: proposal.confidence,
  estimate: proposal.estimate,
  folder: proposal.folder,
  decision: proposal.decision,
  decidedBy: proposal.decidedByName,
  decidedAt: proposal.decidedAt?.toISOString() ?? null,
  conflict: proposal.isConflict,
  outdated: proposal.isOutdated,
});
