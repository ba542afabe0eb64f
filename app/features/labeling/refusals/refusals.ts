import { z } from "zod";

/** So many images that a model answered about, and how many of them it refused. */
export type Rate = { asked: number; refused: number };

/** Refusals of one or several label runs, by what may be the cause; of each list those with a refusal, the most first. */
export type RefusalRates = Rate & {
  /** Root and name are null for images in no group. */
  byGroup: (Rate & { root: string | null; group: string | null })[];
  byPrompt: (Rate & { promptId: number; prompt: string })[];
  byModel: (Rate & { model: string })[];
  /** By the API's own reason, and what it said of it. */
  byReason: { code: string; message: string | null; refused: number }[];
};

/** An image that a model refused, in its last word on it in that run. */
export type RefusedImage = {
  /** Of the call. */
  id: number;
  imageId: number;
  key: string;
  etag: string;
  runId: number;
  prompt: string;
  model: string;
  code: string;
  message: string | null;
  at: Date;
};

const text = z.string().min(1).max(1_024).optional().catch(undefined);
const id = z.coerce.number().int().positive().optional().catch(undefined);

/** Which refusals, as an address says it; what is none of these is left out. */
export const refusalFilter = z.object({
  /** A label run, by its job run. */
  run: id,
  root: text,
  /** A group of `root`; without one the images in none of its groups. */
  group: text,
  /** What lies in no root. */
  outside: z.literal("yes").optional().catch(undefined),
  /** A prompt version. */
  prompt: id,
  model: text,
  reason: text,
});
export type RefusalFilter = z.infer<typeof refusalFilter>;

/** The address of a filter; what it leaves open is not in it. */
export function toRefusalAddress(filter: Partial<RefusalFilter>): URLSearchParams {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
