import { z } from "zod";

/** Attributes that a model is asked for, as a prompt version keeps them: listed values, and a number where one is wanted. */
export const promptAttributes = z.record(
  z.string(),
  z.strictObject({ values: z.array(z.string()).min(1), estimate: z.literal("years").optional() }),
);
export type PromptAttributes = z.infer<typeof promptAttributes>;

/** What a model says of one attribute; `confidence` is 0 to 1, `years` is there for an attribute with that estimate. */
type AttributeAnswer = { value: string; confidence: number; years?: number | undefined };
export type PersonaAnswer = Record<string, AttributeAnswer>;

const MAX_YEARS = 120;

/**
 * The one schema of an answer: it is sent as the response schema, and what comes back is checked by it. Every attribute
 * must be answered with a listed value; nothing else may be.
 */
export function answerSchema(attributes: PromptAttributes): z.ZodType<PersonaAnswer> {
  const shape = Object.entries(attributes).map(([name, { values, estimate }]) => {
    const answer = { value: z.enum(values), confidence: z.number().min(0).max(1) };
    const years = z.number().min(0).max(MAX_YEARS);
    return [name, estimate === "years" ? z.strictObject({ ...answer, years }) : z.strictObject(answer)] as const;
  });
  return z.strictObject(Object.fromEntries(shape));
}

export type ProposedValue = { attribute: string; value: string; confidence: number; estimate: number | null };

/** An answer as rows, in the order of its attributes. */
export function toProposedValues(answer: PersonaAnswer): ProposedValue[] {
  return Object.entries(answer).map(([attribute, { value, confidence, years }]) => ({
    attribute,
    value,
    confidence,
    estimate: years ?? null,
  }));
}
