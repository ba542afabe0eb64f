import { z } from "zod";
import { ownerIsNamed } from "~/features/images/owner-named.sql.server";
import type { Db } from "~/ports/db.server";
import { allOf, anyOf, contains, type Sql, sql } from "~/ports/sql.server";

const found = z.array(z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }));
export type FoundOwner = z.infer<typeof found>[number];

/**
 * Owners of whom each word of a text is a part of the name, the id or the email address, by name; those whose name or id
 * begins with the text come first. An empty text finds all. Merged owners are not found.
 * @param input.limit as many as a list under a field shows
 */
export async function findOwners(db: Db, { text, limit }: { text: string; limit: number }): Promise<FoundOwner[]> {
  const begins = (column: Sql) =>
    sql`lower(substr(${column}, 1, ${text.trim().length})) = ${text.trim().toLowerCase()}`;
  const rows = await db.$queryRaw`
    SELECT o."id", o."name", o."email" FROM "Owner" o WHERE ${ownersWhere(text)}
     ORDER BY CASE WHEN ${anyOf([begins(sql`o."name"`), begins(sql`o."id"`)])} THEN 0 ELSE 1 END,
              lower(o."name"), o."id" LIMIT ${limit}`;
  return found.parse(rows);
}

/** What a text finds of `"Owner" o`. */
function ownersWhere(text: string): Sql {
  const words = text.split(/\s+/).filter(Boolean);
  return allOf([
    sql`o."mergedIntoId" IS NULL`,
    ...words.map((word) =>
      anyOf([ownerIsNamed(word), contains(sql`o."id"`, word), contains(sql`coalesce(o."email", '')`, word)]),
    ),
  ]);
}
