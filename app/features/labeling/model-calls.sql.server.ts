import { z } from "zod";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import type { LabelResult } from "~/ports/model.server";
import type { PersonaAnswer } from "./answer-schema";
import { describeIssues, describeRefusal } from "./describe-answer";
import { costOf, type ModelPrice } from "./pricing";

/** Outcomes after which the same question about the same picture is not asked again. */
const answeredOutcomes = ["labelled", "refused", "truncated", "invalid"] as const;
type AnsweredOutcome = (typeof answeredOutcomes)[number];

/** A call that the model answered, one way or another. */
export type AnsweredCall = { outcome: AnsweredOutcome; reason: string | null; rawResponse: string };

type Deps = { db: Db; clock: Clock };

/**
 * Reserves one call's dollars before it is made. One statement, so that calls in flight anywhere cannot pass the budget
 * together: a call without known dollars counts with what was reserved for it.
 * @returns the call's id, or null when the budget does not allow it
 */
export async function reserveCall(
  { db, clock }: Deps,
  call: { labelRunId: number; imageId: number; requestHash: string; reservedUsd: number; budgetUsd: number | null },
): Promise<number | null> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "reservedUsd", "outcome", "createdAt")
    SELECT ${call.labelRunId}, ${call.imageId}, ${call.requestHash}, ${call.reservedUsd}, 'reserved',
           ${clock.now().getTime()}
     WHERE ${call.budgetUsd} IS NULL
        OR ${call.budgetUsd} >= ${call.reservedUsd} + (
             SELECT coalesce(sum(coalesce("usd", "reservedUsd")), 0)
               FROM "ModelCall" WHERE "labelRunId" = ${call.labelRunId})
    RETURNING "id"`;
  return rows[0]?.id ?? null;
}

/** Records how a call ended, with its dollars, whatever then becomes of the item: the money is spent either way. */
export async function settleCall(
  { db, clock }: Deps,
  callId: number,
  result: LabelResult<PersonaAnswer>,
  price: ModelPrice,
): Promise<void> {
  await db.modelCall.update({
    where: { id: callId },
    data: { outcome: result.kind, finishedAt: clock.now(), ...detailsOf(result, price) },
  });
}

function detailsOf(result: LabelResult<PersonaAnswer>, price: ModelPrice) {
  switch (result.kind) {
    case "rate-limited":
      return { reason: result.reason, usd: 0 };
    case "failed":
      // Dollars that nobody told stay unknown: the reservation goes on counting.
      return { reason: result.reason, usd: result.perhapsBilled ? null : 0 };
    default:
      return {
        reason: reasonOf(result),
        rawResponse: result.raw,
        promptTokens: result.usage.text,
        imageTokens: result.usage.image,
        outputTokens: result.usage.output,
        usd: costOf(price, { input: result.usage.text + result.usage.image, output: result.usage.output }),
      };
  }
}

/** Why there is no label, in words; null where there is one. */
export function reasonOf(result: LabelResult<PersonaAnswer> & { kind: AnsweredOutcome }): string | null {
  if (result.kind === "refused") return describeRefusal(result.reason);
  if (result.kind === "invalid") return result.issues.length > 0 ? describeIssues(result.issues) : result.problem;
  return null;
}

/** An answer that need not be bought again; taken over when another label run paid for it. */
type KeptAnswer = AnsweredCall & { isTakenOver: boolean };

const keptRow = z.object({
  labelRunId: z.coerce.number(),
  outcome: z.enum(answeredOutcomes),
  reason: z.string().nullable(),
  rawResponse: z.string(),
});

/**
 * The answer to this question that a worker left behind which died before the item's outcome was recorded: any of this
 * run's, or a label that no run ever used; or null.
 */
export async function findKeptAnswer(
  { db }: { db: Db },
  question: { labelRunId: number; imageId: number; requestHash: string },
): Promise<KeptAnswer | null> {
  const { labelRunId, imageId, requestHash } = question;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT "labelRunId", "outcome", "reason", "rawResponse" FROM "ModelCall" c
     WHERE "requestHash" = ${requestHash} AND "imageId" = ${imageId} AND "rawResponse" IS NOT NULL
       AND ("labelRunId" = ${labelRunId} AND "outcome" IN ('labelled', 'refused', 'truncated', 'invalid')
            OR "outcome" = 'labelled' AND NOT EXISTS (
                 SELECT 1 FROM "Proposal" p WHERE p."labelRunId" = c."labelRunId" AND p."imageId" = c."imageId"))
     ORDER BY "labelRunId" = ${labelRunId} DESC, "id" DESC LIMIT 1`;
  const [row] = z.array(keptRow).parse(rows);
  if (!row) return null;
  const { labelRunId: paidBy, ...answer } = row;
  return { ...answer, isTakenOver: paidBy !== labelRunId };
}

/** Notes that a run uses an answer that another run paid for; it reserved and cost nothing here. */
export async function recordTakenOver(
  tx: Tx,
  answer: KeptAnswer,
  question: { labelRunId: number; imageId: number; requestHash: string; at: Date },
): Promise<void> {
  const { at, ...ids } = question;
  await tx.modelCall.create({
    data: {
      ...ids,
      reservedUsd: 0,
      usd: 0,
      outcome: answer.outcome,
      rawResponse: answer.rawResponse,
      createdAt: at,
      finishedAt: at,
    },
  });
}

/** Calls that were made, not the answers that were taken over. */
export const madeCalls = { reservedUsd: { gt: 0 } };

const answerRows = z.array(
  z.object({ imageId: z.coerce.number(), requestHash: z.string(), isUsed: z.coerce.boolean() }),
);

/**
 * What any run was told about these questions: `used` when it was refused, cut or invalid, or gave proposals; `at-hand`
 * when the only answer was never used, because its worker died and its run was cancelled. By `questionKey`.
 */
export async function findAnswers(
  { db }: { db: Db },
  questions: { imageId: number; requestHash: string }[],
): Promise<Map<string, "used" | "at-hand">> {
  const hashes = JSON.stringify(questions.map(({ requestHash }) => requestHash));
  const rows = await db.$queryRaw`
    SELECT "imageId", "requestHash", max("outcome" <> 'labelled' OR EXISTS (
             SELECT 1 FROM "Proposal" p WHERE p."labelRunId" = c."labelRunId" AND p."imageId" = c."imageId")) AS "isUsed"
      FROM "ModelCall" c
     WHERE "requestHash" IN (SELECT "value" FROM json_each(${hashes}))
       AND "outcome" IN ('labelled', 'refused', 'truncated', 'invalid')
     GROUP BY "imageId", "requestHash"`;
  return new Map(answerRows.parse(rows).map((row) => [questionKey(row), row.isUsed ? "used" : "at-hand"]));
}

export const questionKey = (question: { imageId: number; requestHash: string }) =>
  `${question.imageId} ${question.requestHash}`;
