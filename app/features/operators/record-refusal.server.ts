import { recordEvent } from "~/features/audit-log/record-event";
import type { Tx } from "~/ports/db.server";

const HOUR_MS = 60 * 60 * 1_000;
/** Of one operator, and of all strangers together. The log keeps everything for ever, so no one outside may fill it. */
const REFUSALS_AN_HOUR = 20;

const action = "operator.refuse";
/** Whoever it was is not known by it: the account is another one, or has no operator. */
const visitor = { id: "visitor", name: "Someone signing in" };

/**
 * Notes in the audit log that someone was refused: the same sentence once an hour, and at most 20 an hour about one
 * operator or about strangers.
 * @param refused.operatorId null: the address is no operator's
 */
export async function recordRefusal(
  tx: Tx,
  { at, operatorId, refusal }: { at: Date; operatorId: number | null; refusal: string },
): Promise<void> {
  const subject = operatorId === null ? "sign-in" : `operator:${operatorId}`;
  const latest = await tx.auditEvent.findMany({
    where: { subject, action },
    orderBy: { id: "desc" },
    take: REFUSALS_AN_HOUR,
    select: { at: true, sentence: true },
  });
  const sentence = `Sign-in refused: ${refusal}`;
  // Those of a clock that was ahead once do not count.
  const ofHour = latest.filter((event) => event.at <= at && event.at.getTime() > at.getTime() - HOUR_MS);
  if (ofHour.length >= REFUSALS_AN_HOUR || ofHour.some((event) => event.sentence.startsWith(sentence))) return;
  const isLast = ofHour.length === REFUSALS_AN_HOUR - 1;
  const note = " Further refusals of this hour are in the web process's log only.";
  await recordEvent(tx, { at, actor: visitor, action, subject, sentence: isLast ? sentence + note : sentence });
}
