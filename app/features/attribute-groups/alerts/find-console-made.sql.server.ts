/** What the console itself did to reference images, in SQL. */
import { z } from "zod";
import type { ReferenceChange } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { prefixUpperBound } from "~/features/images/key-layout";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { jsonList, rowsFrom, sql } from "~/ports/sql.server";

const prefixList = jsonColumn(z.array(z.string()));

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
  const rows = changes.map(({ prefix, before, after, isStillThere }) => ({
    prefix,
    bound: prefixUpperBound(prefix),
    beforeKey: before?.key,
    beforeEtag: before?.etag,
    afterKey: after?.key,
    afterEtag: after?.etag,
    isStillThere,
  }));
  const columns = {
    prefix: "text",
    bound: "text",
    beforeKey: "text",
    beforeEtag: "text",
    afterKey: "text",
    afterEtag: "text",
    isStillThere: "boolean",
  } as const;
  const found = await db.$queryRaw`
    SELECT ${jsonList(sql`c."prefix"`)} AS "prefixes" FROM ${rowsFrom(rows, columns)} c
     WHERE EXISTS (SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "to" = c."afterKey"
              AND coalesce("toEtag", c."afterEtag") = c."afterEtag")
        OR EXISTS (SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "from" = c."beforeKey" AND "fromEtag" = c."beforeEtag"
              AND "from" IS DISTINCT FROM c."afterKey")
        OR (c."isStillThere" AND EXISTS (
             SELECT 1 FROM "ObjectMove" WHERE coalesce("finishedAt", "startedAt") >= ${from}
              AND "to" >= c."prefix" AND "to" < c."bound"))`;
  const [{ prefixes }] = z.tuple([z.object({ prefixes: prefixList })]).parse(found);
  return new Set(prefixes);
}
