import { z } from "zod";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { bytes } from "~/features/format";
import { imageSelection } from "~/features/images/query/image-selection";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quoteKey } from "~/quote";
import { conversionForm, settingsWords } from "./conversion-format";
import { CONVERT_IMAGES } from "./originals/removal";
import { requireKept } from "./originals/removal-guards";

/** An image before its conversion, as the plan froze it. */
export const originalState = z.object({ key: z.string(), etag: z.string(), bytes: z.number() });

/** Where it shall be; `bytes`: as large as the plan found it to become. */
export const conversionTarget = z.object({
  key: z.string(),
  bytes: z.number().optional(),
  /** Why the plan knows that it stays as it is. */
  conflict: z.string().optional(),
});

/** The converted image, and where its original is kept. */
export const convertedState = z.object({
  key: z.string(),
  etag: z.string(),
  bytes: z.number(),
  original: z.object({ key: z.string(), etag: z.string(), bytes: z.number() }).loose(),
});
export type ConvertedState = z.infer<typeof convertedState>;

/** What a conversion that did not succeed may have left at a key. */
export const leftConversion = z.object({ leftAt: z.string() });

const states = z.union([convertedState, leftConversion, conversionTarget]);

/** Puts images into another format, each under a key of its own, and keeps their originals until someone removes them. */
export const convertImages = defineJob({
  kind: CONVERT_IMAGES,
  title: "Convert images",
  payload: conversionForm.extend({ selection: imageSelection }),
  describe: (settings) => `Convert images to ${settingsWords(settings)}`,
  guard: requireKept,
  describeState: describeStates(states, (state) => {
    if ("leftAt" in state) return `left at ${quoteKey(state.leftAt)}`;
    if ("conflict" in state && state.conflict !== undefined) return { skipped: state.conflict };
    return state.bytes === undefined ? { key: state.key } : `${quoteKey(state.key)}, ${bytes(state.bytes)}`;
  }),
  // An image of a group may be among them.
  followUp: () => ({ definition: auditGroups, payload: { root: null } }),
  lane: "bulk",
  chunkSize: 50,
  itemConcurrency: 4,
  chunkConcurrency: 2,
  retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
  // Each of eight pictures may take 20 s to decode, and its original is moved.
  itemTimeoutMs: 5 * 60 * 1_000,
});

export type Conversion = z.infer<typeof convertImages.payload>;
