import { z } from "zod";
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
  // Between two pieces the reviewer may decide something else, which stays: this press is about what it began with.
  let begun: number | undefined;
  for (;;) {
    const step = await db.$write(async (tx) => {
      const { labelRunId } = await touchReview(tx, runId);
      const last = await tx.decision.findFirst({
        where: { labelRunId, actor: actor.id, undoneAt: null, ...(begun !== undefined && { id: begun }) },
        orderBy: { id: "desc" },
      });
      if (!last && begun !== undefined) throw new DomainError("conflict", "Another press has taken this back already.");
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
      const at = clock.now();
      const isLast = changed < PIECE;
      const kept = isLast ? await countKept(tx, last, changed) : 0;
      // Each piece is told of by itself: the next may never come, and then the next press goes on with it.
      const sentence = sentenceOf(last, { kept, ...(changed + kept < last.proposals && { part: changed }) });
      const detail = { decisionId: last.id, undone: changed };
      await recordEvent(tx, { at, actor, action: "review.undo", subject: `run:${runId}`, sentence, detail });
      if (!isLast) return last.id;
      await tx.decision.update({ where: { id: last.id }, data: { undoneAt: at } });
      return { said: sentenceOf(last, { kept }), proposalId: last.proposalId };
    });
    if (typeof step === "object") return step;
    begun = step;
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

const counted = z.tuple([z.object({ count: z.coerce.number() })]);

/** Of what a decision was about, how many were decided about again since, so that they stay as they are. */
async function countKept(
  tx: Tx,
  { id, labelRunId, proposalId }: { id: number; labelRunId: number; proposalId: number | null },
  changed: number,
): Promise<number> {
  if (proposalId !== null) return 1 - changed;
  const [found] = counted.parse(
    await tx.$queryRaw`
      SELECT count(DISTINCT d."proposalId") AS "count" FROM "Decision" d
        JOIN "Proposal" p ON p."id" = d."proposalId" JOIN "Decision" h ON h."id" = p."decisionId"
       WHERE d."labelRunId" = ${labelRunId} AND d."formerId" = ${id} AND h."id" <> ${id} AND h."formerId" IS NOT NULL`,
  );
  return found.count;
}

/** @param part how many were taken back just now, where others of the same decision were, or are still to be */
function sentenceOf(
  last: { decision: string; filter: string | null; proposals: number },
  { kept, part }: { kept: number; part?: number },
): string {
  const filter = last.filter === null ? "" : ` ${filterWords(jsonColumn(reviewFilter).parse(last.filter))}`.trimEnd();
  const what = `${plural(last.proposals, `${last.decision} proposal`)}${filter}`;
  const of = part === undefined ? "" : `${count(part)} of `;
  return `Took back ${of}${what}${kept > 0 ? `; ${count(kept)} decided again since ${kept === 1 ? "stays" : "stay"}` : ""}.`;
}
