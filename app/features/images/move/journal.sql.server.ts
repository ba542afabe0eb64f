/** The journal of moves, in SQLite's dialect. SQLite has one writer, so what a transaction finds stays so until its end. */

import type { Content } from "~/features/images/objects/object-content.server";
import { movedSincePlan } from "~/features/images/since-plan";
import type { ItemContext } from "~/features/job-runs/kinds/handler";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { type Move, whyStays } from "./object-move";

type Rival = { runId: number; from: string; to: string };

/**
 * Writes an item's journal with its source as it was read, unless another move is under way that has a key in common with it.
 * @param isThere its copy lies at the target already: then no other move that the database knows may have put it
 * @returns null, or what stands in the way, as a sentence
 * @throws LeaseLost
 */
export async function beginMove(
  { db, clock }: Pick<Ports, "db" | "clock">,
  move: Move,
  source: Source,
  context: ItemContext<unknown>,
  isThere = false,
): Promise<string | null> {
  const { from, to } = move;
  const now = clock.now();
  return db.$write(async (tx) => {
    await context.hold(tx);
    const rival = await findRivalMove(tx, move, now);
    if (rival !== null) return rival;
    if (isThere && (await isKnownCopy(tx, move))) return whyStays.taken(from, to);
    // What gives an image to another owner is about its row. From now on nothing else takes that away from here.
    if (move.owner && (await tx.image.count({ where: { key: from } })) === 0) return movedSincePlan.reason;
    await claimMove(tx, move, source, now);
    return null;
  });
}

type Source = Content & { head: Pick<ObjectHead, "etag" | "versionId"> };

/** Writes a move's journal: the claim on its source and its target, which `findRivalMove` must have found free in the same transaction. */
export async function claimMove(
  tx: Tx,
  { runId, seq, from, to }: Pick<Move, "runId" | "seq" | "from" | "to">,
  { sha256, bytes, head }: Source,
  now: Date,
): Promise<void> {
  const { etag: fromEtag, versionId: fromVersion } = head;
  await dropIdleClaims(tx, { runId, seq, to });
  await tx.objectMove.upsert({
    where: { runId_seq: { runId, seq } },
    create: { runId, seq, from, to, fromEtag, fromVersion, sha256, bytes, startedAt: now },
    update: { fromEtag, fromVersion },
  });
}

/** Whether the last move from or to the target that the database knows has put there what was at the source. */
export async function isKnownCopy(
  db: Pick<Tx, "$queryRaw">,
  { from, to }: Pick<Move, "from" | "to">,
): Promise<boolean> {
  const [last] = await db.$queryRaw<{ from: string }[]>`
    SELECT "from" FROM "ObjectMove" WHERE ("to" = ${to} OR "from" = ${to}) AND "finishedAt" IS NOT NULL
     ORDER BY "finishedAt" DESC LIMIT 1`;
  return last?.from === from;
}

/** What the last finished move from one key to another carried, be it of whatever run. */
export async function findMoveThere(
  db: Pick<Tx, "$queryRaw">,
  { from, to }: Pick<Move, "from" | "to">,
): Promise<Content | null> {
  const [last] = await db.$queryRaw<{ sha256: string; bytes: bigint }[]>`
    SELECT "sha256", "bytes" FROM "ObjectMove" WHERE "from" = ${from} AND "to" = ${to} AND "finishedAt" IS NOT NULL
     ORDER BY "finishedAt" DESC LIMIT 1`;
  return last ? { sha256: last.sha256, bytes: Number(last.bytes) } : null;
}

/**
 * A move that failed or was cancelled before its copy was there has a claim to the key no longer once another takes it:
 * tried again, it would take the other's object for its own where both have the same bytes.
 */
function dropIdleClaims(tx: Tx, { runId, seq, to }: Pick<Move, "runId" | "seq" | "to">) {
  return tx.objectMove.deleteMany({ where: { to, finishedAt: null, toEtag: null, NOT: { runId, seq } } });
}

/**
 * Notes that under this claim nothing lay at the target, and which version was the newest there ("": none). What is put
 * there follows at once: the lease is held.
 * @throws LeaseLost
 */
export async function noteLook(
  { db }: Pick<Ports, "db">,
  { runId, seq }: Pick<Move, "runId" | "seq">,
  toBefore: string,
  context: ItemContext<unknown>,
): Promise<void> {
  await db.$write(async (tx) => {
    await context.hold(tx);
    await tx.objectMove.update({ where: { runId_seq: { runId, seq } }, data: { toBefore } });
  });
}

/**
 * Why a move cannot begin now, as a sentence, or null: another run's unfinished move has a key in common with it, while that run goes on, or
 * while a worker still has the item in hand (a run that was cancelled just now); or one of the same run has the same target.
 */
export async function findRivalMove(
  tx: Pick<Tx, "$queryRaw">,
  move: Pick<Move, "runId" | "seq" | "from" | "to">,
  now: Date,
): Promise<string | null> {
  const { runId, seq, from, to } = move;
  const [rival] = await tx.$queryRaw<Rival[]>`
    SELECT m."runId", m."from", m."to" FROM "ObjectMove" m JOIN "JobRun" r ON r."id" = m."runId"
     WHERE (m."from" IN (${from}, ${to}) OR m."to" IN (${from}, ${to}))
       AND CASE WHEN m."runId" = ${runId} THEN m."seq" <> ${seq} AND m."to" = ${to}
           ELSE m."finishedAt" IS NULL AND (r."status" IN ('pending', 'running', 'paused') OR EXISTS (
                  SELECT 1 FROM "JobChunk" c
                   WHERE c."runId" = m."runId" AND m."seq" BETWEEN c."firstSeq" AND c."lastSeq"
                     AND c."leaseUntil" >= ${now.getTime()})) END
     LIMIT 1`;
  return rival ? describeRival(rival, move) : null;
}

function describeRival(rival: Rival, { runId, from, to }: Pick<Move, "runId" | "from" | "to">): string {
  if (rival.runId === runId) return whyStays.shared(rival.from, from, to);
  if (rival.from === from) return `${quoteKey(from)} is being moved by run ${rival.runId}.`;
  return `${quoteKey(rival.from)} is being moved by run ${rival.runId} to ${quoteKey(rival.to)}, so ${quoteKey(from)} stays where it is.`;
}
