import { z } from "zod";
import { type ReferenceMode, referenceModes } from "~/features/attribute-groups/references/reference-request";

/**
 * Characters of a prompt. Some 2,000 tokens at the four characters that Google counts for one (ai.google.dev/gemini-api/docs/tokens):
 * many times what describes a picture, and little beside one picture of a request. The limit is ours; Google names none.
 */
export const LONGEST_PROMPT = 8_000;
/** Pictures of one run. */
export const MOST_PICTURES = 8;

const prompt = z
  .string()
  .trim()
  .min(1, "Say in the prompt what the picture is to show.")
  .refine(
    (text) => Array.from(text).length <= LONGEST_PROMPT,
    `The prompt is longer than ${LONGEST_PROMPT.toLocaleString("en-US")} characters. Shorten it.`,
  );

/** What is asked of a model that draws. */
export const drawRequest = z.strictObject({
  prompt,
  model: z.string().min(1, "Choose a model."),
  /** Which references are injected, as the image agent asks for them; null: none. */
  references: z
    .strictObject({
      root: z.string().min(1, "Choose where the references lie."),
      mode: z.enum(referenceModes),
      attributes: z.record(z.string(), z.string()),
      ageRange: z.string().nullable(),
    })
    .nullable(),
  /** Ids of the operator's own images, which come before the references. */
  images: z.array(z.int().positive()).max(100, "These are more than 100 images."),
  /** The image that is drawn anew; null: none. */
  baseId: z.int().positive().nullable(),
  /** The SHA-256 of the mask that lies with the run: only what is painted on it is changed in the base. Null: there is none. */
  mask: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "The mask is missing. Paint it again.")
    .nullable()
    .default(null),
  /** “1K” */
  size: z.string().min(1, "Choose a size."),
  /** “3:4”; null: as the base is, else as the model likes. */
  aspectRatio: z.string().min(1).nullable(),
  ownerId: z.string().min(1).nullable(),
  count: z
    .int("Give a whole number of pictures.")
    .min(1, "Draw at least one picture.")
    .max(MOST_PICTURES, `Draw at most ${MOST_PICTURES} pictures at once.`),
});
export type DrawRequest = z.infer<typeof drawRequest>;

/** As records and people call what is injected. */
export const modeName = ({ references }: Pick<DrawRequest, "references">): ReferenceMode | null =>
  references?.mode ?? null;

/** What the record of a trial has for a mode: what was injected into it is not what the agent would have been given. */
export const TRIAL_MODE = "trial";

/** How many pictures a mask adds to those that a request shows. */
export const picturesOfMask = ({ mask }: Pick<DrawRequest, "mask">): number => (mask === null ? 0 : 1);

/**
 * The words that are sent for one picture. The same request gives the same picture, at Google's as well, so each of several says
 * which it is.
 * @param picture 1, 2, …
 */
export const instructionOf = ({ prompt, count }: Pick<DrawRequest, "prompt" | "count">, picture: number): string =>
  count === 1 ? prompt : `${prompt}\n\nPicture ${picture} of ${count}, each another take.`;
