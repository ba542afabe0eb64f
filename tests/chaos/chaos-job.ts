import { countingJob } from "../support/world/counting-job";

export const chaosKey = (subject: string) => `generated/chaos/${subject}.txt`;

/** Each item puts one object and, with its outcome, creates one row: a second outcome would break on the row's key. */
export const chaosJob = countingJob({
  kind: "chaos",
  chunkConcurrency: 8,
  retry: { attempts: 3, baseMs: 50, maxMs: 200 },
  pageSize: 1_000,
  async apply({ storage, clock }, { subject }, { signal }) {
    const { etag } = await storage.put(chaosKey(subject), Buffer.from(`item ${subject}`), {
      contentType: "text/plain",
      signal,
    });
    return {
      outcome: "succeeded",
      after: { etag },
      write: (tx) => tx.owner.create({ data: { id: subject, name: etag, createdAt: clock.now() } }),
    };
  },
});
