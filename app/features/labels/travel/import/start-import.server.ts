import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { importLabels, type LabelImport } from "./import-labels";
import { stageLabels } from "./stage-labels.sql.server";

/**
 * Stages a file of labels and starts its plan.
 * @param input.source what people call the file
 * @throws DomainError "invalid" for one without labels, or that is none of the formats that can be read
 */
export async function startLabelImport(
  deps: { db: Db; clock: Clock },
  input: { chunks: AsyncIterable<Buffer>; source: string; overPerson: boolean; actor: Actor },
): Promise<{ runId: number }> {
  const { source, overPerson, actor } = input;
  const { importId, rows } = await stageLabels(deps, input);
  const { isWhole } = await deps.db.labelImport.findUniqueOrThrow({ where: { id: importId } });
  if (rows === 0 && !isWhole) {
    await deps.db.labelImport.delete({ where: { id: importId } });
    throw new DomainError("invalid", `${quote(source)} has no labels, so there is nothing to import.`);
  }
  return startRun(deps, importLabels, {
    payload: { importId, source, overPerson },
    actor,
    within: (tx, runId) => tx.labelImport.update({ where: { id: importId }, data: { jobRunId: runId } }),
  });
}

/** Starts the plan of labels/personas.json as it is in the project; whoever plans it reads it. */
export const startOwnImport = (
  deps: { db: Db; clock: Clock },
  { actor }: { actor: Actor },
): Promise<{ runId: number }> => startRun(deps, importLabels, { payload: ofOwnFile, actor });

/** The payload of such a run. */
export const ofOwnFile: LabelImport = { importId: null, source: OWN_FILE, overPerson: false };
