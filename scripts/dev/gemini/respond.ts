import { answerFor, breakAnswer } from "./answer.ts";
import { badRequest } from "./errors.ts";
import type { Fault } from "./knobs.ts";
import { look } from "./look.ts";
import { type GenerateRequest, type Tokens, textTokens } from "./request.ts";

/** The modalities of a count, as Google lists them. */
export function tokenDetails({ text, image }: Tokens) {
  return [{ modality: "TEXT", tokenCount: text }, ...(image > 0 ? [{ modality: "IMAGE", tokenCount: image }] : [])];
}

/** A GenerateContentResponse for what the last image shows, bent by the fault. */
export async function respond(model: string, request: GenerateRequest, fault: Fault | null) {
  if (fault === "prompt-blocked") {
    return { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, ...rest(model, request.tokens, 0) };
  }
  if (fault === "image-safety") {
    const candidate = { finishReason: "IMAGE_SAFETY", index: 0 };
    return { candidates: [candidate], ...rest(model, request.tokens, 0) };
  }
  const text = await answerText(request, fault);
  const limit = request.maxOutputTokens ?? 65_536;
  const isCut = fault === "max-tokens" || textTokens(text) > limit;
  const given = isCut ? text.slice(0, Math.min(text.length / 2, limit * 4)) : text;
  const candidate = {
    content: { role: "model", parts: [{ text: given }] },
    finishReason: isCut ? "MAX_TOKENS" : "STOP",
    index: 0,
  };
  return { candidates: [candidate], ...rest(model, request.tokens, textTokens(given)) };
}

async function answerText({ image, responseJsonSchema }: GenerateRequest, fault: Fault | null): Promise<string> {
  if (!image) return "I see no picture.";
  const seen = await look(image.bytes).catch(() => {
    throw badRequest("Unable to process input image.");
  });
  const answer = answerFor(responseJsonSchema, seen, image.sha256) ?? seen;
  const text = JSON.stringify(fault === "break-schema" ? breakAnswer(answer) : answer, null, 1);
  return fault === "malformed-json" ? text.slice(0, -8) : text;
}

function rest(model: string, tokens: Tokens, output: number) {
  const prompt = tokens.text + tokens.image;
  return {
    usageMetadata: {
      promptTokenCount: prompt,
      ...(output > 0 && { candidatesTokenCount: output }),
      totalTokenCount: prompt + output,
      promptTokensDetails: tokenDetails(tokens),
    },
    modelVersion: model,
  };
}
