import { z } from "zod";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { count, plural } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { stretchesOfProposals } from "~/features/labels/stretches.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { allOf, type Sql, sql } from "~/ports/sql.server";
import { byImage, compared, isConflict, isOutdated, keptBy } from "./compared.sql.server";
import { filterWords } from "./filter-words";
import { readStated } from "./read-stated.sql.server";
import type { ReviewFilter, Verdict } from "./review-filter";
import { touchReview } from "./touch-review.server";

/** As many as are looked at and decided about in less than 200 ms under the database's lock. */
const PIECE = 20_000;

const counted = z.tuple([z.object({ count: z.coerce.number(), last: z.coerce.number() })]);

/**
 * Accepts or rejects all proposals of a filter that are open, in pieces. What a person's label contradicts is never accepted
 * this way, nor is what the model said about former bytes of an image: both stay open.
 * @param input.runId of the job run
 * @param input.shown as many as the one who decides was told: where there are more by now, nothing is decided
 * @returns how many; others may have been quicker
 * @throws DomainError "not-found", "conflict"
 */
export async function decideMany(
  deps: { db: Db; clock: Clock },
  input: { runId: number; filter: ReviewFilter; decision: Verdict; shown: number; actor: Actor },
): Promise<{ decided: number }> {
  const { db, clock } = deps;
  const { runId, filter, decision, shown, actor } = input;
  const run = await db.labelRun.findUnique({ where: { jobRunId: runId }, select: { id: true } });
  if (!run) throw new DomainError("not-found", `There is no label run ${runId}.`);
  const labelRunId = run.id;
  const schema = await loadLabelSchema();
  const stated = filter.folder ? await readStated(deps, { labelRunId, schema }) : [];
  const isMeant = allOf([
    keptBy({ labelRunId, filter, stated }),
    sql`p."decision" = 'open'`,
    ...(decision === "accepted" ? [sql`NOT ${isConflict}`, sql`NOT ${isOutdated}`] : []),
  ]);
  const found = await countMeant(db, labelRunId, isMeant);
  requireShown(found.count, shown);
  if (found.count === 0) throw new DomainError("conflict", "None of them is open any more. Nothing was decided.");

  const at = clock.now();
  const by = { actor: actor.id, actorName: actor.name, at };
  const kept = { filter: JSON.stringify(filter), proposals: 0 };
  let decided = 0;
  let decisionId = 0;
  for (const stretch of found.stretches) {
    const done = await db.$write(async (tx) => {
      await touchReview(tx, runId);
      const { id } = decisionId
        ? await requireStanding(tx, decisionId, decided)
        : await tx.decision.create({ data: { labelRunId, decision, ...kept, ...by }, select: { id: true } });
      const changed = await tx.$executeRaw`
        UPDATE "Proposal" SET "decision" = ${decision}, "decidedBy" = ${actor.id}, "decidedByName" = ${actor.name},
               "decidedAt" = ${at.getTime()}, "overRev" = NULL, "decisionId" = ${id}
         WHERE "id" IN (
           SELECT p."id" FROM ${compared(byImage)} WHERE ${stretch} AND ${isMeant} AND p."id" <= ${found.last})`;
      // Someone may have opened others again since they were counted.
      requireShown(decided + changed, shown, decided);
      await tx.decision.update({ where: { id }, data: { proposals: decided + changed } });
      // Each piece is told of by itself: the next may never come.
      const of = found.stretches.length > 1 ? found.count : null;
      await recordDecision(tx, { decisionId: id, decided: changed, of, at, ...input });
      return { id, changed };
    });
    decisionId = done.id;
    decided += done.changed;
  }
  return { decided };
}

/** How many there are, the id of the newest, and the stretches of the run in which they are. */
async function countMeant(db: Db, labelRunId: number, isMeant: Sql) {
  const sums = { count: 0, last: 0 };
  const stretches: Sql[] = [];
  for await (const stretch of stretchesOfProposals(db, labelRunId, PIECE)) {
    const [found] = counted.parse(
      await db.$queryRaw`
        SELECT count(*) AS "count", coalesce(max(p."id"), 0) AS "last" FROM ${compared(byImage)} WHERE ${stretch} AND ${isMeant}`,
    );
    if (found.count > 0) stretches.push(stretch);
    sums.count += found.count;
    sums.last = Math.max(sums.last, found.last);
  }
  return { ...sums, stretches };
}

function requireShown(found: number, shown: number, decided = 0): void {
  if (found <= shown) return;
  const kept = decided > 0 ? `${count(decided)} of them were decided` : "Nothing was decided";
  throw new DomainError(
    "conflict",
    `${count(found)} are open here by now, not ${count(shown)}. ${kept}; look at what has come, then decide.`,
  );
}

/** What is taken back is over: the rest of it, decided now, could not be taken back any more. */
async function requireStanding(tx: Tx, id: number, decided: number): Promise<{ id: number }> {
  const { undoneAt } = await tx.decision.findUniqueOrThrow({ where: { id }, select: { undoneAt: true } });
  if (undoneAt === null) return { id };
  throw new DomainError(
    "conflict",
    `You took this decision back when ${count(decided)} had been decided. The rest stays open.`,
  );
}

async function recordDecision(
  tx: Tx,
  input: {
    decisionId: number;
    decided: number;
    /** Where it is a piece of more: how many are to be decided in all. */
    of: number | null;
    at: Date;
    runId: number;
    filter: ReviewFilter;
    decision: Verdict;
    actor: Actor;
  },
): Promise<void> {
  const { decisionId, decided, of, at, runId, filter, decision, actor } = input;
  const verb = decision === "accepted" ? "Accepted" : "Rejected";
  const what = of === null ? plural(decided, "open proposal") : `${count(decided)} of ${plural(of, "open proposal")}`;
  await recordEvent(tx, {
    at,
    actor,
    action: `review.${decision === "accepted" ? "accept" : "reject"}`,
    subject: `run:${runId}`,
    sentence: `${verb} ${[what, filterWords(filter)].filter(Boolean).join(" ")}.`,
    detail: { decisionId, decided, filter },
  });
}
