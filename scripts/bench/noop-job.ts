import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { pair } from "~/features/job-runs/kinds/job";

const PAGE = 1_000;

export const noop = defineJob({
  kind: "noop",
  title: "Do nothing, item by item",
  payload: z.object({ items: z.int() }),
  lane: "bulk",
  chunkSize: 500,
  itemConcurrency: 8,
  chunkConcurrency: 4,
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 5_000,
  guard: null,
});

/** The engine's own cost: items that look like real ones, and work that takes no time. */
const handler: ItemHandler<{ items: number }> = {
  async *plan(_ports, { payload }) {
    for (let first = 0; first < payload.items; first += PAGE) {
      yield Array.from({ length: Math.min(PAGE, payload.items - first) }, (_, n) => ({
        subject: String(first + n),
        label: `generated/jun-park/2026/11/${first + n}.png`,
        before: { ownerId: null },
        target: { ownerId: "jun-park" },
        etag: "d41d8cd98f00b204e9800998ecf8427e",
      }));
    }
    return {};
  },
  apply: async () => ({ outcome: "succeeded", after: { ownerId: "jun-park" } }),
};

export const noopJob = pair(noop, handler);
