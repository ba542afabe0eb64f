/** The accepted labels below a prefix, in SQLite's dialect. */

import { z } from "zod";
import type { LabelledImage } from "~/features/attribute-groups/findings/label-findings";
import { prefixUpperBound } from "~/features/images/key-layout";
import { jsonColumn } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import { jsonList, jsonObject, sql } from "~/ports/sql.server";

const PAGE = 5_000;

const page = z.array(
  z.object({
    key: z.string(),
    bytes: z.coerce.number(),
    labels: jsonColumn(z.array(z.object({ attribute: z.string(), value: z.string(), etag: z.string() }))),
  }),
);

/** Images with an accepted label in key order, gone ones too: the audit knows better whether they are there. */
export async function readLabelled(db: Db, prefix: string): Promise<LabelledImage[]> {
  const bound = prefixUpperBound(prefix);
  const isBelow = bound === null ? sql`true` : sql`i."key" < ${bound}`;
  const label = jsonObject({ attribute: sql`l."attribute"`, value: sql`l."value"`, etag: sql`l."etag"` });
  const readPage = async (last?: LabelledImage) =>
    page.parse(
      await db.$queryRaw`
        SELECT i."key", i."bytes", ${jsonList(label, sql`l."attribute"`)} AS "labels"
          FROM "Image" i JOIN "Label" l ON l."imageId" = i."id"
         WHERE i."key" > ${last?.key ?? prefix} AND ${isBelow}
         GROUP BY i."key" ORDER BY i."key" LIMIT ${PAGE}`,
    );
  const labelled: LabelledImage[] = [];
  for await (const images of pagesByKey(PAGE, readPage)) labelled.push(...images);
  return labelled;
}
