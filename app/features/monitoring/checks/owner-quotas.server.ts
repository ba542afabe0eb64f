import { z } from "zod";
import { bytes, count, plural } from "~/features/format";
import { defineCheck, type Judgement, type Trouble } from "~/features/monitoring/check";
import { readHoldings } from "~/features/owners/owner-rows.sql.server";
import { describeQuota, isExceeded } from "~/features/owners/quota/owner-quota";
import { toQuota } from "~/features/owners/quota/set-quota.server";
import { quote } from "~/quote";

/** Owners that a reading names; there is one alert for each. */
const NAMED = 100;

const held = z.object({ bytes: z.number(), images: z.number() });

const reading = z.object({
  quotas: z.number(),
  /** How many hold more than they may. */
  exceeded: z.number(),
  /** Those of them with the lowest ids. */
  owners: z.array(
    z.object({
      ownerId: z.string(),
      name: z.string(),
      held,
      quota: z.object({ bytes: z.number().nullable(), images: z.number().nullable() }),
    }),
  ),
});

export const ownerQuotas = defineCheck({
  name: "owner-quotas",
  title: "Owner quotas",
  unit: "count",
  measures: "owners that hold more than their quota",
  rule: "Exceeded: an owner has more bytes or images than its quota. Nothing is stopped by it.",
  link: "/owners?sort=bytes",
  reading,

  async measure({ db }) {
    const rows = await db.ownerQuota.findMany({
      where: { owner: { mergedIntoId: null } },
      orderBy: { ownerId: "asc" },
      include: { owner: { select: { name: true } } },
    });
    if (rows.length === 0) return { quotas: 0, exceeded: 0, owners: [] };
    const holdings = new Map((await readHoldings(db)).map((holding) => [holding.ownerId, holding]));
    const owners = rows
      .map((row) => {
        const { bytes = 0, images = 0 } = holdings.get(row.ownerId) ?? {};
        return { ownerId: row.ownerId, name: row.owner.name, held: { bytes, images }, quota: toQuota(row) };
      })
      .filter(({ quota, held }) => isExceeded(quota, held));
    return { quotas: rows.length, exceeded: owners.length, owners: owners.slice(0, NAMED) };
  },

  judge: (found) => judgeOwnerQuotas(found),
});

export function judgeOwnerQuotas({ quotas, exceeded, owners }: z.infer<typeof reading>): Judgement {
  const value = exceeded;
  if (exceeded === 0) {
    const sentence = quotas === 0 ? "No owner has a quota." : `${plural(quotas, "owner")} with a quota, none above it.`;
    return { verdict: "within", level: "ok", sentence, value };
  }
  const troubles = owners.map(
    ({ ownerId, name, held, quota }): Trouble => ({
      verdict: "exceeded",
      about: ownerId,
      severity: "warning",
      sentence: `${quote(name)} has ${bytes(held.bytes)} in ${plural(held.images, "image")}, and a quota of ${describeQuota(quota)}. Raise it on the page Owners, or make room.`,
      link: `/images?${new URLSearchParams({ owner: ownerId })}`,
    }),
  );
  const sentence = `Of ${plural(quotas, "owner")} with a quota ${count(exceeded)} ${exceeded === 1 ? "is" : "are"} above it.`;
  return { verdict: "exceeded", level: "warn", sentence, value, troubles };
}
