import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { fileNameOf, jsonList, rowsFrom, type Sql, sql } from "~/ports/sql.server";

/** Images of one file name that are compared; more tell nothing apart. */
const MOST_ALIKE = 200;

const found = z.array(z.object({ name: z.string(), ids: jsonColumn(z.array(z.number())) }));

/**
 * The images that have one of these file names, gone ones included and at most 200 of each name, to select from as `name` and
 * `id`. They are asked for first, since a join may read every image instead of the index of file names.
 */
export async function findNamesakes(db: Db, names: readonly string[]): Promise<Sql> {
  const rows = names.map((name) => ({ name }));
  const alike = found.parse(
    await db.$queryRaw`
      SELECT n."name", (SELECT ${jsonList(sql`s."id"`)} FROM (
               SELECT i."id" FROM "Image" i WHERE ${fileNameOf(sql`i."key"`)} = n."name" LIMIT ${MOST_ALIKE}) s) AS "ids"
        FROM ${rowsFrom(rows, { name: "text" })} n`,
  );
  const pairs = alike.flatMap(({ name, ids }) => ids.map((id) => ({ name, id })));
  return rowsFrom(pairs, { name: "text", id: "integer" });
}
