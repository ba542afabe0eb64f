import { z } from "zod";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";

/** Images of one statement: their records are counted along an index. */
const PAGE = 500;
const rows = z.array(z.object({ imageId: z.coerce.number(), records: z.coerce.number() }));

/** How many generation records name an image as a reference, by its id; of no other images. */
export async function countReferences(db: Db, signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const read = async (last?: { imageId: number }) =>
    rows.parse(
      await db.$queryRaw`
        SELECT r."imageId", count(DISTINCT r."generationId") AS "records" FROM "GenerationReference" r
         WHERE ${last ? sql`r."imageId" > ${last.imageId}` : sql`r."imageId" IS NOT NULL`}
         GROUP BY r."imageId" ORDER BY r."imageId" LIMIT ${PAGE}`,
    );
  for await (const page of pagesByKey(PAGE, read)) {
    signal.throwIfAborted();
    for (const { imageId, records } of page) counts.set(imageId, records);
  }
  return counts;
}
