import { setImmediate as nextTurn } from "node:timers/promises";
import type { Db } from "~/ports/db.server";
import { readRowsAfter } from "./embeddings.sql.server";
import { keepHighest, type Scored } from "./nearest";
import { readVector, type Space, similarityAt } from "./space";

/** Rows that are read at a time: some 10 ms. */
const ROWS_AT_ONCE = 400;

type Block = { count: number; ids: Float64Array; imageIds: Float64Array; vectors: Float32Array };

/**
 * The vectors of a space that no index has, kept in memory and read on by id. SQLite lets one write after the other, and ids only grow:
 * whoever has read up to an id has seen every row below it.
 * @param after the last id that an index has; 0: there is none
 */
export function recentVectors(space: Space, after: number) {
  const blocks: Block[] = [];
  let lastId = after;
  let reading: Promise<void> | null = null;

  function add(row: { id: number; imageId: number }, vector: Float32Array) {
    let block = blocks.at(-1);
    if (!block || block.count === ROWS_AT_ONCE) {
      block = {
        count: 0,
        ids: new Float64Array(ROWS_AT_ONCE),
        imageIds: new Float64Array(ROWS_AT_ONCE),
        vectors: new Float32Array(ROWS_AT_ONCE * space.dimensions),
      };
      blocks.push(block);
    }
    block.ids[block.count] = row.id;
    block.imageIds[block.count] = row.imageId;
    block.vectors.set(vector, block.count * space.dimensions);
    block.count += 1;
  }

  async function readOn(db: Db) {
    for (;;) {
      const rows = await readRowsAfter(db, space.model, lastId, ROWS_AT_ONCE);
      for (const row of rows) {
        const vector = row.dimensions === space.dimensions ? readVector(row.vector, space.dimensions) : null;
        if (vector) add(row, vector);
        lastId = row.id;
      }
      if (rows.length < ROWS_AT_ONCE) return;
      await nextTurn();
    }
  }

  return {
    after,
    count: () => blocks.reduce((sum, { count }) => sum + count, 0),
    lastId: () => lastId,
    /** Reads what was written since. */
    refresh(db: Db): Promise<void> {
      reading ??= readOn(db).finally(() => {
        reading = null;
      });
      return reading;
    },
    /** The same without what a newer index has. */
    beyond(newAfter: number) {
      const rest = recentVectors(space, newAfter);
      rest.takeOver(blocks, lastId);
      return rest;
    },
    takeOver(from: readonly Block[], readUpTo: number) {
      for (const { count, ids, imageIds, vectors } of from) {
        for (let at = 0; at < count; at++) {
          const id = ids[at] as number;
          if (id <= after) continue;
          const begin = at * space.dimensions;
          add({ id, imageId: imageIds[at] as number }, vectors.subarray(begin, begin + space.dimensions));
        }
      }
      lastId = Math.max(after, readUpTo);
    },
    /** The rows that are nearest, compared one by one: 0.5 µs each. Among those of `isAsked` images only, if told. */
    search(vector: Float32Array, most: number, isAsked: (imageId: number) => boolean = () => true): Scored[] {
      const highest = keepHighest(most);
      for (const { count, ids, imageIds, vectors } of blocks) {
        for (let at = 0; at < count; at++) {
          if (!isAsked(imageIds[at] as number)) continue;
          highest.offer(ids[at] as number, similarityAt(vector, vectors, at * space.dimensions));
        }
      }
      return highest.kept();
    },
  };
}
export type RecentVectors = ReturnType<typeof recentVectors>;
