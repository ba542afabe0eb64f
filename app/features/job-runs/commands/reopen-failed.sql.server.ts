import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import { jsonList, sql, valuesOf } from "~/ports/sql.server";

const CHUNKS_AT_ONCE = 1_000;

const chunks = z.array(
  z.object({
    seq: z.coerce.number(),
    firstSeq: z.coerce.number(),
    lastSeq: z.coerce.number(),
    failed: z.coerce.number(),
    outcome: z.string().nullable(),
  }),
);
type Chunk = z.infer<typeof chunks>[number];

const meant = z.tuple([z.object({ seqs: jsonColumn(z.array(z.number())) })]);

/** What a piece did: how many items are open again, how many rows that took (0: none is left), and the last chunk it looked at. */
type Reopened = { reopened: number; rows: number; after: number };

/**
 * Reopens failed items, chunk after chunk, takes them out of the tallies that counted them, and brings a finished run back to
 * "pending". In SQLite's dialect.
 * @param input.after the last chunk of the piece before; -1 at first
 * @param input.size how many items, about
 */
export async function reopenFailed(
  tx: Tx,
  { runId, errorClass, after, size }: { runId: number; errorClass: string | undefined; after: number; size: number },
): Promise<Reopened> {
  await tx.$executeRaw`UPDATE "JobRun" SET "token" = "token" WHERE "id" = ${runId}`;
  const found = await tx.$queryRaw`
    SELECT "seq", "firstSeq", "lastSeq", "failed", "outcome" FROM "JobChunk"
     WHERE "runId" = ${runId} AND "seq" > ${after} AND "failed" > 0 ORDER BY "seq" LIMIT ${CHUNKS_AT_ONCE}`;
  const some = takeUpTo(size, chunks.parse(found));
  const [first] = some;
  const last = some.at(-1);
  if (!first || !last) return { reopened: 0, rows: 0, after };
  const written = first.outcome === null ? 0 : await writeOwnOutcomes(tx, runId, first, size);
  if (written === size) return { reopened: 0, rows: written, after };

  const oneClass = errorClass ?? null;
  const seqs = valuesOf(some.map(({ seq }) => seq));
  const isMeant = sql`+i."outcome" = 'failed' AND (${oneClass} IS NULL OR i."errorClass" = ${oneClass})`;
  const itsItems = sql`i."runId" = c."runId" AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"`;
  const [{ seqs: opened }] = meant.parse(
    await tx.$queryRaw`
      SELECT ${jsonList(sql`c."seq"`)} AS "seqs" FROM "JobChunk" c
       WHERE c."runId" = ${runId} AND c."seq" IN ${seqs}
         AND EXISTS (SELECT 1 FROM "JobItem" i WHERE ${itsItems} AND ${isMeant})`,
  );
  const rows = some.reduce((sum, { failed }) => sum + failed, written);
  if (opened.length === 0) return { reopened: 0, rows, after: last.seq };
  const reopened = await tx.$executeRaw`
    UPDATE "JobItem" AS i SET "outcome" = NULL, "errorClass" = NULL, "error" = NULL, "finishedAt" = NULL, "begun" = 0
     WHERE i."runId" = ${runId} AND i."seq" BETWEEN ${first.firstSeq} AND ${last.lastSeq} AND ${isMeant}`;
  await tx.$executeRaw`
    UPDATE "JobChunk" AS c SET "status" = 'open', "finishedAt" = NULL, "deaths" = 0, "dueAt" = 0, "outcome" = NULL,
           "failed" = (SELECT count(*) FROM "JobItem" i WHERE ${itsItems} AND +i."outcome" = 'failed')
     WHERE c."runId" = ${runId} AND c."seq" IN ${valuesOf(opened)}`;
  await tx.$executeRaw`
    UPDATE "JobRun" SET "status" = 'pending', "finishedAt" = NULL WHERE "id" = ${runId} AND "status" = 'succeeded'`;
  return { reopened, rows, after: last.seq };
}

/** A chunk that speaks for its items is done alone. */
function takeUpTo(size: number, found: Chunk[]): Chunk[] {
  const taken: Chunk[] = [];
  let items = 0;
  for (const chunk of found) {
    items += chunk.failed;
    if (taken.length > 0 && (items > size || chunk.outcome !== null)) break;
    taken.push(chunk);
    if (chunk.outcome !== null) break;
  }
  return taken;
}

/**
 * Gives items of a chunk that speaks for them outcomes of their own: once some of its items are open again, it cannot.
 * @returns how many; fewer than `size` once all have one
 */
const writeOwnOutcomes = (tx: Tx, runId: number, chunk: Chunk, size: number): Promise<number> => tx.$executeRaw`
  UPDATE "JobItem" SET "outcome" = ${chunk.outcome}, "after" = "target", "attempts" = "attempts" + 1,
         "finishedAt" = (SELECT c."finishedAt" FROM "JobChunk" c WHERE c."runId" = ${runId} AND c."seq" = ${chunk.seq})
   WHERE "runId" = ${runId} AND "seq" IN (
     SELECT "seq" FROM "JobItem"
      WHERE "runId" = ${runId} AND "seq" BETWEEN ${chunk.firstSeq} AND ${chunk.lastSeq} AND +"outcome" IS NULL LIMIT ${size})`;
