import { count, dollars, plural } from "~/features/format";
import { archivedLeftOut } from "~/features/images/archived";
import type { PlannedItem, RunContext } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Ports } from "~/ports/index.server";
import { type AskedImage, findQuestions } from "./asking/find-questions.server";
import { openLabelRun } from "./asking/open-label-run.server";
import { readSelectedImages } from "./asking/selected-images.sql.server";
import type { LabelRunScope } from "./label-run";
import { preparePrompt } from "./prompts/prepare-prompt.server";
import { countInput } from "./quote/count-input.server";
import { quoteLabelRun } from "./quote/quote-label-run.server";
import { requireModel } from "./quote/require-model.server";

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
  await choosePrompt(ports, runId, { schema, scope: payload, signal });
  const run = await openLabelRun(ports, runId);
  await requireModel(ports, run, signal);
  const call = await countInput(ports, run, signal);
  const samples: number[] = [];
  const sum = { images: 0, atHand: 0, bytes: 0, gone: 0, unreadable: 0, archived: 0, examples: 0, answered: 0 };
  const prompt = { hashes: run.knownHashes, examples: run.content.examples };
  const known = { now: ports.clock.now(), ...schema };
  const { selection, only } = payload;
  for await (const { asked, left } of findQuestions(ports, { selection, known, prompt, only, signal })) {
    sum.images += asked.length;
    samples.push(...asked.slice(0, SAMPLES - samples.length).map(({ id }) => id));
    sum.atHand += asked.filter(({ isAnswerAtHand }) => isAnswerAtHand).length;
    for (const image of asked) sum.bytes += image.bytes;
    sum.gone += left.gone;
    sum.unreadable += left.unreadable;
    sum.archived += left.archived;
    sum.examples += left.examples;
    sum.answered += left.answered;
    if (asked.length > 0) yield asked.map(toItem);
  }
  const calls = sum.images - sum.atHand;
  const { quote, facts } = await quoteLabelRun(ports, run, { images: calls, call });
  const { budgetUsd } = await ports.db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  return {
    images: sum.images,
    leftOut: [
      { what: "Used as examples", count: sum.examples },
      ...(only === "unanswered" ? [{ what: "Answered before with this prompt", count: sum.answered }] : []),
      ...(sum.gone > 0 ? [{ what: "No longer in the bucket", count: sum.gone }] : []),
      ...(sum.unreadable > 0 ? [{ what: "Left out as unreadable", count: sum.unreadable }] : []),
      ...archivedLeftOut(sum.archived),
    ],
    samples,
    facts: [
      ...(sum.atHand > 0 ? [{ label: "Answered in an interrupted run, free", value: count(sum.atHand) }] : []),
      { label: "Prompt", value: `${run.promptName}, ${plural(run.content.examples.length, "example")}` },
      { label: "Model", value: run.content.settings.model },
      ...facts,
      { label: "Budget", value: budgetUsd === null ? "none" : dollars(budgetUsd) },
    ],
    bytes: sum.bytes,
    s3Calls: calls,
    quote,
  };
}

/** Chosen once a run: a planning that begins again asks what the first one chose. */
async function choosePrompt(
  ports: Ports,
  jobRunId: number,
  { schema, scope, signal }: { schema: LabelSchema; scope: LabelRunScope; signal: AbortSignal },
) {
  const isUnchosen = { jobRunId, promptVersionId: null };
  if ((await ports.db.labelRun.count({ where: isUnchosen })) === 0) return;
  const root = await findExamplesRoot(ports, schema, scope);
  const { id } = await preparePrompt(ports, { schema, root, name: scope.prompt, signal });
  await ports.db.labelRun.updateMany({ where: isUnchosen, data: { promptVersionId: id } });
}

/** Examples come from the first root that has images of the selection; from the first of all where none has. */
async function findExamplesRoot(
  { db, clock }: Ports,
  schema: LabelSchema,
  { selection }: LabelRunScope,
): Promise<AttributeRoot | null> {
  const known = { now: clock.now(), ...schema };
  for (const root of schema.roots) {
    const [image] = await readSelectedImages(db, selection, known, { after: root.prefix, limit: 1 });
    if (image?.key.startsWith(root.prefix)) return root;
  }
  return schema.roots[0] ?? null;
}

const toItem = ({ id, key, etag }: AskedImage): PlannedItem => ({
  subject: String(id),
  label: key,
  etag,
  before: { etag },
});
