/** Alerts of reference images, in SQLite's dialect. */
import { z } from "zod";
import { prefixUpperBound } from "~/features/images/key-layout";
import type { Tx } from "~/ports/db.server";
import type { AlertText, SeenReferenceChange } from "./alert";

const prefixList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));

/**
 * Those of the changed groups (by prefix) whose reference image a run of the console changed since: it moved the new one
 * to its place or the old one away, or moved something beside an image that stood for its group because it was the only
 * one. A move under way counts from its start.
 */
export async function findConsoleMade(tx: Tx, changes: SeenReferenceChange[], since: Date): Promise<Set<string>> {
  const from = since.getTime();
  const rows = changes.map((change) => ({ ...change, bound: prefixUpperBound(change.prefix) }));
  const found = await tx.$queryRaw`
    SELECT json_group_array(c."value"->>'prefix') AS "prefixes" FROM json_each(${JSON.stringify(rows)}) c
     WHERE EXISTS (SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "to" = c."value"->>'$.after.key'
              AND coalesce("toEtag", c."value"->>'$.after.etag') = c."value"->>'$.after.etag')
        OR EXISTS (SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "from" = c."value"->>'$.before.key' AND "fromEtag" = c."value"->>'$.before.etag')
        OR (c."value"->>'isStillThere' AND EXISTS (
             SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "to" >= c."value"->>'prefix' AND "to" < c."value"->>'bound'))`;
  const [{ prefixes }] = z.tuple([z.object({ prefixes: prefixList })]).parse(found);
  return new Set(prefixes);
}

/** Says of each alert what there is to say now, in one statement. */
export async function updateAlerts(tx: Tx, alerts: ({ id: number } & AlertText)[], at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Alert" SET "cause" = a."value"->>'cause', "subject" = a."value"->>'subject', "sentence" = a."value"->>'sentence',
                       "detail" = a."value"->>'detail', "lastSeenAt" = ${at.getTime()}
      FROM json_each(${JSON.stringify(alerts)}) a WHERE "Alert"."id" = a."value"->>'id'`;
}
