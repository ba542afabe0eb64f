import type { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import { answerSchema, type PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { maxInputTokens, type PromptContent } from "~/features/labeling/prompts/prompt-content";
import { equalHashes, readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { loadShot } from "~/features/labeling/prompts/shots.server";
import { loadModels } from "~/features/prices/load-models.server";
import type { ModelFacts } from "~/features/prices/model-book";
import type { ModelPrice } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";
import type { LabelRequest, ModelImage } from "~/ports/model/model.server";
import { createPatience, type Patience } from "./patience";

/** Everything about a label run that is the same for each of its images. */
export type OpenLabelRun = {
  id: number;
  promptName: string;
  promptVersion: { id: number; name: string };
  promptHash: string;
  /** Hashes under which this very prompt was asked, its own first. */
  knownHashes: string[];
  content: PromptContent;
  /** What is known of its model at a time. */
  factsAt(at: Date): ModelFacts;
  /**
   * The price of a call that was made then, by the model that answered: what ended or is an alias is answered, and billed, as
   * another. Null: not known.
   */
  priceOf(answeredBy: string | null, at: Date): ModelPrice | null;
  /** The most USD that one call can cost then, whose answer has at most so many tokens; null: its price is not known. */
  maxCallUsd(maxOutputTokens: number, at: Date): number | null;
  /** Input tokens that a call is expected to take, at most. */
  expectedTokens: number;
  /** How long the model has answered none of this run's calls. */
  patience: Patience;
  answer: z.ZodType<PersonaAnswer>;
  /** The request about one picture. */
  request(image: ModelImage): LabelRequest<PersonaAnswer>;
};

// Runs whose examples a process keeps encoded at once; a run has about 300 kB of them.
const KEPT_RUNS = 4;
const openRuns = new WeakMap<Ports["db"], Map<number, Promise<OpenLabelRun>>>();

/**
 * How long an example that is not what it was is believed to stay so: the lanes that begin an image before the run has paused
 * by it do not ask the bucket again, and who puts the example back and resumes is believed.
 */
const REFUSAL_KEPT_MS = 2_000;

/**
 * Opens the label run of a job run. A process reads and encodes a run's examples once, not once an image; what is kept
 * never changes while the run lasts (a budget does, and is not kept).
 * @throws DomainError when an example is not what it was
 */
export function openLabelRun(ports: Ports, jobRunId: number): Promise<OpenLabelRun> {
  const runs = openRuns.get(ports.db) ?? new Map<number, Promise<OpenLabelRun>>();
  openRuns.set(ports.db, runs);
  const known = runs.get(jobRunId);
  if (known) return known;
  const opening = prepare(ports, jobRunId);
  opening.catch((error: unknown) => {
    const forget = () => runs.get(jobRunId) === opening && runs.delete(jobRunId);
    if (isKnownError(error, "DomainError")) setTimeout(forget, REFUSAL_KEPT_MS).unref();
    else forget();
  });
  runs.set(jobRunId, opening);
  const [oldest] = runs.keys();
  if (runs.size > KEPT_RUNS && oldest !== undefined) runs.delete(oldest);
  return opening;
}

async function prepare({ db, storage, model, clock }: Ports, jobRunId: number): Promise<OpenLabelRun> {
  const row = await db.labelRun.findUnique({ where: { jobRunId }, include: { promptVersion: true } });
  if (!row?.promptVersion) throw new DomainError("not-found", `Run ${jobRunId} has no label run with a prompt.`);
  const content = readPromptContent(row.promptVersion);
  const { imageEdge, temperature, mediaResolution, ...settings } = content.settings;
  const models = await loadModels(model);
  const factsAt = (at: Date) => models.factsOf(settings.model, at);
  const facts = factsAt(clock.now());
  const taken = {
    ...(facts.takes.temperature && { temperature }),
    ...(facts.takes.mediaResolution && { mediaResolution }),
  };
  const most = maxInputTokens(content, facts);
  const examples = await Promise.all(content.examples.map((example) => loadShot(storage, example, { imageEdge })));
  const answer = answerSchema(content.attributes);
  return {
    id: row.id,
    promptName: `${row.promptVersion.name} v${row.promptVersion.version}`,
    promptVersion: { id: row.promptVersion.id, name: row.promptVersion.name },
    promptHash: row.promptVersion.hash,
    knownHashes: equalHashes(content, facts),
    content,
    factsAt,
    priceOf: (answeredBy, at) => models.factsOf(answeredBy ?? settings.model, at).price,
    maxCallUsd(maxOutputTokens, at) {
      const { price } = factsAt(at);
      if (!price) return null;
      const { input, output, thoughts } = price;
      return most.text * input.text + most.image * input.image + maxOutputTokens * Math.max(output, thoughts);
    },
    expectedTokens: most.text + most.image,
    patience: createPatience(),
    answer,
    request: (image) => ({ ...settings, ...taken, instructions: content.instructions, examples, answer, image }),
  };
}
