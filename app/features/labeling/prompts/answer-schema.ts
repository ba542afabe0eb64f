import { z } from "zod";
import { quote } from "~/quote";

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

/** “its confidence is missing”, “its confidence is no number”, “its confidence is not from 0 to 1” */
function numberUpTo(max: number, name: string, be: "is" | "are") {
  const range = `its ${name} ${be} not from 0 to ${max}`;
  return z
    .number({ error: ({ input }) => `its ${name} ${be} ${input === undefined ? "missing" : "no number"}` })
    .min(0, range)
    .max(max, range);
}

/** Of an object: that it is not there, no object, or has more than was asked for. */
const objectError: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "unrecognized_keys") return `has ${issue.keys.map(quote).join(" and ")}, which was not asked for`;
  return issue.input === undefined ? "is missing" : "is not an object";
};

/**
 * The one schema of an answer: it is sent as the response schema, and what comes back is checked by it. Every attribute
 * must be answered with a listed value; nothing else may be.
 */
export function answerSchema(attributes: PromptAttributes): z.ZodType<PersonaAnswer> {
  const shape = Object.entries(attributes).map(([name, { values, estimate }]) => {
    const value = z.enum(values, {
      error: ({ input }) => (input === undefined ? "has no value" : "is not one of the listed values"),
    });
    const answer = { value, confidence: numberUpTo(1, "confidence", "is") };
    const years = numberUpTo(MAX_YEARS, "years", "are");
    const options = { error: objectError };
    return [
      name,
      estimate === "years" ? z.strictObject({ ...answer, years }, options) : z.strictObject(answer, options),
    ] as const;
  });
  return z.strictObject(Object.fromEntries(shape), { error: objectError });
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
