import type { Db, Tx } from "~/ports/db.server";
import { createPace, type Pace } from "./pace";

type Writer = Pick<Db, "$write">;

type Options = {
  signal?: AbortSignal;
  /** The first statement of each piece, which must write: a lease that is held. */
  hold?: (tx: Tx) => Promise<unknown>;
  /** Goes on from what earlier pieces took. */
  pace?: Pace;
};

/**
 * Does a write that grows with its input in pieces, each a transaction that is sized by how long the last ones held the lock.
 * What a piece leaves must be right by itself: others read it, and the process may end there.
 * @param piece does up to `size` rows and returns how many; 0: none is left
 * @returns how many in all
 */
export async function writeInPieces(
  db: Writer,
  piece: (tx: Tx, size: number) => Promise<number>,
  { signal, hold = takeLock, pace = createPace() }: Options = {},
): Promise<number> {
  for (let total = 0; ; ) {
    signal?.throwIfAborted();
    const { done, ms } = await writePiece(db, hold, (tx) => piece(tx, pace.size()));
    if (done === 0) return total;
    pace.took(done, ms);
    total += done;
  }
}

/**
 * The same of a list.
 * @param piece writes some of it, in its order; returns how many rows that changed
 * @returns how many in all
 */
export async function writeListInPieces<Item>(
  db: Writer,
  items: readonly Item[],
  piece: (tx: Tx, some: Item[]) => Promise<number>,
  { signal, hold = takeLock, pace = createPace() }: Options = {},
): Promise<number> {
  let changed = 0;
  for (let first = 0; first < items.length; ) {
    signal?.throwIfAborted();
    const some = items.slice(first, first + pace.size());
    const { done, ms } = await writePiece(db, hold, (tx) => piece(tx, some));
    pace.took(some.length, ms);
    changed += done;
    first += some.length;
  }
  return changed;
}

function writePiece(db: Writer, hold: (tx: Tx) => Promise<unknown>, piece: (tx: Tx) => Promise<number>) {
  return db.$write(async (tx) => {
    await hold(tx);
    const startedAt = performance.now();
    const done = await piece(tx);
    return { done, ms: performance.now() - startedAt };
  });
}

/** Waiting for the lock is no time that it is held: from here on it is. Changes nothing. */
const takeLock = (tx: Tx) => tx.$executeRaw`UPDATE "ClockMark" SET "id" = "id" WHERE "id" = 0`;
