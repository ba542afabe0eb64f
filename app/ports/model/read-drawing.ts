import { z } from "zod";
import { type DrawReason, explainBlock, explainFinish, explainNothing } from "~/draw-reasons";
import { sniffImageType } from "~/image-type";
import { quote } from "~/quote";
import { type Billed, explainBilled } from "./explain-billed";
import type { ModelImage } from "./model-image";
import { isFinalBlock, isFinalFinish } from "./model-reasons";
import { type DrawUsage, readDrawUsage } from "./model-usage";

/**
 * A call that was answered. `raw` is the body, with the length of each picture in its place; `text` what the model wrote beside it,
 * thoughts left out; `usage` is null where the response does not say, or cannot be right about, what it is billed for.
 */
type Answered = {
  raw: string;
  text: string;
  usage: DrawUsage | null;
  modelVersion: string | null;
  finishReason: string | null;
};

/** `code` is Gemini's finish or block reason, null for none; `said` its own words for it; `billed` and `cost` tell what is paid. */
type Without = DrawReason & { code: string | null; said: string | null; billed: Billed; cost: string };

export type DrawResponse = Answered &
  /** `image` has the type that its bytes have. `notes` are sentences about what else is to know of it. */
  (
    | { kind: "drawn"; image: ModelImage; notes: string[] }
    /** For good: the same request would end the same way. */
    | ({ kind: "refused" } & Without)
    /** Nothing was drawn, for a reason that is worth one more try. */
    | ({ kind: "no-image" } & Without)
    /** Billed, and of no use. */
    | { kind: "failed"; retryable: true; perhapsBilled: true; reason: string }
  );

const part = z
  .object({
    text: z.string().catch(""),
    thought: z.boolean().catch(false),
    inlineData: z
      .object({ mimeType: z.string().catch(""), data: z.string() })
      .nullable()
      .catch(null),
  })
  .catch({ text: "", thought: false, inlineData: null });
const candidate = z.object({
  content: z.object({ parts: z.array(part).catch([]) }).catch({ parts: [] }),
  finishReason: z.string().nullable().catch(null),
  finishMessage: z.string().nullable().catch(null),
});
const feedback = z.object({
  blockReason: z.string().nullable().catch(null),
  blockReasonMessage: z.string().nullable().catch(null),
});
const drawBody = z.object({
  candidates: z.array(candidate).catch([]),
  promptFeedback: feedback.catch({ blockReason: null, blockReasonMessage: null }),
  usageMetadata: z.unknown().optional(),
  modelVersion: z.string().nullable().catch(null),
});

/**
 * What a response that came with status 200 says.
 * @param body of any size: what is given back holds the first picture only
 * @throws SyntaxError for what is not JSON
 */
export function readDrawing(body: string): DrawResponse {
  const json: unknown = JSON.parse(body);
  const { data } = drawBody.safeParse(json);
  const raw = withoutPictures(json);
  if (!data) return useless("Gemini’s response is no answer.", { raw, text: "", usage: null, modelVersion: null });
  const { candidates, promptFeedback, usageMetadata, modelVersion } = data;
  const parts = candidates.flatMap(({ content }) => content.parts).filter(({ thought }) => !thought);
  const pictures = parts.flatMap(({ inlineData }) => inlineData ?? []);
  const text = parts.map((one) => one.text).join("");
  const usage = readDrawUsage(usageMetadata, { hasText: text.trim() !== "", hasPicture: pictures.length > 0 });
  const finishReason = candidates[0]?.finishReason ?? null;
  const answered: Answered = { raw, text, usage, modelVersion, finishReason };
  const { blockReason } = promptFeedback;
  const without = (code: string | null, said: string | null, why: DrawReason): Answered & Without => {
    const billed = billedFor(said, usage);
    return { ...answered, ...why, code, said, billed, cost: explainBilled(billed, usage) };
  };
  if (blockReason !== null) {
    const end = without(blockReason, promptFeedback.blockReasonMessage, explainBlock(blockReason));
    return { kind: isFinalBlock(blockReason) ? "refused" : "no-image", ...end };
  }
  const said = candidates[0]?.finishMessage ?? null;
  if (finishReason !== null && isFinalFinish(finishReason)) {
    return { kind: "refused", ...without(finishReason, said, explainFinish(finishReason)) };
  }
  const [picture, ...others] = pictures;
  if (picture) return takePicture(picture, others.length, answered);
  return finishReason === null || finishReason === "STOP"
    ? { kind: "no-image", ...without(null, text.trim() || said, explainNothing(text.trim() !== "")) }
    : { kind: "no-image", ...without(finishReason, said ?? (text.trim() || null), explainFinish(finishReason)) };
}

function takePicture(
  { data, mimeType }: { data: string; mimeType: string },
  others: number,
  answered: Answered,
): DrawResponse {
  const bytes = Buffer.from(data, "base64");
  const contentType = sniffImageType(bytes);
  if (contentType === null || contentType === "svg") {
    return useless(`Gemini sent ${bytes.length} bytes as a picture, and they are none.`, answered);
  }
  const notes = [
    ...(others > 0 ? [`Gemini drew ${others + 1} pictures and charges for each. This is the first.`] : []),
    ...(mimeType !== contentType ? [`Gemini calls it ${quote(mimeType)}; its bytes are ${contentType}.`] : []),
  ];
  return { kind: "drawn", image: { bytes, contentType }, notes, ...answered };
}

const useless = (reason: string, answered: Omit<Answered, "finishReason">): DrawResponse => ({
  finishReason: null,
  ...answered,
  kind: "failed",
  retryable: true,
  perhapsBilled: true,
  reason,
});

function billedFor(said: string | null, usage: DrawUsage | null): Billed {
  if (said !== null && /not be charged/i.test(said)) return "no";
  return usage === null ? "unknown" : "tokens";
}

/** What a record keeps of a body: a picture is kept elsewhere, and a signature of thoughts is as long as one. */
const withoutPictures = (json: unknown) =>
  JSON.stringify(json, (name, value: unknown) =>
    (name === "data" || name === "thoughtSignature") && typeof value === "string"
      ? `${value.length} characters`
      : value,
  );
