import { z } from "zod";
import { groupReader } from "~/features/label-schema/group-of-key";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";
import { folderOf, type StatedByFolder } from "./compared.sql.server";

const folders = z.array(z.object({ folder: z.string() }));

/** What the names of the group folders state in which images of a label run lie. */
export async function readStated(
  { db }: { db: Db },
  { labelRunId, schema }: { labelRunId: number; schema: LabelSchema },
): Promise<StatedByFolder[]> {
  const rows = folders.parse(
    await db.$queryRaw`
      SELECT DISTINCT ${folderOf(sql`i."key"`)} AS "folder" FROM "Image" i
       WHERE i."id" IN (SELECT p."imageId" FROM "Proposal" p WHERE p."labelRunId" = ${labelRunId})`,
  );
  const groupOf = groupReader(schema);
  return rows.flatMap(({ folder }) =>
    Object.entries(groupOf(folder)?.attributes ?? {}).map(([attribute, value]) => ({ folder, attribute, value })),
  );
}
