import { z } from "zod";
import type { Db } from "~/ports/db.server";

const counts = z.tuple([
  z.object({
    records: z.coerce.number(),
    withImage: z.coerce.number(),
    notFound: z.coerce.number(),
    linesRefused: z.coerce.number(),
  }),
]);

/** What the items of an import's run are, for a script's JSON. `notFound`: records of which an image or reference is missing. */
export async function countImport(db: Db, runId: number) {
  const found = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE "target"->>'hash' IS NOT NULL) AS "records",
           count(*) FILTER (WHERE "target"->>'imageId' IS NOT NULL) AS "withImage",
           count(*) FILTER (WHERE "target"->>'elsewhere' <> '[]') AS "notFound",
           count(*) FILTER (WHERE "target"->>'problem' IS NOT NULL) AS "linesRefused"
      FROM "JobItem" WHERE "runId" = ${runId}`;
  return counts.parse(found)[0];
}
