import { DomainError } from "~/features/domain-error";
import { loadStoragePrices } from "~/features/prices/load-storage-prices.server";
import { priceAt } from "~/features/prices/storage-prices";
import { type Dimension, dimensions } from "~/features/storage-totals/dimensions";
import { isFinished, newestSnapshot } from "~/features/storage-totals/snapshots";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Settings } from "~/ports/env.server";
import type { Storage } from "~/ports/storage.server";
import { quote } from "~/quote";
import { describeTotals } from "./read-storage.server";
import { readAfter } from "./read-totals.sql.server";

const PAGE = 1_000;

/**
 * By what an address asks to count; by kind where it does not say.
 * @throws DomainError "invalid" for what is not counted
 */
export function dimensionOf(params: URLSearchParams): Dimension {
  const asked = params.get("by") ?? "kind";
  const found = dimensions.find((dimension) => dimension === asked);
  if (found) return found;
  const known = dimensions.join(", ");
  throw new DomainError("invalid", `The filter “by” does not take ${quote(asked)}. Storage is counted by ${known}.`);
}

/** Every value of a dimension in the newest snapshot, by name; none where no snapshot was taken. */
export async function* exportTotals(
  { db, clock, storage, settings }: { db: Db; clock: Clock; storage: Pick<Storage, "endpoint">; settings: Settings },
  dimension: Dimension,
) {
  const snapshot = await db.storageSnapshot.findFirst({ ...newestSnapshot, select: { id: true, takenAt: true } });
  if (!snapshot) return;
  const price = priceAt(await loadStoragePrices(settings.STORAGE_PRICES_FILE), storage.endpoint, clock.now());
  for (let after: { name: string; ownerId: string } | null = null; ; ) {
    const page = await readAfter(db, { snapshotId: snapshot.id, dimension, after, limit: PAGE });
    if (page.length === 0) return;
    const rows = await describeTotals(db, dimension, page, price);
    yield rows.map(({ name, ownerId, label, objects, bytes, usd }) => ({
      ...{ by: dimension, name, label, ownerId: dimension === "article" ? ownerId : null, objects, bytes },
      usdPerMonth: usd,
      asOf: snapshot.takenAt.toISOString(),
    }));
    after = page.at(-1) ?? null;
  }
}

/** Every snapshot that is kept, the oldest first. */
export async function* exportGrowth({ db }: { db: Db }) {
  for (let after = 0; ; ) {
    const page = await db.storageSnapshot.findMany({
      where: { ...isFinished, id: { gt: after } },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    const last = page.at(-1);
    if (!last) return;
    yield page.map(({ takenAt, objects, bytes, hiddenObjects, hiddenBytes }) => ({
      ...{ takenAt: takenAt.toISOString(), objects, bytes: Number(bytes), hiddenObjects },
      hiddenBytes: hiddenBytes === null ? null : Number(hiddenBytes),
    }));
    after = last.id;
  }
}
