import type { z } from "zod";

/**
 * What is wrong with an answer, attribute by attribute, in the words of the answer's schema: “ageRange is not one of the
 * listed values; its confidence is no number. tone is missing.”
 */
export function describeIssues(issues: readonly Pick<z.core.$ZodIssue, "path" | "message">[]): string {
  const byAttribute = new Map<string, string[]>();
  for (const { path, message } of issues) {
    const attribute = path.length > 0 ? String(path[0]) : "the answer";
    byAttribute.set(attribute, [...(byAttribute.get(attribute) ?? []), message]);
  }
  const sentences = Array.from(byAttribute, ([attribute, problems]) =>
    `${attribute} ${problems.join("; ")}.`.replace(`${attribute} its `, `${attribute}’s `),
  );
  return `The answer breaks the schema: ${sentences.join(" ")}`;
}

const SAFETY = "it judged the picture or its own answer unsafe";

/** Finish and block reasons of the Gemini API, as what the model did (ai.google.dev/api/generate-content). */
const refusals: Record<string, string> = {
  SAFETY,
  IMAGE_SAFETY: SAFETY,
  PROHIBITED_CONTENT: "it takes the picture for prohibited content",
  IMAGE_PROHIBITED_CONTENT: "it takes the picture for prohibited content",
  BLOCKLIST: "a word of the request or the answer is on a list of blocked ones",
  SPII: "its answer might have told sensitive personal information",
  RECITATION: "its answer was too close to a text that it knows",
  IMAGE_RECITATION: "its answer was too close to a picture that it knows",
  LANGUAGE: "it does not speak a language of the request",
  OTHER: "it gave no reason",
  IMAGE_OTHER: "it gave no reason",
};

/** Why a model declined, in words with its own code in brackets; a code that nobody knows stands for itself. */
export function describeRefusal(code: string): string {
  const words = refusals[code];
  return words ? `${words} (${code})` : `it says ${code}`;
}
