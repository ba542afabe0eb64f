import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { freezeImageQuery, type Known, selectedWhere } from "~/features/images/query/image-query.sql.server";
import { type ImageSelection, imageSelection } from "~/features/images/query/image-selection";
import type { Db } from "~/ports/db.server";
import { exportSelection } from "./export-images.server";
import { parseImageOrder } from "./image-order";
import { listImages } from "./list-images.sql.server";

const newestFirst = parseImageOrder("created-desc");
const byKey = parseImageOrder("key-asc");

/**
 * A selection as a run keeps it: its relative dates are moments from here on, so that the plan means what was asked for
 * however late a worker makes it.
 * @throws DomainError "invalid" for a selection that no image matches, or a query by something that is not known;
 *   ZodError for one that names nothing
 */
export async function requireImages(db: Db, input: ImageSelection, known: Known): Promise<ImageSelection> {
  const selection = freeze(imageSelection.parse(input), known.now);
  if (await findsAny(db, selection, known)) return selection;
  throw new DomainError("invalid", "No image matches this selection, so there is nothing to do.");
}

const rows = z.array(z.object({ id: z.coerce.number() }));

/** As a list finds its first image: to look through all of them would let the process answer nothing else for seconds. */
async function findsAny(db: Db, selection: ImageSelection, known: Known): Promise<boolean> {
  if ("query" in selection) {
    const { now, ...schema } = known;
    const { images } = await listImages(
      { db, clock: { now: () => now } },
      { query: selection.query, order: newestFirst, from: null, limit: 1, schema },
    );
    const [first] = images;
    if (!first || !selection.except?.includes(first.id)) return first !== undefined;
  }
  const found = await db.$queryRaw`
    SELECT i."id" FROM "Image" i WHERE ${selectedWhere(selection, known)} LIMIT 1`;
  return rows.parse(found).length > 0;
}

const freeze = (selection: ImageSelection, now: Date): ImageSelection =>
  "query" in selection ? { ...selection, query: freezeImageQuery(selection.query, now) } : selection;

/** The keys of a selection's images that are in the bucket, in key order, at most `limit` of them. */
export async function readSelectedKeys(
  db: Db,
  selection: ImageSelection,
  known: Known,
  limit: number,
): Promise<string[]> {
  const { now, ...schema } = known;
  const keys: string[] = [];
  const pages = exportSelection({ db, clock: { now: () => now } }, { selection, order: byKey, schema });
  for await (const page of pages) {
    keys.push(...page.flatMap(({ key, goneAt }) => (goneAt === null ? [key] : [])));
    if ("query" in selection && keys.length >= limit) break;
  }
  return keys.sort((a, b) => (a < b ? -1 : 1)).slice(0, limit);
}
