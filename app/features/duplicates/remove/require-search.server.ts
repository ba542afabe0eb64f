import { DomainError } from "~/features/domain-error";
import { findNewestSearch } from "~/features/duplicates/search/duplicate-search.sql.server";
import type { Db } from "~/ports/db.server";

export const newerSearch = () =>
  new DomainError("conflict", "A newer search no longer has these groups. Look at the list again.");

/**
 * Which search a removal is about. A newer one removes the groups of those before it.
 * @param searchId that which someone saw; undefined: the newest
 * @throws DomainError "conflict" where that is no longer the newest
 */
export async function requireSearch(db: Db, searchId: number | undefined): Promise<number> {
  const newest = (await findNewestSearch(db))?.id ?? 0;
  if (searchId !== undefined && searchId !== newest) throw newerSearch();
  return newest;
}
