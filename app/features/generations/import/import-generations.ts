import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { setLimits } from "~/features/job-runs/kinds/set-limits";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quote } from "~/quote";
import { generationRecord } from "./generation-record";

/** A reference as a record keeps it: the image that it was found to be, with its bytes of then, or how it was told. */
export const foundReference = z.union([
  z.object({ imageId: z.number(), key: z.string(), etag: z.string() }),
  z.object({ told: z.string() }),
]);

/** A record of the database as an item of an import keeps it. */
export const generationState = z.object({
  hash: z.string(),
  record: generationRecord,
  /** Null: not found, or there is none. */
  imageId: z.number().nullable(),
  key: z.string().nullable(),
  references: z.array(foundReference),
  /** What was not found: 0 is the image itself, 1, 2, … are its references. */
  elsewhere: z.array(
    z.object({
      position: z.number(),
      url: z.string().nullable(),
      payloadHash: z.string().nullable(),
      lastError: z.string(),
    }),
  ),
  /** The owner whom its image, which had none, has by it. */
  ownerId: z.string().nullable(),
});
export type GenerationState = z.infer<typeof generationState>;

/** A line that does not go in, and why. */
export const refusedLine = z.object({ problem: z.string() });

/** Brings the image agent's history into the database: a record for each line, tied to its image. */
export const importGenerations = defineJob({
  kind: "import-generations",
  title: "Import generation records",
  payload: z.strictObject({
    /** The lines, as the script has left them in the database. */
    importId: z.number().int().positive(),
    source: z.string(),
  }),
  describe: ({ source }) => `Import generation records from ${quote(source)}`,
  // Each item looks whether its record is still as the plan saw it.
  guard: null,
  describeState: describeStates(z.union([refusedLine, generationState]), (state) => {
    if ("problem" in state) return { skipped: state.problem };
    if (state.key !== null) return { key: state.key };
    return state.record.image === null
      ? "a record without an image"
      : `${quote(state.record.image.told)} was not found`;
  }),
  ...setLimits,
  chunkSize: 100_000,
});
