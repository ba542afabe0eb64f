import { count } from "~/features/format";
import { type PlanSummary, planSummary } from "~/features/job-runs/kinds/plan-summary";
import { jsonColumn } from "~/features/json-column";
import type { OpenLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { estimateOutputTokens } from "~/features/labeling/prompts/token-estimates";
import type { Ports } from "~/ports/index.server";
import { makeQuote, type Quote, quoteColumn } from "./quote";
import { readSamples } from "./samples.server";

type Deps = Pick<Ports, "db" | "clock">;

/** Quotes what asking about so many images costs by today's price and what images took before, and keeps it with the run. */
export async function quoteLabelRun(
  deps: Deps,
  run: OpenLabelRun,
  { images, call }: Pick<Quote, "images" | "call">,
): Promise<Pick<PlanSummary, "quote"> & Required<Pick<PlanSummary, "facts">>> {
  const quote = await keepQuote(deps, run, { images, call });
  const { maxOutputTokens, model } = run.content.settings;
  return {
    ...inPlan(quote),
    facts: [
      ...(quote.p50Usd === null ? [{ label: "Cost", value: `unknown: no price of ${model} is known` }] : []),
      {
        label: "Tokens per image",
        value: `${call.isEstimate ? "about " : ""}${count(call.text + call.image)} in, at most ${count(maxOutputTokens)} out`,
      },
    ],
  };
}

/** Quotes a planned run again, after its pilot: in its row and in its plan, so that both say the same. */
export async function requoteLabelRun(deps: Deps, run: OpenLabelRun): Promise<void> {
  const { quote: former, jobRun } = await deps.db.labelRun.findUniqueOrThrow({
    where: { id: run.id },
    include: { jobRun: { select: { id: true, summary: true } } },
  });
  if (former === null || jobRun.summary === null) return;
  const { images, call } = quoteColumn.parse(former);
  const quote = await keepQuote(deps, run, { images, call });
  const summary = jsonColumn(planSummary).parse(jobRun.summary);
  await deps.db.jobRun.update({
    where: { id: jobRun.id },
    data: { summary: JSON.stringify({ ...summary, ...inPlan(quote) }) },
  });
}

async function keepQuote(
  { db, clock }: Deps,
  run: OpenLabelRun,
  planned: Pick<Quote, "images" | "call">,
): Promise<Quote> {
  const { settings, attributes } = run.content;
  const now = clock.now();
  const callUsd = run.maxCallUsd(settings.maxOutputTokens, now);
  const quote = makeQuote({
    ...planned,
    ...(await readSamples(db, run)),
    price: run.factsAt(now).price,
    guess: estimateOutputTokens(attributes) + (settings.thinkingBudget ?? 0),
    mostUsd: callUsd === null ? null : planned.images * callUsd,
  });
  await db.labelRun.update({ where: { id: run.id }, data: { quoteUsd: quote.p50Usd, quote: JSON.stringify(quote) } });
  return quote;
}

function inPlan({ p50Usd, p90Usd, mostUsd }: Quote): Pick<PlanSummary, "quote"> {
  if (p50Usd === null) return {};
  return {
    quote: {
      expectedUsd: p50Usd,
      ...(p90Usd !== null && { p90Usd }),
      ...(mostUsd !== null && { mostUsd }),
    },
  };
}
