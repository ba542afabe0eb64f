import { z } from "zod";
import { exactTime, listOf, plural } from "~/features/format";
import { readLastListing } from "~/features/images/index/last-listing.server";
import { defineCheck, type Judgement } from "~/features/monitoring/check";

const reading = z.object({
  /** The last listing of the whole bucket that went to its end; null: there was none. */
  last: z
    .object({
      runId: z.number(),
      endedAt: z.number(),
      /** Ranges that could not be listed. */
      failed: z.number(),
      objects: z.number(),
      new: z.number(),
      changed: z.number(),
      back: z.number(),
      gone: z.number(),
    })
    .nullable(),
});

export const reconcile = defineCheck({
  name: "reconcile",
  title: "Index against bucket",
  unit: "count",
  measures: "images that the last listing of the bucket found new, changed, back or gone",
  rule: "Old: no listing of the whole bucket for three hours; one is due each hour. Incomplete: a part of it could not be listed.",
  link: "/job-runs?kind=index-images",
  reading,

  measure: async ({ db }) => ({ last: await readLastListing(db) }),

  judge: ({ last }, { at, earlier }) => judgeReconcile({ last }, at, earlier[0]?.reading ?? null),
});

const OLD_MS = 3 * 60 * 60_000;

export function judgeReconcile(
  { last }: z.infer<typeof reading>,
  at: Date,
  before: z.infer<typeof reading> | null,
): Judgement {
  if (last === null) {
    // On its first day a console is checked before its first listing was due.
    const sentence = "The bucket was never listed to the end. Start “Index images” on the page Jobs.";
    const isNew = before === null || before.last !== null;
    return { verdict: "never listed", level: "warn", sentence, value: null, ...(isNew && { troubles: [] }) };
  }
  const changes = (["new", "changed", "back", "gone"] as const).filter((kind) => last[kind] > 0);
  const value = changes.reduce((sum, kind) => sum + last[kind], 0);
  const found = changes.length === 0 ? "nothing new" : listOf(changes.map((kind) => `${last[kind]} ${kind}`));
  const ended = exactTime(new Date(last.endedAt));
  if (at.getTime() - last.endedAt > OLD_MS) {
    const sentence = `The bucket was last listed on ${ended}. Pages show it as it was then; the runs of “Index images” say why none ended since.`;
    return { verdict: "old", level: "warn", sentence, value };
  }
  if (last.failed > 0) {
    const sentence = `Run ${last.runId} could not list ${plural(last.failed, "range")} of the bucket. Retry what failed on its page.`;
    return { verdict: "incomplete", level: "warn", sentence, value };
  }
  return { verdict: "healthy", level: "ok", sentence: `${plural(last.objects, "object")} listed: ${found}.`, value };
}
