/** Where labels come from, as ids of images to select from: `SELECT "id" …`. */

import { elementsOf, type Sql, sql } from "~/ports/sql.server";

const labeledBy = (versions: Sql): Sql => sql`
  SELECT DISTINCT l."imageId" AS "id" FROM "LabelRun" r JOIN "Label" l ON l."labelRunId" = r."id"
   WHERE r."promptVersionId" IN (${versions})`;

/** Images with a label of a run of this prompt version. */
export const labeledByVersion = (version: number): Sql => labeledBy(sql`${version}`);

/** Images with a label of a run whose prompt version has the image of this key among its examples. */
export const labeledByExample = (key: string): Sql =>
  labeledBy(sql`
    SELECT v."id" FROM "PromptVersion" v
     WHERE EXISTS (SELECT 1 FROM ${elementsOf(sql`v."examples"`)} e WHERE e."value"->>'key' = ${key})`);
