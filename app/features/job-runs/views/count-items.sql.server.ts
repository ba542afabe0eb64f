import { z } from "zod";
import type { Db } from "~/ports/db.server";

const rows = z.array(
  z.object({
    kind: z.string(),
    succeeded: z.coerce.number(),
    failed: z.coerce.number(),
    skipped: z.coerce.number(),
  }),
);

/** How items of all runs ended, by kind: sums of the tallies that pages show run by run. */
export async function countItems(db: Db): Promise<z.infer<typeof rows>> {
  const found = await db.$queryRaw`
    SELECT r."kind", sum(c."succeeded") AS "succeeded", sum(c."failed") AS "failed", sum(c."skipped") AS "skipped"
      FROM "JobChunk" c JOIN "JobRun" r ON r."id" = c."runId" GROUP BY r."kind" ORDER BY r."kind"`;
  return rows.parse(found);
}
