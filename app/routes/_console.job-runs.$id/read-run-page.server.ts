import { listEvents } from "~/features/audit-log/list-events.server";
import { countOriginals } from "~/features/conversion/originals/count-originals.server";
import { readSideBySide } from "~/features/conversion/side-by-side.server";
import { DomainError } from "~/features/domain-error";
import { jobKinds } from "~/features/job-kinds.server";
import { offeredCommands, undoTimeInWords } from "~/features/job-runs/allowed";
import { undoWayOf } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { listUndos } from "~/features/job-runs/views/list-undos.server";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { readRunSubject } from "~/features/job-runs/views/read-run-subject.server";
import { readThroughput } from "~/features/job-runs/views/throughput.sql.server";
import type { Ports } from "~/ports/index.server";

type Filter = { outcome: string | undefined; errorClass: string | undefined; page: number };

/**
 * Everything that a run's page shows.
 * @throws DomainError "not-found"
 */
export async function readRunPage(ports: Pick<Ports, "db" | "clock">, runId: number, filter: Filter) {
  const run = await readRun(ports, runId);
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  const [list, steps, { events }, undos, subject, originals, sideBySide] = await Promise.all([
    readItems(ports, { runId, ...filter }),
    readThroughput(ports, run),
    listEvents(ports, { subject: `run:${runId}` }),
    listUndos(ports, runId),
    readRunSubject(ports, jobKinds, runId),
    countOriginals(ports, run),
    readSideBySide(ports, run),
  ]);
  const job = jobKinds.get(run.kind);
  const undo = { way: undoWayOf(job), isUndone: undos.some(({ stands }) => stands) };
  return {
    run,
    list: { ...list, items: list.items.map((row) => toItemView(job, row)) },
    filter,
    steps,
    events,
    undos,
    offered: offeredCommands(run, undo),
    undoTime: undoTimeInWords(run, undo),
    subject,
    originals,
    sideBySide,
  };
}
