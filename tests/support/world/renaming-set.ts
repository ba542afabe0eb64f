import { z } from "zod";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemRange, SetHandler } from "~/features/job-runs/kinds/handler";
import type { Tx } from "~/ports/db.server";
import { jsonObject, sql } from "~/ports/sql.server";

const renameSet = defineJob({
  kind: "rename-set",
  title: "Rename owners",
  payload: z.object({ suffix: z.string() }),
  lane: "bulk",
  chunkSize: 3_000,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 60_000,
  guard: null,
});

/** Skips owners that are not called as before, and renames the rest to their target. */
async function rename(tx: Tx, { runId, firstSeq, lastSeq }: ItemRange): Promise<void> {
  await tx.$executeRaw`
    UPDATE "JobItem" SET "outcome" = 'skipped', "reason" = 'This owner changed since the plan was made.'
     WHERE "runId" = ${runId} AND "seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +"outcome" IS NULL
       AND NOT EXISTS (SELECT 1 FROM "Owner" o WHERE o."id" = "JobItem"."subject" AND o."name" = "JobItem"."before"->>'name')`;
  await tx.$executeRaw`
    UPDATE "Owner" SET "name" = i."target"->>'name' FROM "JobItem" i
     WHERE i."runId" = ${runId} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +i."outcome" IS NULL
       AND i."subject" = "Owner"."id"`;
}

/**
 * A set-based kind that appends to the names of all owners.
 * @param fails a LIKE pattern: owners with such an id fail for as long as it is not null
 */
export function renamingSet(options: { fails?: string | null } = {}) {
  const handler: SetHandler<{ suffix: string }> = {
    async *planSet({ db }, { payload }, size) {
      for (let after = ""; ; ) {
        const page = await db.owner.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: size() });
        const last = page.at(-1)?.id;
        if (last === undefined) return { facts: [{ label: "Suffix", value: payload.suffix }] };
        yield sql`
          SELECT row_number() OVER (ORDER BY "id") - 1 AS "position", "id" AS "subject", NULL AS "label", ${jsonObject({ name: sql`"name"` })} AS "before",
                 ${jsonObject({ name: sql`"name" || ${payload.suffix}` })} AS "target"
            FROM "Owner" WHERE "id" > ${after} AND "id" <= ${last}`;
        after = last;
      }
    },
    async applyChunk(tx, range) {
      await tx.$executeRaw`
        UPDATE "JobItem" SET "outcome" = 'failed', "errorClass" = 'no-luck', "error" = 'Not this one. Try again.'
         WHERE "runId" = ${range.runId} AND "seq" BETWEEN ${range.firstSeq} AND ${range.lastSeq} AND +"outcome" IS NULL
           AND "subject" LIKE ${options.fails ?? ""}`;
      await rename(tx, range);
    },
    undo: {
      async findConflicts({ db }, { runId, firstSeq, lastSeq }, { sample }) {
        const rows = await db.$queryRaw<{ subject: string }[]>`
          SELECT i."subject" FROM "JobItem" i JOIN "Owner" o ON o."id" = i."subject"
           WHERE i."runId" = ${runId} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq} AND o."name" <> i."before"->>'name'`;
        return {
          count: rows.length,
          sample: rows.slice(0, sample).map(({ subject }) => `${subject} has another name`),
        };
      },
      undoChunk: rename,
    },
  };
  return { definition: renameSet, handler };
}
