import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { LabelResult } from "~/ports/model.server";
import type { PersonaAnswer } from "./answer-schema";
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

/** Why there is no label, as the model or the schema says it; null where there is one. */
export function reasonOf(result: LabelResult<PersonaAnswer> & { kind: AnsweredOutcome }): string | null {
  if (result.kind === "refused") return result.reason;
  if (result.kind === "invalid") return result.problem;
  return null;
}

/** This run's answer about this picture, from a worker that died before the item's outcome was recorded; or null. */
export async function findAnsweredCall(
  { db }: { db: Db },
  where: { labelRunId: number; imageId: number; requestHash: string },
): Promise<AnsweredCall | null> {
  const call = await db.modelCall.findFirst({
    where: { ...where, outcome: { in: [...answeredOutcomes] }, rawResponse: { not: null } },
    orderBy: { id: "desc" },
    select: { outcome: true, reason: true, rawResponse: true },
  });
  const outcome = answeredOutcomes.find((one) => one === call?.outcome);
  if (!call || !outcome || call.rawResponse === null) return null;
  return { outcome, reason: call.reason, rawResponse: call.rawResponse };
}

/** Those of these questions that any run has had an answer to, as "imageId requestHash". */
export async function findAnsweredQuestions(
  { db }: { db: Db },
  questions: { imageId: number; requestHash: string }[],
): Promise<Set<string>> {
  const calls = await db.modelCall.findMany({
    where: {
      requestHash: { in: questions.map(({ requestHash }) => requestHash) },
      outcome: { in: [...answeredOutcomes] },
    },
    select: { imageId: true, requestHash: true },
  });
  return new Set(calls.map(questionKey));
}

export const questionKey = (question: { imageId: number; requestHash: string }) =>
  `${question.imageId} ${question.requestHash}`;
