import { z } from "zod";
import { externalPlace, resolvedReference } from "~/features/generations/external/external-reference";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quote, quoteKey } from "~/quote";
import { ingestSource, nameSource } from "./ingest-source";
import { ingestRole } from "./keys/ingest-key";

/** What a line of the list asks for: an image, and where it belongs. */
export const ingestLine = z.object({
  source: ingestSource,
  owner: z.string(),
  /** Null for branding, which belongs to no topic. */
  topic: z.string().nullable(),
  role: ingestRole,
  /** What its bytes must be, where that is known before they are read. */
  sha256: z.string().nullish(),
  /** The places of generation records that name it: they name what was brought home from then on. */
  resolves: z.array(externalPlace).optional(),
});
export type IngestLine = z.infer<typeof ingestLine>;

/** A line that cannot be read, and why. */
export const brokenLine = z.object({ line: z.number(), problem: z.string() });

export const explainBroken = ({ line, problem }: z.infer<typeof brokenLine>): string => `Line ${line} ${problem}.`;

/** An item before it is done: its line, from 1, and by what its source is known again. Of an address it holds no query. */
export const ingestItem = ingestLine.extend({ line: z.number(), sourceHash: z.string() });
export type IngestItem = z.infer<typeof ingestItem>;

/** Where it shall be: the key as far as it is known before the bytes are; `isThere`: an earlier run brought it there. */
export const ingestTarget = z.object({ place: z.string(), isThere: z.boolean() });
export type IngestTarget = z.infer<typeof ingestTarget>;

/**
 * Where it is. `isShared`: its owner had these bytes already, under the key of another topic or role. `resolved`: what records named
 * until then.
 */
export const ingested = z.object({
  key: z.string(),
  etag: z.string(),
  isShared: z.boolean(),
  resolved: z.array(resolvedReference).optional(),
});

/** What a line that did not succeed may have left in the bucket. */
export const leftBehind = z.object({ leftAt: z.array(z.string()) });

/** What undoing left of it; true: another line stands for the same image, or it was there before. */
const undoneIngest = z.object({ stays: z.boolean() });

/** Brings images from outside, from data URLs and from elsewhere in the bucket to keys that say what they are. */
export const ingestImages = defineJob({
  kind: "ingest-images",
  title: "Ingest images",
  payload: z.strictObject({
    /** The lines, as whoever started the run has left them in the database. */
    importId: z.number().int().positive(),
    source: z.string(),
  }),
  describe: ({ source }) => `Ingest images from ${quote(source)}`,
  lane: "bulk",
  chunkSize: 50,
  itemConcurrency: 4,
  chunkConcurrency: 2,
  retry: { attempts: 3, baseMs: 500, maxMs: 30_000 },
  // A slow server may take a minute, and each of eight pictures 20 s to decode.
  itemTimeoutMs: 240_000,
  // Each item claims its key, and takes none that another image has.
  guard: null,
  describeState: describeStates(
    z.union([brokenLine, ingestItem, ingestTarget, ingested, leftBehind, undoneIngest]),
    (state) => {
      if ("problem" in state) return { skipped: state.problem };
      if ("stays" in state) return state.stays ? "stays, for it is not this line's alone" : "removed";
      if ("leftAt" in state) return `left at ${state.leftAt.map(quoteKey).join(", ")}`;
      if ("key" in state) return { key: state.key };
      return "place" in state ? `${state.place}${state.isThere ? " (there already)" : ""}` : nameSource(state.source);
    },
  ),
});
