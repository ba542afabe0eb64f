import {
  countExternalReferences,
  hasExternalWithinReach,
} from "~/features/generations/external/list-external.sql.server";
import { ingestImages } from "~/features/ingest/ingest-images";
import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import { findStoragePrice } from "~/features/prices/load-storage-prices.server";
import { monthlyUsd, type StoragePrice } from "~/features/prices/storage-prices";
import type { KnownStore } from "~/features/storage/abilities";
import { findStore } from "~/features/storage/read-abilities.server";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { type Dimension, dimensions, STANDARD } from "~/features/storage-totals/dimensions";
import { isFinished, newestSnapshot } from "~/features/storage-totals/snapshots";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Settings } from "~/ports/env.server";
import type { Storage } from "~/ports/storage.server";
import { readIngestWork, readLargest, type StoredTotal } from "./read-totals.sql.server";
import { describeCost, labelOf, listOfTotal, type TotalRow, type TotalsView } from "./storage-view";

type Deps = { db: Db; clock: Clock; storage: Pick<Storage, "bucket" | "endpoint">; settings: Settings };

const DAY_MS = 24 * 60 * 60_000;
/** One is taken each night: an older one was not taken when it should have been. */
const STALE_AFTER_MS = 36 * 60 * 60_000;
const GROWTH_DAYS = 90;
const COMPARED_DAYS = 30;
/** Values of each dimension that a page shows; an export has all. */
const shown: Record<Dimension, number> = { kind: 20, owner: 12, root: 12, format: 12, article: 60, class: 12 };

/** What the bucket held when it was last counted, and what that costs. */
export type SnapshotView = {
  takenAt: Date;
  objects: number;
  bytes: number;
  usd: number | null;
  totals: Record<Dimension, TotalsView>;
  /** All articles together; `secondsAnImage` null: no ingest has brought one home without a pause. */
  articles: { images: number; bytes: number; usd: number | null; secondsAnImage: number | null };
};

/** What generation records name and the bucket does not have, as of now. `isComing`: a run brings images home, or plans to. */
export type ElsewhereView = { images: number; isWithinReach: boolean; isComing: boolean };

/** Everything that the page of storage shows. */
export type StorageView = {
  /** Null: none was taken yet. */
  snapshot: SnapshotView | null;
  /** What all of it costs, in words; null: not known. */
  cost: string | null;
  isStale: boolean;
  isRunning: boolean;
  /** Why the last run that ended took none. */
  failure: { runId: number; sentence: string } | null;
  price: Omit<StoragePrice, "usdPerByte"> | null;
  /** Why no price could be read: a sentence. */
  priceProblem: string | null;
  hidden: { takenAt: Date; objects: number; bytes: number; usd: number | null } | null;
  growth: { points: { at: Date; value: number; objects: number }[]; from: Date; to: Date };
  /** Bytes that were added over the days; null: no snapshot is that old. */
  added: { bytes: number; days: number } | null;
  elsewhere: ElsewhereView;
  store: KnownStore;
};

export async function readStorage({ db, clock, storage, settings }: Deps): Promise<StorageView> {
  const now = clock.now();
  const from = new Date(now.getTime() - GROWTH_DAYS * DAY_MS);
  const asked = { endpoint: storage.endpoint, at: now };
  const { price, problem } = await findStoragePrice(settings.STORAGE_PRICES_FILE, asked);
  const [newest, isRunning, failure, points, store, hidden, elsewhere] = await Promise.all([
    db.storageSnapshot.findFirst(newestSnapshot),
    isInHand(db, snapshotStorage.kind),
    readFailure(db),
    readGrowth(db, from),
    findStore({ db, storage }),
    readHidden(db, price),
    readElsewhere(db),
  ]);
  const snapshot = newest && (await readSnapshot(db, newest, price));
  const keepsVersions = store.abilities?.versions !== "off";
  return {
    snapshot,
    cost: snapshot && describeCost({ usd: snapshot.usd, hidden, keepsVersions }),
    isStale: newest !== null && now.getTime() - newest.takenAt.getTime() > STALE_AFTER_MS,
    isRunning,
    failure,
    price: price && withoutRates(price),
    priceProblem: problem,
    hidden,
    growth: { points, from, to: now },
    added: addedOver(points, now),
    elsewhere,
    store,
  };
}

/** What is said of a price beside the costs that come of it. */
const withoutRates = ({ usdPerByte: _, ...said }: StoragePrice) => said;

type Newest = { id: number; takenAt: Date; objects: number; bytes: bigint };

async function readSnapshot(db: Db, snapshot: Newest, price: StoragePrice | null): Promise<SnapshotView> {
  const { id: snapshotId, takenAt, objects, bytes } = snapshot;
  const [found, [articles], ingested] = await Promise.all([
    Promise.all(dimensions.map((dimension) => readDimension(db, snapshotId, dimension, price))),
    readLargest(db, { snapshotId, dimension: "articles", limit: 1 }),
    readIngestWork(db, ingestImages.kind),
  ]);
  const totals = Object.fromEntries(found) as Record<Dimension, TotalsView>;
  return {
    takenAt,
    objects,
    bytes: Number(bytes),
    usd: monthlyUsd(
      price,
      totals.class.rows.map((row) => [row.name, row.bytes]),
    ),
    totals,
    articles: {
      images: articles?.objects ?? 0,
      bytes: articles?.bytes ?? 0,
      usd: articles ? usdOf(articles, price) : monthlyUsd(price, []),
      secondsAnImage: ingested.images === 0 ? null : ingested.seconds / ingested.images,
    },
  };
}

async function readDimension(db: Db, snapshotId: number, dimension: Dimension, price: StoragePrice | null) {
  if (dimension === "class") return [dimension, await readClasses(db, snapshotId, price)] as const;
  const [largest, values] = await Promise.all([
    readLargest(db, { snapshotId, dimension, limit: shown[dimension] }),
    db.storageTotal.count({ where: { snapshotId, dimension, storageClass: "" } }),
  ]);
  return [dimension, { rows: await describeTotals(db, dimension, largest, price), values }] as const;
}

async function readClasses(db: Db, snapshotId: number, price: StoragePrice | null): Promise<TotalsView> {
  const largest = await readLargest(db, { snapshotId, dimension: "class", limit: shown.class });
  const rows = largest.map(({ name, ownerId, objects, bytes }) => ({
    ...{ name, ownerId, label: name, to: null, objects, bytes },
    usd: monthlyUsd(price, [[name, bytes]]),
  }));
  return { rows, values: rows.length };
}

/** Totals as pages and exports show them: what they are called, where they are listed, what they cost. */
export async function describeTotals(
  db: Db,
  dimension: Dimension,
  totals: readonly StoredTotal[],
  price: StoragePrice | null,
): Promise<TotalRow[]> {
  const owner = dimension === "owner" ? totals.map(({ name }) => name).filter((name) => name !== "") : [];
  const names = owner.length > 0 ? await readOwnerNames(db, [{ query: { owner } }]) : new Map<string, string>();
  return totals.map((total) => ({
    name: total.name,
    ownerId: total.ownerId,
    label: labelOf(dimension, total.name, names),
    to: listOfTotal(dimension, total.name, total.ownerId),
    objects: total.objects,
    bytes: total.bytes,
    usd: dimension === "class" ? monthlyUsd(price, [[total.name, total.bytes]]) : usdOf(total, price),
  }));
}

/** What lies in no other class lies in STANDARD. */
function usdOf({ bytes, elsewhere }: StoredTotal, price: StoragePrice | null): number | null {
  const standard = bytes - elsewhere.reduce((sum, [, held]) => sum + held, 0);
  return monthlyUsd(price, [...(standard > 0 ? [[STANDARD, standard] as const] : []), ...elsewhere]);
}

/** What the last run of it that ended says, where it took no snapshot. */
async function readFailure(db: Db): Promise<StorageView["failure"]> {
  const run = await db.jobRun.findFirst({
    where: { kind: snapshotStorage.kind, status: { in: ["succeeded", "failed"] }, itemsRemovedAt: null },
    orderBy: { id: "desc" },
    select: { id: true, error: true, items: { take: 1, select: { outcome: true, error: true, reason: true } } },
  });
  const [item] = run?.items ?? [];
  if (!run || item?.outcome === "succeeded") return null;
  return { runId: run.id, sentence: item?.error ?? item?.reason ?? run.error ?? "It ended before it was done." };
}

async function readGrowth(db: Db, from: Date) {
  const snapshots = await db.storageSnapshot.findMany({
    where: { ...isFinished, takenAt: { gte: from } },
    orderBy: { takenAt: "asc" },
    select: { takenAt: true, objects: true, bytes: true },
  });
  return snapshots.map(({ takenAt, objects, bytes }) => ({ at: takenAt, value: Number(bytes), objects }));
}

/** Since the snapshot that was the newest so many days ago, else since the oldest that there is. */
function addedOver(points: { at: Date; value: number }[], now: Date): StorageView["added"] {
  const then = now.getTime() - COMPARED_DAYS * DAY_MS;
  const former = points.findLast(({ at }) => at.getTime() <= then) ?? points[0];
  const last = points.at(-1);
  if (!former || !last || former === last) return null;
  const days = Math.round((last.at.getTime() - former.at.getTime()) / DAY_MS);
  return days < 1 ? null : { bytes: last.value - former.value, days };
}

/** As of the last snapshot that counted hidden versions. */
async function readHidden(db: Db, price: StoragePrice | null): Promise<StorageView["hidden"]> {
  const snapshot = await db.storageSnapshot.findFirst({
    where: { ...isFinished, hiddenObjects: { not: null } },
    orderBy: { id: "desc" },
    include: { totals: { where: { dimension: "hidden" } } },
  });
  if (!snapshot) return null;
  const { takenAt, hiddenObjects, hiddenBytes, totals } = snapshot;
  const usd = monthlyUsd(
    price,
    totals.map(({ storageClass, bytes }) => [storageClass, Number(bytes)]),
  );
  return { takenAt, objects: hiddenObjects ?? 0, bytes: Number(hiddenBytes), usd };
}

async function readElsewhere(db: Db): Promise<ElsewhereView> {
  const [images, isWithinReach, isComing] = await Promise.all([
    countExternalReferences(db),
    hasExternalWithinReach(db),
    isInHand(db, ingestImages.kind),
  ]);
  return { images, isWithinReach, isComing };
}
