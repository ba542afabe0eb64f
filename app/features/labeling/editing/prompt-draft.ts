import { z } from "zod";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { quote } from "~/quote";

/** Each example is sent, and paid for, with every image. */
export const MOST_EXAMPLES = 10;
const LONGEST_NAME = 60;
const LONGEST_INSTRUCTIONS = 20_000;

/** A whole number within limits, and its unit for the sentence. */
const whole = (least: number, most: number, unit: string) => {
  const error = `Give a whole number of ${unit} from ${least} to ${most}.`;
  return z.int({ error }).min(least, error).max(most, error);
};

const example = z.object({ key: z.string(), etag: z.string(), labels: z.record(z.string(), z.string()) });

const examplesJson = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("The examples are not JSON.");
      return z.NEVER;
    }
  })
  .pipe(z.array(example).max(MOST_EXAMPLES, `A prompt has ${MOST_EXAMPLES} examples at most.`));

/** What the editor of prompts sends: checked as one types, and again where it is saved. */
export const promptDraft = z.object({
  name: z
    .string({ error: "Give the prompt a name." })
    .trim()
    .min(1, "Give the prompt a name.")
    .max(LONGEST_NAME, `A name has ${LONGEST_NAME} characters at most.`)
    .refine(
      (name) => name.toLowerCase() !== PERSONAS.toLowerCase(),
      `${quote(PERSONAS)} is made by the console itself. Give yours another name.`,
    ),
  instructions: z
    .string({ error: "Tell the model what to do." })
    .trim()
    .min(1, "Tell the model what to do.")
    .max(LONGEST_INSTRUCTIONS, `Instructions have ${LONGEST_INSTRUCTIONS} characters at most.`),
  /** Name → "on" for each attribute that is asked for. */
  attributes: z.record(z.string(), z.literal("on"), { error: "Choose at least one attribute." }),
  model: z.string({ error: "Choose a model." }),
  maxOutputTokens: whole(64, 65_536, "tokens"),
  /** A level, or a budget of tokens; absent: as the model does by itself. */
  thinking: z.string().optional(),
  mediaResolution: z.string().optional(),
  imageEdge: whole(128, 3_072, "px"),
  /** JSON: [{ key, etag, labels }] */
  examples: examplesJson,
});
export type PromptDraft = z.infer<typeof promptDraft>;

/** What of it a model sees. */
export const askedDraft = promptDraft.omit({ name: true });
export type AskedDraft = z.infer<typeof askedDraft>;
