import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { importGenerations } from "./import-generations";
import { type KeepPayload, stageImport } from "./stage-import.sql.server";

/**
 * Reads a file of generation records and starts the plan of their import.
 * @param input.source what people call the file
 * @param input.keep see `stageImport`
 * @throws DomainError "invalid" for one without lines
 */
export async function startImport(
  deps: { db: Db; clock: Clock },
  { actor, ...input }: { chunks: AsyncIterable<Buffer>; source: string; keep?: KeepPayload; actor: Actor },
): Promise<{ runId: number }> {
  const { importId, lines } = await stageImport(deps, input);
  const { source } = input;
  if (lines === 0) {
    await deps.db.generationImport.delete({ where: { id: importId } });
    throw new DomainError("invalid", `${quote(source)} has no lines, so there is nothing to import.`);
  }
  return startRun(deps, importGenerations, {
    payload: { importId, source },
    actor,
    within: (tx, runId) => tx.generationImport.update({ where: { id: importId }, data: { jobRunId: runId } }),
  });
}
