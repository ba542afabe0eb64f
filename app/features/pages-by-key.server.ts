import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Rows in pages of `size`, each read from behind the last row of the one before (undefined: from the start), until one is
 * not full. A page costs the same at any depth, and rows that come or go meanwhile shift none of the others. The database
 * answers at once, so that between two pages whatever else the process does has its turn.
 * @param read at most `size` rows, in the order of a key
 */
export async function* pagesByKey<Row>(
  size: number,
  read: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  let last: Row | undefined;
  do {
    const page = await read(last);
    last = page.length < size ? undefined : page.at(-1);
    if (page.length > 0) yield page;
    await nextTurn();
  } while (last !== undefined);
}
