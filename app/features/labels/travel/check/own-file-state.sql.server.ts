import { stat } from "node:fs/promises";
import { z } from "zod";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { Db } from "~/ports/db.server";
import { rowId } from "~/ports/sql.server";

const state = z.tuple([z.object({ state: z.string() })]);

/**
 * What labels/personas.json and the labels are as of now, as a text that changes with either, found without reading them: the file's size
 * and time, how far labels and their history have been written, and the last index, which may have found more images.
 */
export async function readOwnFileState(db: Db): Promise<string> {
  const file = await stat(OWN_FILE).catch(() => null);
  const found = await db.$queryRaw`
    SELECT coalesce((SELECT max(${rowId}) FROM "Label"), 0) || ' ' || coalesce((SELECT max(${rowId}) FROM "LabelHistory"), 0)
           || ' ' || coalesce((
             SELECT max("id") FROM "JobRun" WHERE "kind" = 'index-images' AND "finishedAt" IS NOT NULL), 0) AS "state"`;
  return `${file === null ? "no file" : `${file.size} ${file.mtimeMs}`}, ${state.parse(found)[0].state}`;
}
