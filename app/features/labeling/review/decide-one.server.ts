import { attributeWords } from "~/features/attribute-words";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { baseName } from "~/features/images/key-layout";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { changeWords, oldWords } from "./filter-words";
import { type ComparedProposal, readCompared } from "./list-compared.sql.server";
import type { Verdict } from "./review-filter";
import { touchReview } from "./touch-review.server";

/** What stood on the screen of whoever decides: the decision that held, and the present label's rev (0: none). */
export type SeenBeside = { decisionId: number; rev: number };

/** How a proposal stands once it was decided about. */
export type Decided = { proposalId: number; decision: Verdict; decisionId: number };

/**
 * Accepts or rejects one proposal. It holds for what was on the screen only: where someone else has decided meanwhile, or
 * the label has changed, nothing is decided. Accepting one over a person's label keeps which rev of it is to be replaced.
 * @param input.runId of the job run
 * @throws DomainError "not-found", "conflict" with what has changed
 */
export async function decideOne(
  { db, clock }: { db: Db; clock: Clock },
  input: { runId: number; proposalId: number; decision: Verdict; seen: SeenBeside; actor: Actor },
): Promise<Decided> {
  const { runId, proposalId, decision, seen, actor } = input;
  return db.$write(async (tx) => {
    const { labelRunId } = await touchReview(tx, runId);
    const known = await tx.proposal.count({ where: { id: proposalId, labelRunId } });
    const [proposal] = known ? await readCompared(tx, [proposalId]) : [];
    if (!proposal) throw new DomainError("not-found", `Label run ${runId} has no proposal ${proposalId}.`);
    requireAsSeen(proposal, seen);
    if (decision === "accepted") requirePresent(proposal);
    const at = clock.now();
    const overRev = decision === "accepted" && proposal.isConflict ? proposal.rev : null;
    const by = { actor: actor.id, actorName: actor.name, at };
    const { id: decisionId } = await tx.decision.create({
      data: { labelRunId, decision, proposalId, formerId: proposal.decisionId || null, overRev, proposals: 1, ...by },
      select: { id: true },
    });
    await tx.proposal.update({
      where: { id: proposalId },
      data: { decision, decidedBy: actor.id, decidedByName: actor.name, decidedAt: at, overRev, decisionId },
    });
    const verb = decision === "accepted" ? "Accepted" : "Rejected";
    const over = overRev === null ? "" : ", over a person's label";
    await recordEvent(tx, {
      at,
      actor,
      action: `review.${decision === "accepted" ? "accept" : "reject"}`,
      subject: `run:${runId}`,
      sentence: `${verb} ${attributeWords(proposal.attribute)} ${changeWords({ old: proposal.old, new: proposal.value })} for ${quote(baseName(proposal.key))}${over}.`,
      detail: { decisionId, proposalId, imageId: proposal.imageId, key: proposal.key, overRev },
    });
    return { proposalId, decision, decisionId };
  });
}

function requireAsSeen(proposal: ComparedProposal, seen: SeenBeside): void {
  const { decisionId, decision, decidedByName, rev, old, source } = proposal;
  if (decisionId !== seen.decisionId) {
    const what = decisionId === 0 ? "It was opened again" : `${decidedByName} ${decision} it`;
    throw new DomainError(
      "conflict",
      `${what} while you looked at it. Nothing was changed; decide again if you differ.`,
    );
  }
  if (rev !== seen.rev) {
    const now = source === null ? "there is none" : `it is ${quote(oldWords(old))}, from a ${source}`;
    throw new DomainError(
      "conflict",
      `The label changed while you looked at it: ${now}. Nothing was decided; look again.`,
    );
  }
}

function requirePresent({ isOutdated, isGone, key }: ComparedProposal): void {
  if (!isOutdated) return;
  const why = isGone ? "is no longer in the bucket" : "has other bytes than those that the model was shown";
  throw new DomainError("conflict", `${quote(baseName(key))} ${why}, so this proposal cannot be accepted.`);
}
