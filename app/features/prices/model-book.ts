import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import type { ListedModel, MediaResolution, ModelFile, ModelLimits, ThinkingLevel } from "./model-file";
import type { ModelPrice } from "./model-prices";

/** What is known of a model on a day. Of one that no file lists nothing is. */
export type ModelFacts = {
  /** As it is asked for. */
  model: string;
  isListed: boolean;
  /** Null: not known, which is not free. */
  price: ModelPrice | null;
  takes: { temperature: boolean; mediaResolution: boolean };
  thinking: ListedModel["thinking"];
  imageTokens: ListedModel["imageTokens"];
  limits: ModelLimits;
  ends: Date | null;
  instead: string | null;
};

/** The models that files list, by name. */
export type ModelBook = {
  factsOf(model: string, at: Date): ModelFacts;
  /** Models that may be asked at this time, with a known price; the newest first. */
  current(at: Date): string[];
};

const PER_MILLION = 1e6;
const NO_LIMITS: ModelLimits = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null };

/** “-preview-09-2025”, “-001”: the same model at a date. “-image” or “-preview-tts” is another one. */
const DATED = /^(?:-(?:preview|exp))?(?:-[\d-]+)?$/;

/** @param models as the files list them */
export function createModelBook(models: ModelFile["models"]): ModelBook {
  const find = (model: string): ListedModel | undefined =>
    models[Object.keys(models).find((known) => model.startsWith(known) && DATED.test(model.slice(known.length))) ?? ""];
  return {
    factsOf(model, at) {
      const listed = find(model);
      const takes = (name: ListedModel["parameters"][number]) => listed?.parameters.includes(name) ?? false;
      return {
        model,
        isListed: listed !== undefined,
        price: listed ? priceAt(listed, at) : null,
        takes: { temperature: takes("temperature"), mediaResolution: takes("mediaResolution") },
        thinking: listed?.thinking ?? null,
        imageTokens: listed?.imageTokens ?? null,
        limits: listed?.limits ?? NO_LIMITS,
        ends: listed?.ends ?? null,
        instead: listed?.instead ?? null,
      };
    },
    current: (at) =>
      Object.entries(models)
        .filter(([, model]) => !hasEnded(model, at) && priceAt(model, at) !== null)
        .sort(([, one], [, other]) => timeOf(other.released) - timeOf(one.released))
        .map(([name]) => name),
  };
}

const timeOf = (day: Date | null) => day?.getTime() ?? 0;
const hasEnded = ({ ends }: { ends: Date | null }, at: Date) => ends !== null && at >= ends;

/** The price that holds at a time: the newest that began before. */
function priceAt({ prices }: ListedModel, at: Date): ModelPrice | null {
  const row = prices.findLast(({ from }) => from <= at);
  if (!row) return null;
  const { input, cached, output, thoughts } = row;
  return {
    input: { text: input.text / PER_MILLION, image: input.image / PER_MILLION },
    cached: cached === null ? null : cached / PER_MILLION,
    output: output / PER_MILLION,
    thoughts: thoughts / PER_MILLION,
  };
}

/**
 * That a model may be asked at this time.
 * @param listedByApi names that the API lists; null: it could not be asked
 * @param isBudgeted a budget can only hold where the price is known
 * @throws DomainError "invalid" with what to choose instead
 */
export function requireAskable(
  book: ModelBook,
  {
    model,
    at,
    listedByApi,
    isBudgeted,
  }: { model: string; at: Date; listedByApi: string[] | null; isBudgeted: boolean },
): ModelFacts {
  const facts = book.factsOf(model, at);
  const refusal = explainUnserved(book, { model, at, listedByApi });
  if (refusal !== null) throw new DomainError("invalid", refusal);
  if (isBudgeted && facts.price === null) {
    const advice = adviceOf(book, { model, at, listedByApi });
    throw new DomainError(
      "invalid",
      `The price of ${quote(model)} is not known, so no budget could hold.${advice} Or add its price to the file that MODELS_FILE names, or start without a budget.`,
    );
  }
  return facts;
}

type Asked = { model: string; at: Date; listedByApi: string[] | null };

/**
 * That a model has ended by then, and what to choose instead; null: it has not. It would be answered, and billed, as another one.
 * @param asked.listedByApi names that the API lists; null: not known
 */
export function explainEnd(book: ModelBook, asked: Asked): string | null {
  const { model, at } = asked;
  const { ends } = book.factsOf(model, at);
  if (ends === null || at < ends) return null;
  return `${quote(model)} is no longer served since ${dayOf(ends)}.${adviceOf(book, asked)}`;
}

/** The same, or that the API does not list it. */
export function explainUnserved(book: ModelBook, asked: Asked): string | null {
  const { model, listedByApi } = asked;
  const ended = explainEnd(book, asked);
  if (ended !== null || listedByApi === null || listedByApi.includes(model)) return ended;
  return `Gemini does not list ${quote(model)}, so it would answer no call.${adviceOf(book, asked)}`;
}

/** What to choose instead of a model, as a sentence behind another one; empty where nothing is left. */
function adviceOf(book: ModelBook, { model, at, listedByApi }: Asked): string {
  const choices = book.current(at).filter((name) => name !== model && (listedByApi?.includes(name) ?? true));
  const { instead } = book.factsOf(model, at);
  if (choices.length === 0) return "";
  const choice = instead !== null && choices.includes(instead) ? instead : `one of ${choices.join(", ")}`;
  return ` Choose ${choice}, in GEMINI_MODEL or in the prompt.`;
}

const dayOf = (date: Date) => date.toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });

/** How a model is told to think as little as it can, and how many tokens its answer may then take, thoughts included. */
export function leastThinking({ thinking }: ModelFacts): {
  thinkingBudget?: number;
  thinkingLevel?: ThinkingLevel;
  maxOutputTokens: number;
} {
  // Labels of single pictures gain nothing from thoughts, which cost several times as much as the answer. A level is no
  // limit, so the cap leaves room for some thoughts: they count within it (github.com/googleapis/python-genai/issues/782).
  if (thinking && "leastBudget" in thinking) {
    const { leastBudget } = thinking;
    return { thinkingBudget: leastBudget, maxOutputTokens: leastBudget === 0 ? 1_024 : 2_048 };
  }
  const [thinkingLevel] = thinking?.levels ?? [];
  return { ...(thinkingLevel && { thinkingLevel }), maxOutputTokens: 2_048 };
}

/** Tokens that one picture counts for at a resolution (absent: the model's own); null where only counting tells. */
export function imageTokensAt({ imageTokens }: ModelFacts, resolution: MediaResolution | undefined): number | null {
  if (imageTokens === null || imageTokens === "tiles") return null;
  return imageTokens[resolution ?? imageTokens.default];
}
