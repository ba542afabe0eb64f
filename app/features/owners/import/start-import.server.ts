import type { Actor } from "~/features/audit-log/record-event";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { importOwners } from "./import-owners";
import { readOwnerCsv } from "./read-owner-csv.server";

/**
 * Starts the plan of an import, which shows what each line would change and which are left out.
 * @param input.csv the whole file
 * @throws DomainError "invalid" for a file that is no list of owners, or too large
 */
export async function startImport(
  deps: { db: Db; clock: Clock },
  { csv, actor }: { csv: string; actor: Actor },
): Promise<{ runId: number }> {
  return startRun(deps, importOwners, { payload: readOwnerCsv(csv), actor });
}
