import { z } from "zod";
import { groupReader } from "~/features/label-schema/group-of-key";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { stretchesOfProposals } from "~/features/labels/stretches.sql.server";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";
import { byImage, folderOf, type StatedByFolder } from "./compared.sql.server";

/** Proposals whose images' folders one statement reads. */
const STRETCH = 50_000;

const folders = z.array(z.object({ folder: z.string() }));

/** What the names of the group folders state in which images of a label run lie. */
export async function readStated(
  { db }: { db: Db },
  { labelRunId, schema }: { labelRunId: number; schema: LabelSchema },
): Promise<StatedByFolder[]> {
  const found = new Set<string>();
  for await (const stretch of stretchesOfProposals(db, labelRunId, STRETCH)) {
    const rows = folders.parse(
      await db.$queryRaw`
        SELECT DISTINCT ${folderOf(sql`i."key"`)} AS "folder"
          FROM (SELECT DISTINCT p."imageId" FROM "Proposal" p ${byImage} WHERE ${stretch}) asked
         CROSS JOIN "Image" i ON i."id" = asked."imageId"`,
    );
    for (const { folder } of rows) found.add(folder);
  }
  const groupOf = groupReader(schema);
  return [...found].flatMap((folder) =>
    Object.entries(groupOf(folder)?.attributes ?? {}).map(([attribute, value]) => ({ folder, attribute, value })),
  );
}
