import type { Db } from "~/ports/db.server";
import { findOwners } from "./find-owners.sql.server";
import { type OwnerOrder, type OwnerRow, ownerOrders } from "./owner-order";
import { readHoldings } from "./owner-rows.sql.server";
import { toQuota } from "./quota/set-quota.server";

const PAGE = 50;
/** More owners than a studio has. */
const MOST = 100_000;

/**
 * One page of the owners that a text finds, with what each has, and what belongs to no one. Merged owners are left out. There
 * are some hundred owners, so they are sorted here, as people sort names.
 */
export async function listOwners(
  { db }: { db: Db },
  { text, order, page }: { text: string; order: OwnerOrder; page: number },
) {
  const { owners, unowned, images } = await readOwners({ db }, { text, order });
  const first = (page - 1) * PAGE;
  return { rows: owners.slice(first, first + PAGE), total: owners.length, pageSize: PAGE, unowned, images };
}

/** All owners that a text finds, for an export, and how many images there are. */
export async function readOwners({ db }: { db: Db }, { text, order }: { text: string; order: OwnerOrder }) {
  const holdings = await readHoldings(db);
  const held = new Map(holdings.map(({ ownerId, ...holding }) => [ownerId, holding]));
  const found = await findOwners(db, { text, limit: MOST });
  const quotas = new Map((await db.ownerQuota.findMany()).map((row) => [row.ownerId, row]));
  const owners = found.map((owner): OwnerRow => {
    const { images = 0, bytes = 0, lastImageAt } = held.get(owner.id) ?? {};
    return {
      ...{ ...owner, images, bytes },
      lastImageAt: lastImageAt === undefined ? null : new Date(lastImageAt),
      quota: toQuota(quotas.get(owner.id)),
    };
  });
  return {
    owners: owners.sort(ownerOrders[order]),
    unowned: held.get(null)?.images ?? 0,
    images: holdings.reduce((sum, { images }) => sum + images, 0),
  };
}
