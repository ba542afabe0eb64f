import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { alongIds, jsonList, type Sql, sql } from "~/ports/sql.server";
import { findFew, sourcesOf } from "./find-few.sql.server";
import { type Known, selectedWhere } from "./image-query.sql.server";
import type { ImageSelection } from "./image-selection";

/** Ids that one read finds at most: some 100 ms in which a worker does nothing else. */
const READ_AT_ONCE = 250_000;
/** Fewer than this are found by an index; to find more, all images are looked at in turn. */
const FOUND_BY_INDEX = 100_000;
const picked = z.tuple([z.object({ ids: jsonColumn(z.array(z.number())) })]);

/**
 * The ids of a selection's images of which `only` is true, in order, many at once. Looking for them may take long and locks
 * nothing.
 * @param only a condition on `"Image" i`
 */
export async function* pickIds(db: Db, selection: ImageSelection, known: Known, only: Sql): AsyncGenerator<number[]> {
  const sources = "query" in selection ? await sourcesOf(db, selection.query, known) : [];
  if (sources === null) return;
  const few = await findFew(db, sources, FOUND_BY_INDEX);
  const from = few ? sql`(${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id"` : sql`"Image" i ${alongIds}`;
  for (let after: number | undefined = 0; after !== undefined; ) {
    const found = await db.$queryRaw`
      SELECT ${jsonList(sql`"id"`)} AS "ids" FROM (
        SELECT i."id" FROM ${from}
         WHERE i."id" > ${after} AND ${only} AND ${selectedWhere(selection, known)}
         ORDER BY i."id" LIMIT ${READ_AT_ONCE})`;
    const [{ ids }] = picked.parse(found);
    yield ids;
    after = ids.length === READ_AT_ONCE ? ids.at(-1) : undefined;
  }
}
