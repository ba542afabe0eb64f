import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { removeStaged } from "~/features/remove-staged.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";
import { ingestLine } from "./ingest-images";

const stagedLine = z.object({
  line: z.number(),
  wanted: jsonColumn(ingestLine).nullable(),
  problem: z.string().nullable(),
});
export type StagedLine = z.infer<typeof stagedLine>;

/** The lines of an import behind one of them, in their order. */
export async function readStagedLines(
  db: Db,
  { importId, after, limit }: { importId: number; after: number; limit: number },
): Promise<StagedLine[]> {
  const lines = await db.ingestLine.findMany({
    where: { importId, line: { gt: after } },
    orderBy: { line: "asc" },
    take: limit,
    select: { line: true, wanted: true, problem: true },
  });
  return z.array(stagedLine).parse(lines);
}

/** A line as it was given, its whole address included; null: it is not kept any more. */
export async function readStagedLine(db: Db, importId: number, line: number): Promise<StagedLine | null> {
  const row = await db.ingestLine.findUnique({
    where: { importId_line: { importId, line } },
    select: { line: true, wanted: true, problem: true },
  });
  return row && stagedLine.parse(row);
}

/**
 * Removes lists that nobody goes by any more, with their lines. An item's address is kept here alone, so that they stay for as long
 * as the items of their run, unless nobody can apply or retry it.
 */
export const removeStagedIngests = (deps: { db: Db; clock: Clock }): Promise<void> =>
  removeStaged(deps, {
    imports: sql`"IngestImport"`,
    lines: sql`"IngestLine"`,
    number: sql`"line"`,
    isOver: sql`r."id" IS NULL OR r."itemsRemovedAt" IS NOT NULL OR r."status" IN ('failed', 'cancelled')
      OR (r."status" = 'planned' AND r."expiresAt" <= ${deps.clock.now().getTime()})`,
  });
