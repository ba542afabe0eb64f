import { jobKinds } from "~/features/job-kinds.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { quote } from "~/quote";
import { runScript, UsageError, type Values } from "./run-script/run-script";

/** @throws UsageError for what is no run's number */
function readRunId({ RUN }: Values): number {
  const runId = Number(RUN);
  if (!Number.isSafeInteger(runId) || runId < 1)
    throw new UsageError(`${quote(String(RUN))} is not a run: give its number, such as 12.`);
  return runId;
}

await runScript({
  usage: `Restores what a run changed, wherever nothing has changed since; the rest is listed as conflicts.

  npx tsx scripts/undo.ts RUN [--apply] [--json]

  RUN       the number of a finished run, as on its page`,
  options: {},
  arguments: ["RUN"],
  check(values) {
    readRunId(values);
  },
  start: (ports, values, actor) => undoRun(ports, jobKinds, { runId: readRunId(values), actor }),
});
