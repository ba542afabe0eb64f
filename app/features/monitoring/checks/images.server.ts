import { z } from "zod";
import { count, plural } from "~/features/format";
import { countImages } from "~/features/images/browse/count-images.sql.server";
import { toImageAddress } from "~/features/images/query/image-address";
import type { ImageQuery } from "~/features/images/query/image-query";
import { presentImages } from "~/features/images/unreadable.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { defineCheck, type Earlier, type Judgement } from "~/features/monitoring/check";

/** What a list of images held when it was counted, and its address: "/images?unreadable=any". */
const listed = z.object({ images: z.number(), to: z.string() });

const reading = z.object({
  /** All that are listed. */
  all: listed,
  unreadable: listed,
  /** Those without a label of some attribute. */
  unlabeled: listed,
  /** Images that cannot be read before someone restores them in the store. */
  archived: z.number(),
  /** Images for which some run put forward a label, of so many that could be read. */
  proposed: z.number(),
  present: z.number(),
});
type Reading = z.infer<typeof reading>;

export const images = defineCheck({
  name: "images",
  title: "Images",
  unit: "count",
  measures: "images that are listed in the bucket",
  rule: "Fewer: 5 % fewer than within the last day, and ten at least.",
  link: "/images",
  reading,

  async measure({ db, clock }) {
    const schema = await loadLabelSchema();
    const countOf = async (query: ImageQuery) => {
      const { count: found } = await countImages({ db, clock }, { query, schema, exact: true });
      return { images: found, to: `/images?${toImageAddress(query)}`.replace(/\?$/, "") };
    };
    const labelSource = Object.keys(schema.attributes).map((attribute) => ({ attribute, source: "none" as const }));
    const present = presentImages(db);
    return {
      all: await countOf({}),
      unreadable: await countOf({ unreadable: ["any"] }),
      unlabeled: await countOf({ labelSource }),
      archived: await db.image.count({ where: { ...present, archivedAs: { not: null } } }),
      proposed: await db.image.count({ where: { ...present, proposals: { some: {} } } }),
      present: await db.image.count({ where: present }),
    };
  },

  judge: (found, { earlier }) => judgeImages(found, earlier),
});

const LOST = { share: 0.05, least: 10 };

export function judgeImages(
  { all, unreadable }: Pick<Reading, "all" | "unreadable">,
  earlier: readonly Earlier<Pick<Reading, "all">>[],
): Judgement {
  const value = all.images;
  const most = Math.max(0, ...earlier.map((one) => one.reading.all.images));
  const lost = most - value;
  if (lost >= Math.max(most * LOST.share, LOST.least)) {
    const sentence = `${count(lost)} of ${plural(most, "image")} are gone from the bucket within a day. The page Images shows them with the filter “no longer in the bucket”; trash/ may still have them.`;
    return { verdict: "fewer", level: "warn", sentence, value };
  }
  const broken = unreadable.images === 0 ? "" : `, ${count(unreadable.images)} of them cannot be decoded`;
  return { verdict: "healthy", level: "ok", sentence: `${plural(value, "image")}${broken}.`, value };
}
