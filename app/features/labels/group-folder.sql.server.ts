import { prefixUpperBound } from "~/features/images/key-layout";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { firstOf, type Sql, sql } from "~/ports/sql.server";

/** The name of the group folder in which `"Image" m` lies, in SQLite's dialect; NULL for an image in none. */
export const groupFolderOf = (roots: LabelSchema["roots"]): Sql =>
  firstOf(
    roots.map(({ prefix }) => {
      const below = sql`substr(m."key", ${Array.from(prefix).length + 1})`;
      return sql`
        CASE WHEN m."key" >= ${prefix} AND m."key" < ${prefixUpperBound(prefix)} AND instr(${below}, '/') > 0
             THEN substr(${below}, 1, instr(${below}, '/') - 1) END`;
    }),
  );
