import { DomainError } from "~/features/domain-error";
import { count, dollars, plural } from "~/features/format";
import { archivedLeftOut } from "~/features/images/archived";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import type { PlannedItem, RunContext } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { isKnownError } from "~/features/known-error";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { costOf } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";
import { type AskedImage, findQuestions } from "./asking/find-questions.server";
import { type OpenLabelRun, openLabelRun } from "./asking/open-label-run.server";
import type { LabelRunScope } from "./label-run";
import { preparePrompt } from "./prompts/prepare-prompt.server";
import { maxInputTokens } from "./prompts/prompt-content";
import { estimateOutputTokens } from "./prompts/token-estimates";

/** Images of a plan that people see. */
const SAMPLES = 8;

/**
 * Chooses the prompt and freezes the images to ask about. Counts tokens at the model, which is free, and sets the run's
 * quote.
 */
export async function* planLabelRun(
  ports: Ports,
  { runId, payload, signal }: RunContext<LabelRunScope>,
): AsyncGenerator<PlannedItem[], PlanSummary> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, payload.root);
  await choosePrompt(ports, runId, { schema, root, name: payload.prompt, signal });
  const run = await openLabelRun(ports, runId);
  const input = await countInputTokens(ports, run, signal);
  const samples: number[] = [];
  const sum = { images: 0, atHand: 0, bytes: 0n, unreadable: 0, archived: 0, examples: 0, answered: 0 };
  const prompt = { hash: run.promptHash, examples: run.content.examples };
  for await (const { asked, left } of findQuestions(ports, { root, prompt, only: payload.only, signal })) {
    sum.images += asked.length;
    samples.push(...asked.slice(0, SAMPLES - samples.length).map(({ id }) => id));
    sum.atHand += asked.filter(({ isAnswerAtHand }) => isAnswerAtHand).length;
    for (const image of asked) sum.bytes += image.bytes;
    sum.unreadable += left.unreadable;
    sum.archived += left.archived;
    sum.examples += left.examples;
    sum.answered += left.answered;
    if (asked.length > 0) yield asked.map(toItem);
  }
  const { settings, attributes } = run.content;
  const output = estimateOutputTokens(attributes) + (settings.thinkingBudget ?? 0);
  const calls = sum.images - sum.atHand;
  const usd = calls * costOf(run.price, { input: input.tokens, output });
  const { budgetUsd } = await ports.db.labelRun.update({ where: { jobRunId: runId }, data: { quoteUsd: usd } });
  return {
    images: sum.images,
    leftOut: [
      { what: "Used as examples", count: sum.examples },
      ...(payload.only === "unanswered" ? [{ what: "Answered before with this prompt", count: sum.answered }] : []),
      ...(sum.unreadable > 0 ? [{ what: "Left out as unreadable", count: sum.unreadable }] : []),
      ...archivedLeftOut(sum.archived),
    ],
    samples,
    facts: [
      ...(sum.atHand > 0 ? [{ label: "Answered in an interrupted run, free", value: count(sum.atHand) }] : []),
      { label: "Prompt", value: `${run.promptName}, ${plural(run.content.examples.length, "example")}` },
      { label: "Model", value: settings.model },
      {
        label: "Tokens per image",
        value: `${input.isEstimate ? "about " : ""}${count(input.tokens)} in, about ${count(output)} out, at most ${count(settings.maxOutputTokens)}`,
      },
      { label: "Budget", value: budgetUsd === null ? "none" : dollars(budgetUsd) },
    ],
    bytes: Number(sum.bytes),
    s3Calls: calls,
    quote: { expectedUsd: usd, mostUsd: calls * run.maxCallUsd(settings.maxOutputTokens) },
  };
}

/** Chosen once a run: a planning that begins again asks what the first one chose. */
async function choosePrompt(ports: Ports, jobRunId: number, prompt: Parameters<typeof preparePrompt>[1]) {
  const isUnchosen = { jobRunId, promptVersionId: null };
  if ((await ports.db.labelRun.count({ where: isUnchosen })) === 0) return;
  const { id } = await preparePrompt(ports, prompt);
  await ports.db.labelRun.updateMany({ where: isUnchosen, data: { promptVersionId: id } });
}

const toItem = ({ id, key, etag }: AskedImage): PlannedItem => ({
  subject: String(id),
  label: key,
  etag,
  before: { etag },
});

/**
 * Input tokens of one request, counted at the model with an empty picture of the usual shape. When the model cannot be
 * reached now the most that they can be stands in; a wrong key or model ends the plan here, before any image does.
 */
async function countInputTokens(
  { model }: Ports,
  run: OpenLabelRun,
  signal: AbortSignal,
): Promise<{ tokens: number; isEstimate: boolean }> {
  const { imageEdge } = run.content.settings;
  const bytes = await blankJpeg(Math.round(imageEdge * 0.75), imageEdge);
  try {
    const tokens = await model.countTokens({ ...run.request({ bytes, contentType: "image/jpeg" }), signal });
    return { tokens, isEstimate: false };
  } catch (error) {
    if (!isKnownError(error, "ModelError")) throw error;
    if (error.retryable) return { tokens: maxInputTokens(run.content), isEstimate: true };
    throw new DomainError("invalid", error.message);
  }
}
