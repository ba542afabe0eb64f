/** Alerts of reference images, in SQLite's dialect. */
import { z } from "zod";
import type { AlertText } from "~/features/alerts/alert";
import type { ReferenceChange } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { prefixUpperBound } from "~/features/images/key-layout";
import type { Db, Tx } from "~/ports/db.server";

const prefixList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));

/** `isStillThere`: the former reference image lies in the group as before, but no longer stands for it. */
type ComparedReference = ReferenceChange & { isStillThere: boolean };

/**
 * Those of the changed groups (by prefix) whose reference image a run of the console changed since: it moved the new one
 * to its place or the old one away, or moved something beside an image that stood for its group because it was the only
 * one. A move under way counts from its start. What someone put where the console had moved the old one away is theirs.
 */
export async function findConsoleMade(db: Db, changes: ComparedReference[], since: Date): Promise<Set<string>> {
  if (changes.length === 0) return new Set();
  const from = since.getTime();
  const rows = changes.map((change) => ({ ...change, bound: prefixUpperBound(change.prefix) }));
  const found = await db.$queryRaw`
    SELECT json_group_array(c."value"->>'prefix') AS "prefixes" FROM json_each(${JSON.stringify(rows)}) c
     WHERE EXISTS (SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "to" = c."value"->>'$.after.key'
              AND coalesce("toEtag", c."value"->>'$.after.etag') = c."value"->>'$.after.etag')
        OR EXISTS (SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "from" = c."value"->>'$.before.key' AND "fromEtag" = c."value"->>'$.before.etag'
              AND "from" IS NOT c."value"->>'$.after.key')
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

/** Opens alerts about reference images, in one statement. */
export async function insertAlerts(
  tx: Tx,
  alerts: AlertText[],
  { root, at }: { root: string; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Alert" ("cause", "subject", "sentence", "detail", "kind", "severity", "root", "openedAt", "lastSeenAt")
    SELECT a."value"->>'cause', a."value"->>'subject', a."value"->>'sentence', a."value"->>'detail',
           'reference-changed', 'error', ${root}, ${at.getTime()}, ${at.getTime()}
      FROM json_each(${JSON.stringify(alerts)}) a`;
}
