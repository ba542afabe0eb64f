/** The claims on keys, in SQLite's dialect. SQLite has one writer, so what a transaction finds stays so until its end. */

import { z } from "zod";
import { keysBelow } from "~/features/images/key-layout";
import { underWay } from "~/features/job-runs/status";
import type { Tx } from "~/ports/db.server";
import { allOf, sql, valuesOf } from "~/ports/sql.server";

type Reads = Pick<Tx, "$queryRaw">;

const status = valuesOf(underWay);

/** It is there, as its row of the index says, and nobody is about to take it away. */
const isFact = sql`(c."etag" IS NOT NULL AND c."removingRunId" IS NULL AND EXISTS (
  SELECT 1 FROM "Image" i WHERE i."key" = c."key" AND i."etag" = c."etag" AND i."goneAt" IS NULL))`;

/** A worker may put it there yet: its item is open, and its run goes on or was ended while the item was in hand. */
const isComing = (now: Date) => sql`(c."etag" IS NULL AND EXISTS (
  SELECT 1 FROM "JobItem" t JOIN "JobRun" r ON r."id" = t."runId"
   WHERE t."runId" = c."runId" AND t."seq" = c."seq" AND t."outcome" IS NULL
     AND (r."status" IN ${status} OR EXISTS (
       SELECT 1 FROM "JobChunk" k WHERE k."runId" = t."runId" AND t."seq" BETWEEN k."firstSeq" AND k."lastSeq"
          AND k."leaseUntil" >= ${now.getTime()}))))`;

const oneKey = z.array(z.object({ key: z.string() }));
const first = (rows: unknown): string | null => oneKey.parse(rows)[0]?.key ?? null;

/** Where this source is already, brought there for just this place; null: it is not. */
export async function findThere(
  db: Reads,
  { owner, place, sourceHash }: { owner: string; place: string; sourceHash: string },
): Promise<string | null> {
  return first(
    await db.$queryRaw`
      SELECT c."key" FROM "IngestedImage" c
       WHERE c."ownerId" = ${owner} AND c."place" = ${place} AND c."sourceHash" = ${sourceHash} AND ${isFact}
       ORDER BY c."id" LIMIT 1`,
  );
}

/** Where this owner has these bytes, or is about to have them, by an ingest. */
export async function findSame(
  tx: Reads,
  { owner, sha256, now }: { owner: string; sha256: string; now: Date },
): Promise<string | null> {
  const claimed = await tx.$queryRaw`
    SELECT c."key" FROM "IngestedImage" c
     WHERE c."sha256" = ${sha256} AND c."ownerId" = ${owner} AND (${isFact} OR ${isComing(now)})
     ORDER BY c."etag" IS NULL, c."id" LIMIT 1`;
  return first(claimed);
}

/** Keys of the owner's own folder whose image has these bytes, whoever put them there: the bucket is older than this database. */
export async function findIndexed(tx: Reads, { owner, sha256 }: { owner: string; sha256: string }): Promise<string[]> {
  const { gte, lt = "" } = keysBelow(`${owner}/`);
  const rows = await tx.$queryRaw`
    SELECT "key" FROM "Image"
     WHERE "sha256" = ${sha256} AND "readEtag" = "etag" AND "goneAt" IS NULL AND "key" >= ${gte} AND "key" < ${lt}
     ORDER BY "id" LIMIT 10`;
  return oneKey.parse(rows).map(({ key }) => key);
}

/** What else has a place that only one picture may have, whatever its extension; `isComing`: it may not come to be there. */
export async function findRival(
  tx: Reads,
  wanted: { owner: string; place: string; key: string; sha256: string; runId: number; seq: number; now: Date },
): Promise<{ key: string; isComing: boolean } | null> {
  const { owner, place, key, sha256, runId, seq, now } = wanted;
  const { gte, lt = "" } = keysBelow(`${owner}/${place}.`);
  const there = await tx.$queryRaw`
    SELECT "key" FROM "Image" WHERE "key" >= ${gte} AND "key" < ${lt} AND "goneAt" IS NULL AND "key" <> ${key} LIMIT 1`;
  const other = first(there);
  if (other !== null) return { key: other, isComing: false };
  const claimed = await tx.$queryRaw`
    SELECT c."key" FROM "IngestedImage" c
     WHERE ${allOf([
       sql`c."sha256" <> ${sha256}`,
       // A line of another place may share a key of this one.
       sql`(c."ownerId" = ${owner} AND c."place" = ${place} OR c."key" >= ${gte} AND c."key" < ${lt})`,
       sql`NOT (c."runId" = ${runId} AND c."seq" = ${seq})`,
       isComing(now),
     ])} LIMIT 1`;
  const coming = first(claimed);
  return coming === null ? null : { key: coming, isComing: true };
}

/** Whether an undo that goes on is about to take the image at this key away. */
export async function isLeaving(tx: Reads, key: string, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw`
    SELECT c."key" FROM "IngestedImage" c JOIN "JobRun" r ON r."id" = c."removingRunId"
     WHERE c."key" = ${key} AND (r."status" IN ${status} OR EXISTS (
       SELECT 1 FROM "JobChunk" k WHERE k."runId" = r."id" AND k."leaseUntil" >= ${now.getTime()})) LIMIT 1`;
  return first(rows) !== null;
}

/** Who else stands for the image at a key: a line that is done, or one that is about to be. */
export async function findOther(
  tx: Reads,
  { id, key, now }: { id: number; key: string; now: Date },
): Promise<{ id: number; isComing: boolean } | null> {
  const rows = await tx.$queryRaw`
    SELECT c."id", c."etag" IS NULL AS "isComing" FROM "IngestedImage" c
     WHERE c."key" = ${key} AND c."id" <> ${id} AND (${isFact} OR ${isComing(now)})
     ORDER BY c."etag" IS NULL, c."id" LIMIT 1`;
  const [other] = z.array(z.object({ id: z.coerce.number(), isComing: z.coerce.boolean() })).parse(rows);
  return other ?? null;
}
