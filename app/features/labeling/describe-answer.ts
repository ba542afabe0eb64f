import type { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import { quote } from "~/quote";
import type { PersonaAnswer } from "./prompts/answer-schema";

/**
 * What is wrong with an answer, attribute by attribute, in the words of the answer's schema: “age range is not one of the
 * listed values; its confidence is no number. tone is missing.”
 */
export function describeIssues(issues: readonly Pick<z.core.$ZodIssue, "path" | "message">[]): string {
  const byAttribute = new Map<string, string[]>();
  for (const { path, message } of issues) {
    const attribute = path.length > 0 ? attributeWords(String(path[0])) : "the answer";
    byAttribute.set(attribute, [...(byAttribute.get(attribute) ?? []), message]);
  }
  const sentences = Array.from(byAttribute, ([what, problems]) =>
    `${what} ${problems.join("; ")}.`.replace(`${what} its `, `${what}’s `),
  );
  return `The answer breaks the schema: ${sentences.join(" ")}`;
}

const SAFETY = "it judged the image or its own answer unsafe";
const PROHIBITED = "it considers the image prohibited content";
const NO_REASON = "it gave no reason";

/** Finish and block reasons of the Gemini API, as what the model did (ai.google.dev/api/generate-content). */
const reasons: Record<string, string> = {
  SAFETY,
  IMAGE_SAFETY: SAFETY,
  MODEL_ARMOR: "a safety rule of the Google project blocked the request",
  JAILBREAK: "it considers the request an attempt to get around its rules",
  PROHIBITED_CONTENT: PROHIBITED,
  IMAGE_PROHIBITED_CONTENT: PROHIBITED,
  BLOCKLIST: "a word of the request or the answer is on a list of blocked ones",
  SPII: "its answer might have revealed sensitive personal information",
  RECITATION: "its answer was too close to a text that it knows",
  IMAGE_RECITATION: "its answer was too close to an image that it knows",
  LANGUAGE: "it does not speak a language of the request",
  NO_IMAGE: "it was asked to draw an image and drew none",
  MALFORMED_RESPONSE: "it could not put its answer into form",
  OTHER: NO_REASON,
  IMAGE_OTHER: NO_REASON,
};

/**
 * Why a model declined or stopped, in words with its own code in brackets, then what it said of it itself; a code that
 * no one knows stands for itself.
 */
export function describeReason(code: string, said: string | null): string {
  const words = reasons[code];
  const what = words ? `${words} (${code})` : `it says ${code}`;
  const own = said?.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return own ? `${what}: ${quote(own)}` : what;
}

type AnyAnswer =
  | { kind: "labelled"; answer: PersonaAnswer }
  | { kind: "refused"; reason: string; said: string | null }
  | { kind: "unanswered"; reason: string | null; said: string | null }
  | { kind: "truncated"; byThoughts: boolean }
  | { kind: "invalid"; problem: string; issues: z.core.$ZodIssue[] };

/** Why an answer is no label, as a sentence; of a refusal only the reason, without a full stop; null for a label. */
export function explainAnswer(result: AnyAnswer): string | null {
  switch (result.kind) {
    case "labelled":
      return null;
    case "refused":
      return describeReason(result.reason, result.said);
    case "unanswered":
      return result.reason === null
        ? "Gemini’s answer was empty."
        : `Gemini gave no answer: ${describeReason(result.reason, result.said)}.`;
    case "truncated":
      return result.byThoughts
        ? "The model’s thoughts used up all tokens of the answer."
        : "The answer was cut at its limit of tokens.";
    case "invalid":
      return result.issues.length > 0 ? describeIssues(result.issues) : result.problem;
  }
}

/** What to do about an answer that is no label; "" where asking again is all. */
export const adviceFor = ({ kind }: AnyAnswer) => (kind === "truncated" ? "Raise the prompt’s limit of tokens." : "");
