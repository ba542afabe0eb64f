import type { z } from "zod";
import { answerSchema, type PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { maxInputTokens, type PromptContent } from "~/features/labeling/prompts/prompt-content";
import { equalHashes, type PromptRow, readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { loadShot, type Shot } from "~/features/labeling/prompts/shots.server";
import { loadModels } from "~/features/prices/load-models.server";
import { explainEnd, type ModelFacts } from "~/features/prices/model-book";
import type { ModelPrice } from "~/features/prices/model-prices";
import type { Ports } from "~/ports/index.server";
import type { LabelRequest, ModelImage } from "~/ports/model/model.server";

/** What a prompt asks, ready to be counted and sent. */
export type OpenContent = {
  content: PromptContent;
  /** What is known of its model at a time. */
  factsAt(at: Date): ModelFacts;
  /**
   * The price of a call that was made then, by the model that answered: what ended or is an alias is answered, and billed, as
   * another. Null: not known.
   */
  priceOf(answeredBy: string | null, at: Date): ModelPrice | null;
  /** That its model has ended by then, as sentences that say what to choose instead; null: it has not. */
  explainEnd(at: Date): string | null;
  /** The most USD that one call can cost then, whose answer has at most so many tokens; null: its price is not known. */
  maxCallUsd(maxOutputTokens: number, at: Date): number | null;
  /** Input tokens that a call is expected to take, at most. */
  expectedTokens: number;
  answer: z.ZodType<PersonaAnswer>;
  /** The request about one picture. */
  request(image: ModelImage): LabelRequest<PersonaAnswer>;
};

/** A prompt version, ready to be asked with. */
export type OpenPrompt = OpenContent & {
  promptName: string;
  promptVersion: { id: number; name: string };
  promptHash: string;
  /** Hashes under which this very prompt was asked, its own first. */
  knownHashes: string[];
};

type OpeningPorts = Pick<Ports, "storage" | "model" | "clock">;

/**
 * Reads and encodes the examples of a prompt version.
 * @throws DomainError "conflict" when an example is not what it was
 */
export async function openPrompt(ports: OpeningPorts, row: PromptRow): Promise<OpenPrompt> {
  const content = readPromptContent(row);
  const { imageEdge } = content.settings;
  const shots = await Promise.all(content.examples.map((example) => loadShot(ports.storage, example, { imageEdge })));
  const opened = await openContent(ports, content, shots);
  return {
    promptName: `${row.name} v${row.version}`,
    promptVersion: { id: row.id, name: row.name },
    promptHash: row.hash,
    knownHashes: equalHashes(content, opened.factsAt(ports.clock.now())),
    ...opened,
  };
}

/** @param shots the content's examples, as the model is shown them */
export async function openContent(
  { model, clock }: Pick<Ports, "model" | "clock">,
  content: PromptContent,
  shots: Shot[],
): Promise<OpenContent> {
  const { settings } = content;
  const models = await loadModels(model);
  const factsAt = (at: Date) => models.factsOf(settings.model, at);
  const facts = factsAt(clock.now());
  const sent = settingsSent(settings, facts);
  const most = maxInputTokens(content, facts);
  const answer = answerSchema(content.attributes);
  return {
    content,
    factsAt,
    priceOf: (answeredBy, at) => models.factsOf(answeredBy ?? settings.model, at).price,
    explainEnd: (at) => explainEnd(models, { model: settings.model, at, listedByApi: null }),
    maxCallUsd(maxOutputTokens, at) {
      const { price } = factsAt(at);
      if (!price) return null;
      const { input, output, thoughts } = price;
      return most.text * input.text + most.image * input.image + maxOutputTokens * Math.max(output, thoughts);
    },
    expectedTokens: most.text + most.image,
    answer,
    request: (image) => ({ ...sent, instructions: content.instructions, examples: shots, answer, image }),
  };
}

/** What of a version's settings a request carries: those that its model takes. */
export function settingsSent(
  { imageEdge, temperature, mediaResolution, ...settings }: PromptContent["settings"],
  { takes }: ModelFacts,
) {
  return {
    ...settings,
    ...(takes.temperature && { temperature }),
    ...(takes.mediaResolution && { mediaResolution }),
  };
}
