import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { valuesOf } from "~/ports/sql.server";
import type { Beat } from "./pace";

/** Ends of a call that are an image's: it was answered, or will not be. What was held up is asked again. */
const endings = ["labelled", "refused", "truncated", "invalid", "unanswered", "failed"] as const;

/** The newest calls that are looked at for the pace: a minute's at 80 a second. */
const NEWEST = 5_000;

const beats = z.array(z.object({ second: z.coerce.number(), ended: z.coerce.number() }));

/** The seconds in which images of a label run ended lately, the newest first; one that was asked twice ended the second time. */
export async function readBeats(db: Db, labelRunId: number): Promise<Beat[]> {
  const rows = await db.$queryRaw`
    SELECT "second", count(*) AS "ended" FROM (
      SELECT CAST(max("finishedAt") / 1000 AS INTEGER) AS "second" FROM (
        SELECT "imageId", "finishedAt" FROM "ModelCall"
         WHERE "labelRunId" = ${labelRunId} AND "finishedAt" IS NOT NULL AND "outcome" IN ${valuesOf(endings)}
         ORDER BY "finishedAt" DESC LIMIT ${NEWEST}) newest
       GROUP BY "imageId") images
     GROUP BY "second" ORDER BY "second" DESC`;
  return beats.parse(rows);
}

/** Calls that ended within `width` ms from `at`: `unusable` ones were empty, cut or not to be read. */
export type OutcomeStep = {
  at: Date;
  width: number;
  labeled: number;
  refused: number;
  unusable: number;
  failed: number;
  heldUp: number;
};

const STEPS = 60;
/** Calls that one statement counts: some 50 ms in which the process can do nothing else. */
const STRETCH = 100_000;
const times = z.array(z.object({ at: z.coerce.number() }));
const kinds = { labelled: "labeled", refused: "refused", failed: "failed" } as const;
const heldUp = ["rate-limited", "unavailable", "denied"];
const steps = z.array(z.object({ step: z.coerce.number(), outcome: z.string(), calls: z.coerce.number() }));

/** What the calls of a label run came to over time, in at most 60 equal steps from its first to its last. */
export async function readOutcomeSteps(
  db: Db,
  labelRunId: number,
  { from, to }: { from: Date; to: Date },
): Promise<OutcomeStep[]> {
  const [start, end] = [from.getTime(), to.getTime()];
  const width = Math.max(1_000, Math.ceil((end - start) / STEPS / 1_000) * 1_000);
  const all = Array.from({ length: Math.floor((end - start) / width) + 1 }, (_, step): OutcomeStep => {
    const none = { labeled: 0, refused: 0, unusable: 0, failed: 0, heldUp: 0 };
    return { at: new Date(start + step * width), width, ...none };
  });
  for (let after = start - 1; after < end; ) {
    const [last] = times.parse(
      await db.$queryRaw`
        SELECT "finishedAt" AS "at" FROM "ModelCall" WHERE "labelRunId" = ${labelRunId} AND "finishedAt" > ${after}
         ORDER BY "finishedAt" LIMIT 1 OFFSET ${STRETCH}`,
    );
    const until = Math.min(last?.at ?? end, end);
    const found = await db.$queryRaw`
      SELECT CAST(("finishedAt" - ${start}) / ${width} AS INTEGER) AS "step", "outcome", count(*) AS "calls"
        FROM "ModelCall" WHERE "labelRunId" = ${labelRunId} AND "finishedAt" > ${after} AND "finishedAt" <= ${until}
       GROUP BY 1, 2`;
    for (const { step, outcome, calls } of steps.parse(found)) {
      const at = all[step];
      const kind = kinds[outcome as keyof typeof kinds] ?? (heldUp.includes(outcome) ? "heldUp" : "unusable");
      if (at) at[kind] += calls;
    }
    after = until;
    await nextTurn();
  }
  return all;
}
