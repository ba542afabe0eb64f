import { z } from "zod";
import type { Look } from "./look";

const responseSchema = z.looseObject({
  properties: z.record(
    z.string(),
    z.looseObject({
      properties: z.looseObject({
        value: z.looseObject({ enum: z.array(z.string()).min(1) }),
        years: z.unknown().optional(),
      }),
    }),
  ),
});

/** Parts of 1 that a hash gives for a name: arbitrary, and the same each time. */
function shareOf(sha256: string, name: string): number {
  let mixed = Number.parseInt(sha256.slice(0, 8), 16);
  for (const character of name) mixed = (Math.imul(mixed, 31) + character.charCodeAt(0)) >>> 0;
  return (mixed % 1000) / 1000;
}

/**
 * Answers what the response schema asks for and nothing else, in its order: seen values where the schema lists them, one
 * of the listed ones where it asks for something that a drawing does not show.
 * @returns null for a schema that asks for something else than attributes with listed values
 */
export function answerFor(jsonSchema: unknown, seen: Look, sha256: string): Record<string, unknown> | null {
  const schema = responseSchema.safeParse(jsonSchema);
  if (!schema.success) return null;
  const attributes = Object.entries(schema.data.properties).map(([name, { properties }]) => {
    const listed = properties.value.enum;
    const share = shareOf(sha256, name);
    const seenValue = seen.values[name];
    const isSeen = seenValue !== undefined && listed.includes(seenValue);
    const value = isSeen ? seenValue : listed[Math.floor(share * listed.length)];
    const confidence = Math.round((isSeen ? 0.75 + share * 0.24 : 0.35 + share * 0.3) * 100) / 100;
    return [name, { value, confidence, ...("years" in properties && { years: seen.years }) }];
  });
  return Object.fromEntries(attributes);
}

/** The answer with a value that no schema lists, as a model gives one now and then. */
export function breakAnswer(answer: Record<string, unknown>): Record<string, unknown> {
  const last = Object.keys(answer).at(-1);
  return last === undefined
    ? { unexpected: true }
    : { ...answer, [last]: { value: "hard to say", confidence: "high" } };
}

/** The answer with its values written another way: “0.9” for 0.9, “Front” for “front”. */
export function misspellAnswer(answer: Record<string, unknown>, how: "number-as-text" | "other-case") {
  return Object.fromEntries(
    Object.entries(answer).map(([attribute, said]) => {
      const { value, confidence, ...rest } = z.looseObject({ value: z.string(), confidence: z.number() }).parse(said);
      return how === "other-case"
        ? [attribute, { ...rest, value: value.charAt(0).toUpperCase() + value.slice(1), confidence }]
        : [attribute, { ...rest, value, confidence: String(confidence) }];
    }),
  );
}
