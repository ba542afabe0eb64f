import { z } from "zod";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { count, plural } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { allOf, alongIds, type Sql, sql } from "~/ports/sql.server";
import { compared, isConflict, isOutdated, keptBy } from "./compared.sql.server";
import { filterWords } from "./filter-words";
import { readStated } from "./read-stated.sql.server";
import type { ReviewFilter, Verdict } from "./review-filter";
import { touchReview } from "./touch-review.server";

/** As many as are decided about in less than 200 ms under the database's lock. */
const PIECE = 20_000;

const counted = z.tuple([z.object({ count: z.coerce.number(), first: z.coerce.number(), last: z.coerce.number() })]);

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
  const found = counted.parse(
    await db.$queryRaw`
      SELECT count(*) AS "count", coalesce(min(p."id"), 0) AS "first", coalesce(max(p."id"), 0) AS "last"
        FROM ${compared()} WHERE ${isMeant}`,
  )[0];
  if (found.count > shown) {
    throw new DomainError(
      "conflict",
      `${count(found.count)} are open here by now, not ${count(shown)}. Nothing was decided; look at what has come, then decide.`,
    );
  }
  if (found.count === 0) throw new DomainError("conflict", "None of them is open any more. Nothing was decided.");

  const at = clock.now();
  const by = { actor: actor.id, actorName: actor.name, at };
  const kept = { filter: JSON.stringify(filter), proposals: 0 };
  let decided = 0;
  let decisionId = 0;
  for (let first = found.first; first <= found.last; ) {
    first = await db.$write(async (tx) => {
      await touchReview(tx, runId);
      if (decisionId === 0) {
        ({ id: decisionId } = await tx.decision.create({
          data: { labelRunId, decision, ...kept, ...by },
          select: { id: true },
        }));
      }
      const piece = await endOfPiece(tx, sql`${isMeant} AND p."id" BETWEEN ${first} AND ${found.last}`);
      const end = piece ?? found.last;
      decided += await tx.$executeRaw`
        UPDATE "Proposal" SET "decision" = ${decision}, "decidedBy" = ${actor.id}, "decidedByName" = ${actor.name},
               "decidedAt" = ${at.getTime()}, "overRev" = NULL, "decisionId" = ${decisionId}
         WHERE "id" IN (SELECT p."id" FROM ${compared(alongIds)} WHERE ${isMeant} AND p."id" BETWEEN ${first} AND ${end})`;
      if (end === found.last) await finish(tx, { decisionId, decided, at, ...input });
      return end + 1;
    });
  }
  return { decided };
}

/** The id of the last proposal of a piece; null where all that is left is one. */
async function endOfPiece(tx: Tx, isMeant: Sql): Promise<number | null> {
  const rows = z
    .array(z.object({ id: z.coerce.number() }))
    .parse(
      await tx.$queryRaw`SELECT p."id" FROM ${compared(alongIds)} WHERE ${isMeant} ORDER BY p."id" LIMIT 1 OFFSET ${PIECE - 1}`,
    );
  return rows[0]?.id ?? null;
}

async function finish(
  tx: Tx,
  input: {
    decisionId: number;
    decided: number;
    at: Date;
    runId: number;
    filter: ReviewFilter;
    decision: Verdict;
    actor: Actor;
  },
): Promise<void> {
  const { decisionId, decided, at, runId, filter, decision, actor } = input;
  await tx.decision.update({ where: { id: decisionId }, data: { proposals: decided } });
  const verb = decision === "accepted" ? "Accepted" : "Rejected";
  await recordEvent(tx, {
    at,
    actor,
    action: `review.${decision === "accepted" ? "accept" : "reject"}`,
    subject: `run:${runId}`,
    sentence: `${verb} ${[plural(decided, "open proposal"), filterWords(filter)].filter(Boolean).join(" ")}.`,
    detail: { decisionId, decided, filter },
  });
}
