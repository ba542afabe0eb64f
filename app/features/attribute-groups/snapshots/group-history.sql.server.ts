/** What snapshots and the journal of moves tell of one folder, in SQLite's dialect. */

import { z } from "zod";
import { prefixUpperBound } from "~/features/images/key-layout";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { json, jsonList, jsonObject, sql } from "~/ports/sql.server";

/** What a snapshot says of the folder. */
const state = z.object({
  hash: z.string(),
  objects: z.number(),
  images: z.number(),
  referenceKey: z.string().nullable(),
  referenceEtag: z.string().nullable(),
});
export type GroupState = z.infer<typeof state>;

const stateOf = jsonObject({
  hash: sql`"listingHash"`,
  objects: sql`"objects"`,
  images: sql`"images"`,
  referenceKey: sql`"referenceKey"`,
  referenceEtag: sql`"referenceEtag"`,
});

const groupStep = z.object({
  /** The snapshot that shows the change, and the one before; null: there is none. */
  to: z.number(),
  from: z.number().nullable(),
  takenAt: z.number(),
  formerTakenAt: z.number().nullable(),
  now: state.nullable(),
  former: state.nullable(),
});
const steps = z.tuple([z.object({ steps: jsonColumn(z.array(groupStep)) })]);

/** Two snapshots, one after the other, between which the folder's objects or its reference are not the same. */
export type GroupStep = z.infer<typeof groupStep>;

/**
 * The newest first. One probe of an index for each snapshot of the root; listings are not read.
 * @param input.until the newest snapshot to look at; null: all of them
 */
export async function readGroupSteps(
  db: Db,
  { root, prefix, until, limit }: { root: string; prefix: string; until: number | null; limit: number },
): Promise<GroupStep[]> {
  const step = jsonObject({
    to: sql`"to"`,
    from: sql`"from"`,
    takenAt: sql`"takenAt"`,
    formerTakenAt: sql`"formerTakenAt"`,
    now: json(sql`"now"`),
    former: json(sql`"former"`),
  });
  const found = await db.$queryRaw`
    WITH "seen" AS (
      SELECT s."id" AS "to", lag(s."id") OVER "order" AS "from",
             s."takenAt" AS "takenAt", lag(s."takenAt") OVER "order" AS "formerTakenAt",
             g."state" AS "now", lag(g."state") OVER "order" AS "former",
             g."content" AS "content", lag(g."content") OVER "order" AS "formerContent"
        FROM "GroupSnapshot" s
        LEFT JOIN (
          SELECT "snapshotId", "prefix", "listingHash" || coalesce("referenceEtag", '') AS "content",
                 ${stateOf} AS "state"
            FROM "Group") g ON g."snapshotId" = s."id" AND g."prefix" = ${prefix}
       WHERE s."root" = ${root} AND (${until} IS NULL OR s."id" <= ${until})
      WINDOW "order" AS (ORDER BY s."id"))
    SELECT ${jsonList(step, sql`"to" DESC`)} AS "steps"
      FROM (SELECT * FROM "seen" WHERE "content" IS DISTINCT FROM "formerContent" ORDER BY "to" DESC LIMIT ${limit})`;
  return steps.parse(found)[0].steps;
}

const twins = z.tuple([
  z.object({
    twins: jsonColumn(z.array(z.object({ prefix: z.string(), hash: z.string(), isCome: z.number() }))),
  }),
]);

/** The folders that only one of two snapshots has and that hold this many objects: one may be another's former self. */
export async function readTwins(
  db: Db,
  { from, to, objects }: { from: number; to: number; objects: number },
): Promise<z.infer<typeof twins>[0]["twins"]> {
  const twin = jsonObject({
    prefix: sql`g."prefix"`,
    hash: sql`g."listingHash"`,
    isCome: sql`CASE WHEN g."snapshotId" = ${to} THEN 1 ELSE 0 END`,
  });
  const found = await db.$queryRaw`
    SELECT ${jsonList(twin)} AS "twins"
      FROM "Group" g
     WHERE g."snapshotId" IN (${from}, ${to}) AND g."objects" = ${objects} AND NOT EXISTS (
       SELECT 1 FROM "Group" o
        WHERE o."snapshotId" = CASE WHEN g."snapshotId" = ${from} THEN ${to} ELSE ${from} END AND o."prefix" = g."prefix")`;
  return twins.parse(found)[0].twins;
}

const runMoves = z.object({
  runId: z.number(),
  title: z.string(),
  actorName: z.string(),
  status: z.string(),
  at: z.number(),
  /** Objects that came into the folder, left it, and got another name in it. */
  arrived: z.number(),
  left: z.number(),
  within: z.number(),
});
const moves = z.tuple([z.object({ runs: jsonColumn(z.array(runMoves)) })]);

export type RunMoves = z.infer<typeof runMoves>;

/** Runs that moved objects into or out of a folder between two times, the newest first; for 90 days after their end. */
export async function readRunMoves(
  db: Db,
  { prefix, since, until, limit }: { prefix: string; since: number; until: number; limit: number },
): Promise<RunMoves[]> {
  const bound = prefixUpperBound(prefix);
  const run = jsonObject({
    runId: sql`"runId"`,
    title: sql`"title"`,
    actorName: sql`"actorName"`,
    status: sql`"status"`,
    at: sql`"at"`,
    arrived: sql`"arrived"`,
    left: sql`"left"`,
    within: sql`"within"`,
  });
  const found = await db.$queryRaw`
    WITH "moved" AS (
      SELECT "runId", "from" >= ${prefix} AND "from" < ${bound} AS "wasHere", "to" >= ${prefix} AND "to" < ${bound} AS "isHere"
        FROM "ObjectMove"
       WHERE "toEtag" IS NOT NULL
         AND (("from" >= ${prefix} AND "from" < ${bound}) OR ("to" >= ${prefix} AND "to" < ${bound})))
    SELECT ${jsonList(run, sql`"at" DESC, "runId" DESC`)} AS "runs"
      FROM (SELECT m."runId", r."title", r."actorName", r."status", coalesce(r."startedAt", r."createdAt") AS "at",
                   sum(NOT "wasHere") AS "arrived", sum(NOT "isHere") AS "left", sum("wasHere" AND "isHere") AS "within"
              FROM "moved" m JOIN "JobRun" r ON r."id" = m."runId"
             WHERE coalesce(r."startedAt", r."createdAt") BETWEEN ${since} AND ${until}
             GROUP BY m."runId" ORDER BY "at" DESC, m."runId" DESC LIMIT ${limit})`;
  return moves.parse(found)[0].runs;
}
