import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { freezeImageQuery, type Known, selectedWhere } from "~/features/images/query/image-query.sql.server";
import { type ImageSelection, imageSelection } from "~/features/images/query/image-selection";
import type { Db } from "~/ports/db.server";

const answers = z.tuple([z.object({ finds: z.coerce.boolean() })]);

/**
 * A selection as a run keeps it: its relative dates are moments from here on, so that the plan means what was asked for
 * however late a worker makes it.
 * @throws DomainError "invalid" for a selection that no image matches, or a query by something that is not known;
 *   ZodError for one that names nothing
 */
export async function requireImages(db: Db, input: ImageSelection, known: Known): Promise<ImageSelection> {
  const selection = freeze(imageSelection.parse(input), known.now);
  const found = await db.$queryRaw`
    SELECT EXISTS (SELECT 1 FROM "Image" i WHERE ${selectedWhere(selection, known)}) AS "finds"`;
  if (answers.parse(found)[0].finds) return selection;
  throw new DomainError("invalid", "No image matches this selection, so there is nothing to do.");
}

const freeze = (selection: ImageSelection, now: Date): ImageSelection =>
  "query" in selection ? { ...selection, query: freezeImageQuery(selection.query, now) } : selection;

const keys = z.array(z.object({ key: z.string() }));

/** The keys of a selection's images that are in the bucket, in key order, at most `limit` of them. */
export async function readSelectedKeys(
  db: Db,
  selection: ImageSelection,
  known: Known,
  limit: number,
): Promise<string[]> {
  const found = await db.$queryRaw`
    SELECT i."key" FROM "Image" i WHERE i."goneAt" IS NULL AND ${selectedWhere(selection, known)}
     ORDER BY i."key" LIMIT ${limit}`;
  return keys.parse(found).map(({ key }) => key);
}
