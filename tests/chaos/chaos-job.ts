import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { pair } from "~/features/job-runs/kinds/job";

const PAGE = 1_000;

export const chaos = defineJob({
  kind: "chaos",
  title: "Write to S3 and the database",
  payload: z.object({ items: z.int() }),
  lane: "bulk",
  chunkSize: 10,
  itemConcurrency: 4,
  chunkConcurrency: 8,
  retry: { attempts: 3, baseMs: 50, maxMs: 200 },
  itemTimeoutMs: 60_000,
  guard: null,
});

export const chaosKey = (subject: string) => `generated/chaos/${subject}.txt`;

/** Each item puts one object and, with its outcome, creates one row: a second outcome would break on the row's key. */
const handler: ItemHandler<{ items: number }> = {
  async *plan(_ports, { payload }) {
    for (let first = 0; first < payload.items; first += PAGE) {
      const count = Math.min(PAGE, payload.items - first);
      yield Array.from({ length: count }, (_, n) => ({ subject: String(first + n) }));
    }
    return {};
  },
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
};

export const chaosJob = pair(chaos, handler);
