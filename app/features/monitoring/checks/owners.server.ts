import { z } from "zod";
import { count, percent, plural } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import { readHoldings } from "~/features/owners/owner-rows.sql.server";

/** Owners that a reading names; it sums the others up. */
const NAMED = 8;

/** Null: measured by a version that did not add them up. */
const bytes = z.number().nullable().default(null);

const reading = z.object({
  images: z.number(),
  unowned: z.number(),
  /** Those with the most images, most first. */
  owners: z.array(z.object({ ownerId: z.string(), images: z.number(), bytes })),
  others: z.object({ owners: z.number(), images: z.number(), bytes }),
  unownedBytes: bytes,
});

export const owners = defineCheck({
  name: "owners",
  title: "Images without an owner",
  unit: "count",
  measures: "images that belong to no owner",
  rule: "Never an alarm: what came in before owners were known has none until someone assigns one.",
  link: "/images?unowned=yes",
  reading,

  async measure({ db }) {
    const holdings = await readHoldings(db);
    const sum = (of: { images: number }[]) => of.reduce((total, { images }) => total + images, 0);
    const sumBytes = (of: { bytes: number }[]) => of.reduce((total, { bytes }) => total + bytes, 0);
    const owned = holdings
      .flatMap(({ ownerId, images, bytes }) => (ownerId === null ? [] : [{ ownerId, images, bytes }]))
      .sort((a, b) => b.images - a.images || a.ownerId.localeCompare(b.ownerId));
    const rest = owned.slice(NAMED);
    return {
      images: sum(holdings),
      unowned: sum(holdings.filter(({ ownerId }) => ownerId === null)),
      owners: owned.slice(0, NAMED),
      others: { owners: rest.length, images: sum(rest), bytes: sumBytes(rest) },
      unownedBytes: sumBytes(holdings.filter(({ ownerId }) => ownerId === null)),
    };
  },

  judge: (found) => judgeOwners(found),
});

export function judgeOwners({ images, unowned }: Pick<z.infer<typeof reading>, "images" | "unowned">): Judgement {
  const sentence =
    unowned === 0
      ? "Every image has an owner."
      : `${count(unowned)} of ${plural(images, "image")} belong to no owner, ${percent(unowned, images)}.`;
  return { verdict: unowned === 0 ? "all assigned" : "to assign", level: "ok", sentence, value: unowned };
}
