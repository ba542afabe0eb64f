/** Of work that removes what is old: nothing waits for it, and its items, though few, may be large. */
export const retentionLimits = {
  lane: "bulk",
  chunkSize: 10,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 3, baseMs: 1_000, maxMs: 10_000 },
  itemTimeoutMs: 10 * 60_000,
} as const;
