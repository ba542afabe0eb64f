import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { ingestImages } from "./ingest-images";
import { type ReadFile, stageIngest } from "./stage-ingest.server";

/**
 * Reads a list of images (NDJSON) and starts the plan of bringing them to keys of their own.
 * @param input.source what people call the list
 * @param input.readFile how files that it names are read; null where it may name none
 * @throws DomainError "invalid" for one without lines
 * @throws StorageError when bytes that came with it cannot be put into the bucket
 */
export async function startIngest(
  deps: Pick<Ports, "db" | "clock" | "storage">,
  { actor, ...input }: { chunks: AsyncIterable<Buffer>; source: string; readFile: ReadFile | null; actor: Actor },
): Promise<{ runId: number }> {
  const { importId, lines } = await stageIngest(deps, input);
  if (lines === 0) {
    await deps.db.ingestImport.delete({ where: { id: importId } });
    throw new DomainError("invalid", `${quote(input.source)} has no lines, so there is nothing to ingest.`);
  }
  return startRun(deps, ingestImages, {
    payload: { importId, source: input.source },
    actor,
    within: (tx, runId) => tx.ingestImport.update({ where: { id: importId }, data: { jobRunId: runId } }),
  });
}
