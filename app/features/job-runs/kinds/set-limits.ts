/** Limits of kinds that change rows in few statements; each has its own `chunkSize`. Their pieces go one after the other. */
export const setLimits = {
  lane: "bulk",
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
  itemTimeoutMs: 60_000,
} as const;
