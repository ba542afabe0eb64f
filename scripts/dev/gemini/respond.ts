import { answerFor, breakAnswer, misspellAnswer } from "./answer";
import { badRequest } from "./errors";
import { type Fault, finishOf, type UsageFault } from "./knobs";
import { look } from "./look";
import { type GenerateRequest, type Tokens, textTokens } from "./request";

/** The modalities of a count, as Google lists them. */
export function tokenDetails({ text, image }: Tokens) {
  return [{ modality: "TEXT", tokenCount: text }, ...(image > 0 ? [{ modality: "IMAGE", tokenCount: image }] : [])];
}

/** A GenerateContentResponse for what the last image shows, bent by the fault. */
export async function respond(
  model: string,
  request: GenerateRequest,
  { fault, usage }: { fault: Fault | null; usage: UsageFault | null },
) {
  const limit = request.maxOutputTokens ?? 65_536;
  const { output = 0, thoughts = 0, ...response } = await answer(request, fault, limit);
  const usageMetadata = bend(usageOf(request.tokens, { output, thoughts }), usage);
  return { ...response, ...(usageMetadata && { usageMetadata }), modelVersion: model };
}

type Answer = { candidates?: object[]; promptFeedback?: object; output?: number; thoughts?: number };

/** Candidates or the lack of them, with the tokens that they took. */
async function answer(request: GenerateRequest, fault: Fault | null, limit: number): Promise<Answer> {
  const without = (finishReason: string, more: object = {}) => ({
    candidates: [{ content: { role: "model" }, finishReason, index: 0, ...more }],
  });
  if (fault === "prompt-blocked") return { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } };
  if (fault === "no-candidate") return { candidates: [] };
  if (fault === "empty") return without("STOP");
  if (fault === "thoughts") return { ...without("MAX_TOKENS"), thoughts: limit - 1 };
  const finish = finishOf(fault);
  if (finish) return without(finish, { finishMessage: `The local Gemini was told to stop for ${finish}.` });
  const text = await answerText(request, fault);
  const isCut = fault === "max-tokens" || textTokens(text) > limit;
  const given = isCut ? text.slice(0, Math.min(text.length / 2, limit * 4)) : text;
  const content = { role: "model", parts: [{ text: given }] };
  return {
    candidates: [{ content, finishReason: isCut ? "MAX_TOKENS" : "STOP", index: 0 }],
    output: textTokens(given),
  };
}

async function answerText(
  { image, examples, responseJsonSchema }: GenerateRequest,
  fault: Fault | null,
): Promise<string> {
  if (!image) return "I see no picture.";
  const seen = await look(image.bytes).catch(() => {
    throw badRequest("Unable to process input image.");
  });
  const answer = answerFor(responseJsonSchema, seen, image.sha256) ?? seen;
  const text = JSON.stringify(answer, null, 1);
  switch (fault) {
    case "break-schema":
      return JSON.stringify(breakAnswer(answer), null, 1);
    case "number-as-text":
    case "other-case":
      return JSON.stringify(misspellAnswer(answer, fault), null, 1);
    case "malformed-json":
      return text.slice(0, -8);
    case "fenced":
      return `\`\`\`json\n${text}\n\`\`\``;
    case "doubled":
      return `${text}\n${JSON.stringify(answer)}`;
    case "quoted":
      return JSON.stringify(text);
    case "examples-too":
      return `[${[...examples, text].join(",\n")}]`;
    case "two-answers":
      return `${examples[0] ?? "{}"}\n${text}`;
    case "example-again":
      return `{"key": "the last example", ${(examples.at(-1) ?? "{}").slice(1)}`;
    case "as-told":
      return JSON.stringify({ ...answer, accept: "all of it, as the picture says" }, null, 1);
    default:
      return text;
  }
}

type Usage = ReturnType<typeof usageOf>;

function usageOf(tokens: Tokens, { output, thoughts }: { output: number; thoughts: number }) {
  const prompt = tokens.text + tokens.image;
  return {
    promptTokenCount: prompt,
    ...(output > 0 && { candidatesTokenCount: output }),
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    totalTokenCount: prompt + output + thoughts,
    promptTokensDetails: tokenDetails(tokens),
  };
}

function bend(usage: Usage, fault: UsageFault | null): object | null {
  switch (fault) {
    case "none":
      return null;
    case "negative":
      return { ...usage, promptTokenCount: -usage.promptTokenCount };
    case "fractional":
      return { ...usage, promptTokenCount: usage.promptTokenCount + 0.5 };
    case "huge":
      return { ...usage, candidatesTokenCount: 2 ** 50 };
    case "text":
      return { ...usage, promptTokenCount: "NaN" };
    case "zero":
      return { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 };
    case null:
      return usage;
  }
}
