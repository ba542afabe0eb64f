/**
 * The item of a merge that is the owner itself, in SQLite's dialect; it is the last of its run. Its state is
 * `{ mergedIntoId, name }` as JSON, and once the merge is done `alsoIds`: images that came to the owner since the plan.
 */

import { z } from "zod";
import { count } from "~/features/format";
import { ownerPrefixes, prefixUpperBound } from "~/features/images/key-layout";
import { jsonColumn } from "~/features/json-column";
import type { Db, Tx } from "~/ports/db.server";
import { anyOf, json, jsonList, jsonObject, type Sql, sql, valuesOfJson } from "~/ports/sql.server";

type Merge = { ownerId: string; intoOwnerId: string };
type At = { runId: number; seq: number };

const OWNER = "owner:";

/** What a plan says of the owner: that it is one of its own, and that it shall be merged. */
export const plannedOwner = (ownerId: string, into: { id: string; name: string }): Sql => sql`
  SELECT 0 AS "position", ${OWNER} || o."id" AS "subject", o."name" AS "label",
         ${jsonObject({ mergedIntoId: sql`NULL`, name: sql`NULL` })} AS "before",
         ${JSON.stringify({ mergedIntoId: into.id, name: into.name })} AS "target"
    FROM "Owner" o WHERE o."id" = ${ownerId}`;

const ids = z.tuple([z.object({ ids: jsonColumn(z.array(z.number())) })]);

/** The ids of all images that an owner has, gone ones too, from the first. */
export async function readImageIds(db: Db, ownerId: string): Promise<number[]> {
  const found = await db.$queryRaw`SELECT ${jsonList(sql`"id"`)} AS "ids" FROM "Image" WHERE "ownerId" = ${ownerId}`;
  return ids.parse(found)[0].ids.sort((a, b) => a - b);
}

/** How many present images have keys that name an owner. What a folder of the same name holds besides is of the kind "other". */
export async function countOwnKeys(db: Db, ownerId: string): Promise<number> {
  const below = ownerPrefixes(ownerId).map(
    (prefix) => sql`("key" >= ${prefix} AND "key" < ${prefixUpperBound(prefix)})`,
  );
  const found = await db.$queryRaw`
    SELECT count(*) AS "keys" FROM "Image" WHERE "goneAt" IS NULL AND "kind" <> 'other' AND ${anyOf(below)}`;
  return z.tuple([z.object({ keys: z.coerce.number() })]).parse(found)[0].keys;
}

const marks = z.array(z.object({ seq: z.coerce.number(), mergedIntoId: z.string().nullable() }));

/** The item that is the owner, and whom it shall be merged into (null: an owner of its own again); null: the run has none. */
export async function findOwnerItem(db: Pick<Tx, "$queryRaw">, runId: number) {
  const found = await db.$queryRaw`
    SELECT "seq", "target"->>'mergedIntoId' AS "mergedIntoId" FROM (
      SELECT "seq", "subject", "target" FROM "JobItem" WHERE "runId" = ${runId} ORDER BY "seq" DESC LIMIT 1)
     WHERE substr("subject", 1, ${OWNER.length}) = ${OWNER}`;
  return marks.parse(found)[0] ?? null;
}

const isItem = ({ runId, seq }: At) => sql`"runId" = ${runId} AND "seq" = ${seq}`;

/** Images that may have come since the plan: so many are given in one statement of some 50 ms. */
const CAME_AT_MOST = 2_000;
const tooMany = `More than ${count(CAME_AT_MOST)} images came to this owner since the plan was made, so it stays in the list. Plan the merge again.`;

/** Gives what an owner still has (it came since the plan) to the one it is merged into, notes it in the item, and hides the owner. */
export async function markMerged(tx: Tx, item: At, { ownerId, intoOwnerId }: Merge, reason: string): Promise<void> {
  const came = sql`SELECT 1 FROM "Image" WHERE "ownerId" = ${ownerId} LIMIT ${CAME_AT_MOST + 1}`;
  const refused = await tx.$executeRaw`
    UPDATE "JobItem" SET "outcome" = 'skipped', "reason" = ${tooMany}
     WHERE ${isItem(item)} AND (SELECT count(*) FROM (${came})) > ${CAME_AT_MOST}`;
  if (refused > 0) return;
  const skipped = await tx.$executeRaw`
    UPDATE "JobItem" SET "outcome" = 'skipped', "reason" = ${reason}
     WHERE ${isItem(item)} AND 2 <> (
       SELECT count(*) FROM "Owner" WHERE "id" IN (${ownerId}, ${intoOwnerId}) AND "mergedIntoId" IS NULL)`;
  if (skipped > 0) return;
  const also = sql`(SELECT ${jsonList(sql`"id"`)} FROM "Image" WHERE "ownerId" = ${ownerId})`;
  await tx.$executeRaw`
    UPDATE "JobItem" SET "after" = ${jsonObject({
      mergedIntoId: sql`"target"->>'mergedIntoId'`,
      name: sql`"target"->>'name'`,
      alsoIds: json(also),
    })} WHERE ${isItem(item)}`;
  await tx.$executeRaw`UPDATE "Image" SET "ownerId" = ${intoOwnerId} WHERE "ownerId" = ${ownerId}`;
  await tx.$executeRaw`UPDATE "Owner" SET "mergedIntoId" = ${intoOwnerId} WHERE "id" = ${ownerId}`;
}

/** Makes an owner one of its own again. */
export async function unmarkMerged(tx: Tx, { ownerId, intoOwnerId }: Merge): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Owner" SET "mergedIntoId" = NULL WHERE "id" = ${ownerId} AND "mergedIntoId" = ${intoOwnerId}`;
}

/** Gives back what `markMerged` took along, as far as no one has changed it since. */
export async function giveBackRest(
  tx: Tx,
  { runId, seq }: At,
  { ownerId, intoOwnerId }: Merge,
  reason: string,
): Promise<void> {
  const skipped = await tx.$executeRaw`
    UPDATE "JobItem" SET "outcome" = 'skipped', "reason" = ${reason}
     WHERE ${isItem({ runId, seq })}
       AND NOT EXISTS (SELECT 1 FROM "Owner" WHERE "id" = ${ownerId} AND "mergedIntoId" IS NULL)`;
  if (skipped > 0) return;
  const found = await tx.$queryRaw`
    SELECT coalesce("before"->>'alsoIds', '[]') AS "ids" FROM "JobItem" WHERE ${isItem({ runId, seq })}`;
  const [{ ids: also }] = z.tuple([z.object({ ids: z.string() })]).parse(found);
  await tx.$executeRaw`
    UPDATE "Image" SET "ownerId" = ${ownerId} WHERE "id" IN ${valuesOfJson(also)} AND "ownerId" = ${intoOwnerId}`;
}
