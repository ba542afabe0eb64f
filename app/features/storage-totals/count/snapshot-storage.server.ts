import type { z } from "zod";
import { isTracked } from "~/features/images/key-layout";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { createPace, type Pace } from "~/features/pace";
import { isStorageError, storageFailure } from "~/features/storage-failure";
import type { Db } from "~/ports/db.server";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { factsOf } from "./object-facts";
import type { snapshotCounts, snapshotStorage } from "./snapshot-storage";
import { createTally, type Tally } from "./tally";
import { addTotals, readOtherwise, removeSnapshot } from "./totals.sql.server";

/** Values that are added up in memory before they are written: a bucket may have a million articles. */
const MOST_VALUES = 20_000;

export const snapshotStorageHandler: ItemHandler<z.infer<typeof snapshotStorage.payload>> = {
  async *plan({ storage: { bucket } }) {
    yield [{ subject: bucket }];
    return { facts: [{ label: "Bucket", value: bucket }] };
  },

  async apply({ db, storage, clock }, _item, { payload, signal, hold }) {
    const { roots } = await loadLabelSchema();
    await removeUnfinished(db, { signal, hold });
    const takenAt = clock.now();
    // Within the lease: who has lost it begins no snapshot that the next one would not see.
    const { id } = await db.$write(async (tx) => {
      await hold(tx);
      return tx.storageSnapshot.create({ data: { takenAt }, select: { id: true } });
    });
    const counting = { db, id, tally: createTally(), pace: createPace(), signal };
    try {
      const seen = await countObjects(counting, storage, roots);
      const hidden = payload.versions ? await countHidden(counting, storage) : null;
      await write(counting);
      const elsewhere = await db.externalReference.count();
      const found = { ...seen, hiddenObjects: hidden?.objects ?? null, hiddenBytes: hidden?.bytes ?? null };
      return {
        outcome: "succeeded",
        after: found satisfies z.infer<typeof snapshotCounts>,
        write: (tx) =>
          tx.storageSnapshot.update({ where: { id }, data: { ...found, elsewhere, finishedAt: clock.now() } }),
      };
    } catch (error) {
      // What was not listed to the end says nothing. It goes with the next snapshot.
      if (isStorageError(error)) return storageFailure(error);
      throw error;
    }
  },
};

type Counting = { db: Db; id: number; tally: Tally; pace: Pace; signal: AbortSignal };

/**
 * What an attempt left whose worker died, or that could not list to the end. Within the lease, too: who has lost it would take away
 * what its successor counts.
 */
async function removeUnfinished(db: Db, writing: Parameters<typeof removeSnapshot>[2]): Promise<void> {
  const left = await db.storageSnapshot.findMany({ where: { finishedAt: null }, select: { id: true } });
  for (const { id } of left) await removeSnapshot(db, id, writing);
}

async function countObjects(counting: Counting, storage: Storage, roots: AttributeRoot[]) {
  const { db, tally, signal } = counting;
  const sum = { objects: 0, bytes: 0 };
  for await (const page of storage.listParallel("", { signal })) {
    await countPage(db, tally, page, roots);
    for (const { bytes } of page) sum.bytes += bytes;
    sum.objects += page.length;
    if (tally.size() >= MOST_VALUES) await write(counting);
  }
  signal.throwIfAborted();
  return sum;
}

async function countPage(db: Db, tally: Tally, page: StoredObject[], roots: AttributeRoot[]): Promise<void> {
  const facts = page.map(({ key }) => ({ key, ...factsOf(key, roots) }));
  const images = facts.flatMap(({ key, owner = null, format }, at) =>
    isTracked(key) ? [{ at, key, owner, format }] : [],
  );
  const otherwise = await readOtherwise(db, images);
  for (const [position, index] of otherwise) {
    const at = images[position]?.at ?? -1;
    const fact = facts[at];
    if (fact) Object.assign(fact, { owner: index.owner, format: index.format ?? fact.format });
  }
  page.forEach((object, at) => {
    const fact = facts[at];
    if (fact) tally.add(object, fact);
  });
}

/** Of a bucket that never kept any: none. */
async function countHidden(counting: Counting, storage: Storage) {
  const { tally, signal } = counting;
  const sum = { objects: 0, bytes: 0 };
  for await (const page of storage.allVersions({ signal })) {
    for (const version of page) {
      if (version.isLatest && !version.isMarker) continue;
      tally.addHidden(version);
      sum.objects += 1;
      sum.bytes += version.bytes;
    }
    if (tally.size() >= MOST_VALUES) await write(counting);
  }
  return sum;
}

const write = ({ db, id, tally, pace, signal }: Counting) => addTotals(db, id, tally.take(), { signal, pace });
