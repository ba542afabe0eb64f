import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { count, plural } from "~/features/format";
import { jsonColumn } from "~/features/json-column";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";
import { filterWords } from "./filter-words";
import { reviewFilter } from "./review-filter";
import { touchReview } from "./touch-review.server";

/** As many as are opened again in less than 200 ms under the database's lock. */
const PIECE = 20_000;

/** Columns of a proposal that nothing is decided about. */
const opened = sql`"decision" = 'open', "decidedBy" = NULL, "decidedByName" = NULL, "decidedAt" = NULL, "overRev" = NULL,
  "decisionId" = NULL`;

/**
 * Takes back the last decision of a reviewer about a label run; pressed again, the one before. What it decided is open again,
 * or, where it was about one proposal that had been decided before, as it was: by the last decision that no one has taken back.
 * What was decided again since stays.
 * @param input.runId of the job run
 * @returns what was taken back, as a sentence
 * @throws DomainError "not-found", "conflict" (there is nothing to take back)
 */
export async function undoDecision(
  { db, clock }: { db: Db; clock: Clock },
  { runId, actor }: { runId: number; actor: Actor },
): Promise<{ said: string; proposalId: number | null }> {
  let undone = 0;
  for (;;) {
    const step = await db.$write(async (tx) => {
      const { labelRunId } = await touchReview(tx, runId);
      const last = await tx.decision.findFirst({
        where: { labelRunId, actor: actor.id, undoneAt: null },
        orderBy: { id: "desc" },
      });
      if (!last) throw new DomainError("conflict", "You have decided nothing here that could be taken back.");
      const former = await findStanding(tx, last.formerId);
      const changed = former
        ? await tx.$executeRaw`
            UPDATE "Proposal" SET "decision" = ${former.decision}, "decidedBy" = ${former.actor},
                   "decidedByName" = ${former.actorName}, "decidedAt" = ${former.at.getTime()},
                   "overRev" = ${former.overRev}, "decisionId" = ${former.id}
             WHERE "id" = ${last.proposalId} AND "decisionId" = ${last.id}`
        : await tx.$executeRaw`
            UPDATE "Proposal" SET ${opened} WHERE "id" IN (
              SELECT "id" FROM "Proposal" WHERE "decisionId" = ${last.id} LIMIT ${PIECE})`;
      undone += changed;
      if (changed === PIECE) return null;
      const at = clock.now();
      await tx.decision.update({ where: { id: last.id }, data: { undoneAt: at } });
      const said = sentenceOf(last, undone);
      const detail = { decisionId: last.id, undone };
      await recordEvent(tx, { at, actor, action: "review.undo", subject: `run:${runId}`, sentence: said, detail });
      return { said, proposalId: last.proposalId };
    });
    if (step) return step;
  }
}

/** A decision, or where it was taken back itself the one that held before it; null: nothing is decided. */
async function findStanding(tx: Tx, id: number | null) {
  for (let next = id; next !== null; ) {
    const decision = await tx.decision.findUniqueOrThrow({ where: { id: next } });
    if (decision.undoneAt === null) return decision;
    next = decision.formerId;
  }
  return null;
}

function sentenceOf(
  last: { decision: string; filter: string | null; proposals: number; proposalId: number | null },
  undone: number,
): string {
  const filter = last.filter === null ? "" : ` ${filterWords(jsonColumn(reviewFilter).parse(last.filter))}`.trimEnd();
  const what = `${plural(last.proposals, `${last.decision} proposal`)}${filter}`;
  const kept = last.proposals - undone;
  return `Took back ${what}${kept > 0 ? `; ${count(kept)} decided again since ${kept === 1 ? "stays" : "stay"}` : ""}.`;
}
