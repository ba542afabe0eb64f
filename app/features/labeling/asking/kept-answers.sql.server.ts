import { z } from "zod";
import type { Db, Tx } from "~/ports/db.server";
import { valuesOf } from "~/ports/sql.server";

/** The question that a call asked: which image, and everything that was said of it (`requestHash`). */
type AskedQuestion = { imageId: number; requestHash: string };

/**
 * A call whose answer is final: the same question about the same picture is not asked again. Everything else may be.
 * `answer` is a label's answer as JSON.
 */
export type AnsweredCall = { outcome: "labelled"; answer: string } | { outcome: "refused"; reason: string | null };

/** An answer that need not be bought again; taken over when another label run, or someone who tried the prompt, paid for it. */
type KeptAnswer = AnsweredCall & { isTakenOver: boolean };

const keptRow = z.discriminatedUnion("outcome", [
  z.object({ labelRunId: z.coerce.number(), outcome: z.literal("labelled"), answer: z.string() }),
  z.object({ labelRunId: z.coerce.number(), outcome: z.literal("refused"), reason: z.string().nullable() }),
]);

/**
 * The answer to this question, under any of its hashes, that a worker left behind which died before the item's outcome was recorded: any of this
 * run's, or a label that no run ever used nor took over (who asks about everything again wants another answer); or null.
 */
export async function findKeptAnswer(
  { db }: { db: Db },
  question: { labelRunId: number; imageId: number; requestHashes: string[] },
): Promise<KeptAnswer | null> {
  const { labelRunId, imageId, requestHashes } = question;
  const hashes = valuesOf(requestHashes);
  const rows = await db.$queryRaw<unknown[]>`
    SELECT "labelRunId", "outcome", "reason", "answer" FROM "ModelCall" c
     WHERE "requestHash" IN ${hashes} AND "imageId" = ${imageId}
       AND ("outcome" = 'refused' AND "labelRunId" = ${labelRunId}
            OR "outcome" = 'labelled' AND "answer" IS NOT NULL
               AND ("labelRunId" = ${labelRunId} OR NOT EXISTS (
                 SELECT 1 FROM "Proposal" p WHERE p."labelRunId" = c."labelRunId" AND p."imageId" = c."imageId")
               AND NOT EXISTS (
                 SELECT 1 FROM "ModelCall" t WHERE t."requestHash" IN ${hashes} AND t."imageId" = c."imageId"
                    AND t."isTakenOver" AND t."id" > c."id")))
     ORDER BY "labelRunId" = ${labelRunId} DESC, "id" DESC LIMIT 1`;
  const [row] = z.array(keptRow).parse(rows);
  if (!row) return null;
  const { labelRunId: paidBy, ...answer } = row;
  return { ...answer, isTakenOver: paidBy !== labelRunId };
}

/** Notes that a run uses a label that another run paid for; it reserved and cost nothing here. */
export async function recordTakenOver(
  tx: Tx,
  answer: string,
  question: AskedQuestion & { labelRunId: number; at: Date },
): Promise<void> {
  const { at, ...ids } = question;
  await tx.modelCall.create({
    data: {
      ...ids,
      isTakenOver: true,
      reservedUsd: 0,
      usd: 0,
      outcome: "labelled",
      answer,
      createdAt: at,
      finishedAt: at,
    },
  });
}

/** Calls that were made, not the answers that were taken over. */
export const madeCalls = { isTakenOver: false };

const answerRows = z.array(
  z.object({ imageId: z.coerce.number(), requestHash: z.string(), isUsed: z.coerce.boolean() }),
);

/**
 * What any run was told about these questions, for good: `used` when it was refused or gave proposals; `at-hand` when
 * the only answer was never used, because its worker died and its run was cancelled, or because it came of a try. That a
 * try was refused does not count: no run would ever show it. By `questionKey`.
 */
export async function findAnswers(
  { db }: { db: Db },
  questions: AskedQuestion[],
): Promise<Map<string, "used" | "at-hand">> {
  const hashes = valuesOf(questions.map(({ requestHash }) => requestHash));
  const rows = await db.$queryRaw`
    SELECT "imageId", "requestHash", max("outcome" <> 'labelled' OR EXISTS (
             SELECT 1 FROM "Proposal" p WHERE p."labelRunId" = c."labelRunId" AND p."imageId" = c."imageId")) AS "isUsed"
      FROM "ModelCall" c
     WHERE "requestHash" IN ${hashes} AND ("outcome" = 'labelled' OR "outcome" = 'refused' AND "labelRunId" IS NOT NULL)
     GROUP BY "imageId", "requestHash"`;
  return new Map(answerRows.parse(rows).map((row) => [questionKey(row), row.isUsed ? "used" : "at-hand"]));
}

export const questionKey = (question: AskedQuestion) => `${question.imageId} ${question.requestHash}`;
