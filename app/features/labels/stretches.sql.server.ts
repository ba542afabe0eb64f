import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { type Sql, sql } from "~/ports/sql.server";

const bounds = z.array(z.object({ imageId: z.coerce.number() }));

/** Rows of a label run that an index has by image. */
type Rows = { from: Sql; run: Sql; image: Sql };
const proposals = { from: sql`"Proposal" p`, run: sql`p."labelRunId"`, image: sql`p."imageId"` };
const calls = { from: sql`"ModelCall" c`, run: sql`c."labelRunId"`, image: sql`c."imageId"` };

/** The proposals of a label run in stretches of about `size`, all of an image in one, as conditions on `"Proposal" p`. */
export const stretchesOfProposals = (db: Db, labelRunId: number, size: number) =>
  stretchesOf(db, proposals, { labelRunId, size });

/** Its model calls likewise, as conditions on `"ModelCall" c`. */
export const stretchesOfCalls = (db: Db, labelRunId: number, size: number) =>
  stretchesOf(db, calls, { labelRunId, size });

/** The database answers at once, so that between two stretches whatever else the process does has its turn. */
async function* stretchesOf(
  db: Db,
  { from, run, image }: Rows,
  { labelRunId, size }: { labelRunId: number; size: number },
): AsyncGenerator<Sql, void> {
  for (let after = 0, isLast = false; !isLast; ) {
    const found = bounds.parse(
      await db.$queryRaw`
        SELECT ${image} AS "imageId" FROM ${from} WHERE ${run} = ${labelRunId} AND ${image} > ${after}
         ORDER BY ${image} LIMIT 1 OFFSET ${size}`,
    );
    const until = found[0]?.imageId ?? Number.MAX_SAFE_INTEGER;
    yield sql`${run} = ${labelRunId} AND ${image} > ${after} AND ${image} <= ${until}`;
    isLast = found.length === 0;
    after = until;
    await nextTurn();
  }
}
