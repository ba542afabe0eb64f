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

/** Removes the lines of imports that no plan will read any more. */
export const removeStagedIngests = (deps: { db: Db; clock: Clock }): Promise<void> =>
  removeStaged(deps, { imports: sql`"IngestImport"`, lines: sql`"IngestLine"`, number: sql`"line"` });
