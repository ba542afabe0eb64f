import { z } from "zod";
import { plural } from "~/features/format";
import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { aWhileBefore, defineCheck, type Judgement } from "~/features/monitoring/check";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { countMissingThumbnails } from "~/features/thumbnails/missing-thumbnails.sql.server";

const reading = z.object({ missing: z.number(), isBackfilling: z.boolean() });

export const thumbnails = defineCheck({
  name: "thumbnails",
  title: "Thumbnails",
  unit: "count",
  measures: "readable images without a thumbnail of their present bytes",
  rule: "Missing: images lacked thumbnails 20 minutes ago and longer, some still do, and no backfill is under way.",
  link: "/images?thumbnail=due",
  reading,

  async measure({ db }) {
    const [missing, isBackfilling] = await Promise.all([
      countMissingThumbnails(db),
      isInHand(db, backfillThumbnails.kind),
    ]);
    return { missing, isBackfilling };
  },

  judge: (found, { at, earlier }) => judgeThumbnails(found, aWhileBefore(at, earlier)),
});

/** Images come at any time, so only what was missing for a while is left behind. */
export function judgeThumbnails(
  { missing, isBackfilling }: z.infer<typeof reading>,
  last: z.infer<typeof reading> | null,
): Judgement {
  if (missing === 0) {
    return { verdict: "healthy", level: "ok", sentence: "Every readable image has its thumbnail.", value: 0 };
  }
  const lacks = `${plural(missing, "image")} ${missing === 1 ? "has" : "have"} no thumbnail`;
  if (isBackfilling)
    return { verdict: "at work", level: "ok", sentence: `${lacks}; a backfill is under way.`, value: missing };
  if (!last || last.missing === 0)
    return { verdict: "healthy", level: "ok", sentence: `${lacks} yet.`, value: missing };
  const sentence = `${lacks}, and no backfill is under way. Start “Backfill thumbnails” on the page Jobs.`;
  return { verdict: "missing", level: "warn", sentence, value: missing };
}
