import { setImmediate as nextTurn } from "node:timers/promises";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import type { Sql } from "~/ports/sql.server";
import { ALIKE_DISTANCE } from "./alike-distance";
import { createColors } from "./compare-colors.server";
import {
  countUnread,
  type Looks,
  notForReference,
  readCopies,
  readLooks,
  readMembers,
  removeFormerSearches,
} from "./duplicate-search.sql.server";
import type { DuplicateCounts } from "./find-duplicates";
import { groupAlike } from "./group-alike";
import { distanceBetween, readHashes } from "./hashes";
import { openStage } from "./stage-groups.server";

type Stage = Awaited<ReturnType<typeof openStage>>;

const PAGE = 5_000;

/** One item. What a search wrote before it was interrupted is shown to no one, and the next search removes it. */
export const findDuplicatesHandler: ItemHandler<object> = {
  async *plan() {
    yield [{ subject: "images" }];
    return {};
  },

  async apply({ db, clock }, _item, { signal, hold }) {
    await removeFormerSearches(db, { signal, hold });
    const { id } = await db.$write(async (tx) => {
      await hold(tx);
      return tx.duplicateSearch.create({ data: { startedAt: clock.now() }, select: { id: true } });
    });
    const stage = await openStage(db, { searchId: id, signal, hold });
    const isCompared = await notForReference();
    const copies = await addCopies(db, stage, { isCompared, signal });
    const compared = await addAlike(db, stage, { copies, isCompared, signal });
    await stage.flush();
    const counts: DuplicateCounts = { ...stage.counts, ...compared, unread: await countUnread(db, isCompared) };
    const finished = { finishedAt: clock.now(), counts: JSON.stringify(counts) };
    return {
      outcome: "succeeded",
      after: counts,
      write: (tx) => tx.duplicateSearch.update({ where: { id }, data: finished }),
    };
  },
};

/** @returns the images that have the bytes of an earlier one */
async function addCopies(
  db: Db,
  stage: Stage,
  { isCompared, signal }: { isCompared: Sql; signal: AbortSignal },
): Promise<Set<number>> {
  const copies = new Set<number>();
  for (const digit of "0123456789abcdef") {
    for (const { ownerId, members } of await readCopies(db, digit, isCompared)) {
      for (const { imageId } of members.slice(1)) copies.add(imageId);
      await stage.add({ kind: "same", ownerId, members: members.map((member) => ({ ...member, distance: 0 })) });
    }
    signal.throwIfAborted();
    await nextTurn();
  }
  return copies;
}

/** Of images of the same bytes the first is compared for all. */
async function addAlike(
  db: Db,
  stage: Stage,
  { copies, isCompared, signal }: { copies: ReadonlySet<number>; isCompared: Sql; signal: AbortSignal },
): Promise<Pick<DuplicateCounts, "compared" | "plain">> {
  const byOwner = new Map<string | null, { ids: number[]; hashes: string[] }>();
  let [compared, plain] = [0, 0];
  const read = (last?: Looks[number]) => readLooks(db, { after: last?.imageId ?? 0, limit: PAGE, isCompared });
  for await (const page of pagesByKey(PAGE, read)) {
    signal.throwIfAborted();
    for (const { imageId, ownerId, perceptualHash } of page) {
      if (perceptualHash === "") plain += 1;
      if (perceptualHash === "" || copies.has(imageId)) continue;
      compared += 1;
      const own = byOwner.get(ownerId) ?? { ids: [], hashes: [] };
      own.ids.push(imageId);
      own.hashes.push(perceptualHash);
      byOwner.set(ownerId, own);
    }
  }
  const haveColorsOf = createColors(db);
  for (const [ownerId, { ids, hashes: texts }] of byOwner) {
    const hashes = readHashes(texts);
    const found = groupAlike(hashes, ALIKE_DISTANCE);
    for (let step = found.next(); !step.done; ) {
      if (step.value === null) {
        signal.throwIfAborted();
        await nextTurn();
        step = found.next();
        continue;
      }
      const { first, near } = step.value;
      const idOf = (at: number) => ids[at] ?? 0;
      const alike = await haveColorsOf(idOf(first), near.map(idOf));
      const group = near.filter((at) => alike.has(idOf(at)));
      if (group.length > 0) {
        const facts = await readMembers(db, [first, ...group].map(idOf));
        const members = [first, ...group].flatMap((at) => {
          const member = facts.get(idOf(at));
          return member ? [{ ...member, distance: distanceBetween(hashes, first, at) }] : [];
        });
        await stage.add({ kind: "alike", ownerId, members });
      }
      step = found.next(group);
    }
  }
  return { compared, plain };
}
