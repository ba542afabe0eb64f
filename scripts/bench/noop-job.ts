import { countingJob } from "../../tests/support/world/counting-job";

/** The engine's own cost: items that look like real ones, and work that takes no time. */
export const noopJob = countingJob({
  kind: "noop",
  chunkSize: 500,
  itemConcurrency: 8,
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 5_000,
  pageSize: 1_000,
  item: (n) => ({
    subject: String(n),
    label: `generated/jun-park/2026/11/${n}.png`,
    before: { ownerId: null },
    target: { ownerId: "jun-park" },
    etag: "d41d8cd98f00b204e9800998ecf8427e",
  }),
  apply: async () => ({ outcome: "succeeded", after: { ownerId: "jun-park" } }),
});
