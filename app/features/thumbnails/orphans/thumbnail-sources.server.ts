import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";

const PAGE = 5_000;
const THUMBNAIL = /^thumbnails\/[0-9a-f]{2}\/([0-9a-f]{64})\.webp$/;

/** Whose thumbnail an object below thumbnails/ would be; `gone`: of an image that has a row but no object. */
export type Source = "present" | "unknown" | "not-a-thumbnail" | { gone: number };

/**
 * Says of each key below thumbnails/ whether the image that it belongs to is there. Of a million images eight bytes each are
 * kept, of the hash that is their thumbnail's name. Present is, beside what is in the bucket, what a removal that can still be undone
 * keeps in the trash, and where a move that is not over goes.
 */
export async function readSources(db: Db, signal: AbortSignal): Promise<(key: string) => Source> {
  const present: bigint[] = [];
  const gone = new Map<bigint, number>();
  const read = (last?: { id: number }) =>
    db.image.findMany({
      where: { id: { gt: last?.id ?? 0 } },
      select: { id: true, key: true, goneAt: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
  for await (const page of pagesByKey(PAGE, read)) {
    signal.throwIfAborted();
    for (const { id, key, goneAt } of page) {
      if (goneAt === null) present.push(hashOf(key));
      else gone.set(hashOf(key), id);
    }
  }
  const waiting = { OR: [{ to: { startsWith: "trash/" }, finishedAt: { not: null } }, { finishedAt: null }] };
  const readMoves = (last?: { runId: number; seq: number }) =>
    db.objectMove.findMany({
      where: {
        ...waiting,
        ...(last && {
          AND: { OR: [{ runId: { gt: last.runId } }, { runId: last.runId, seq: { gt: last.seq } }] },
        }),
      },
      select: { runId: true, seq: true, from: true, to: true },
      orderBy: [{ runId: "asc" }, { seq: "asc" }],
      take: PAGE,
    });
  for await (const page of pagesByKey(PAGE, readMoves)) {
    for (const { from, to } of page) present.push(hashOf(from), hashOf(to));
  }
  const sorted = BigUint64Array.from(present).sort();
  return (key) => {
    const hash = THUMBNAIL.exec(key)?.[1];
    if (hash === undefined) return "not-a-thumbnail";
    const short = BigInt(`0x${hash.slice(0, 16)}`);
    if (holds(sorted, short)) return "present";
    const id = gone.get(short);
    return id === undefined ? "unknown" : { gone: id };
  };
}

/** The first 64 bits of a thumbnail's name. That two names share them only keeps a thumbnail that could go. */
const hashOf = (key: string) => BigInt(`0x${thumbnailKey(key).slice("thumbnails/ab/".length).slice(0, 16)}`);

function holds(sorted: BigUint64Array, wanted: bigint): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as bigint) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
