import { anyOf, contains, rowId, rowsMatching, type Sql, sql } from "~/ports/sql.server";
import { toMatchQuery } from "./text/search-text";

/**
 * Owners in whose name a word is, as a condition on `"Owner" o`: a part of it as it is written (ASCII letters match in any case),
 * or the beginning of one of its words, whatever their case and accents.
 */
export function ownerIsNamed(word: string): Sql {
  const isPart = contains(sql`o."name"`, word.normalize("NFC"));
  const match = toMatchQuery(word);
  if (match === null) return isPart;
  const found = sql`SELECT "ownerId" FROM "OwnerText" WHERE ${rowId} IN ${rowsMatching("OwnerText", match)}`;
  return anyOf([isPart, sql`o."id" IN (${found})`]);
}
