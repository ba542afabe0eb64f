import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Jobs } from "~/features/job-runs/kinds/job";
import { parseJson } from "~/features/json-column";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { quote } from "~/quote";

type Deps = { db: Db; clock: Clock };
type Command = { id: string; actor: Actor };

/**
 * Lets a schedule fire, or not. Slots that pass while it is disabled do not count as missed.
 * @throws DomainError "not-found"
 */
export async function setScheduleEnabled(
  deps: Deps,
  { id, actor, enabled }: Command & { enabled: boolean },
): Promise<void> {
  const now = deps.clock.now();
  await change(deps, { id, actor }, enabled ? "enable" : "disable", (tx) =>
    tx.schedule.updateMany({ where: { id }, data: { enabled, updatedAt: now, ...(enabled && { lastSlot: now }) } }),
  );
}

/**
 * Takes note of missed slots: they are no longer shown.
 * @throws DomainError "not-found"
 */
export async function acknowledgeMissed(deps: Deps, command: Command): Promise<void> {
  const data = { missed: 0, missedSince: null, updatedAt: deps.clock.now() };
  await change(deps, command, "acknowledge", (tx) => tx.schedule.updateMany({ where: { id: command.id }, data }));
}

/**
 * Starts the schedule's work now, beside its slots.
 * @param jobs every kind
 * @throws DomainError "not-found"
 */
export async function runScheduleNow(deps: Deps, jobs: Jobs, { id, actor }: Command): Promise<{ runId: number }> {
  const row = await deps.db.schedule.findUnique({ where: { id } });
  const job = row && jobs.get(row.kind);
  if (!job) throw noSchedule(id);
  return startRun(deps, job.definition, {
    payload: parseJson(row.payload),
    actor,
    autoApply: true,
    slot: { scheduleId: id, at: null },
  });
}

async function change(
  { db, clock }: Deps,
  { id, actor }: Command,
  verb: "enable" | "disable" | "acknowledge",
  write: (tx: Tx) => Promise<{ count: number }>,
): Promise<void> {
  const sentences = {
    enable: "Enabled the schedule",
    disable: "Disabled the schedule",
    acknowledge: "Dismissed the missed times of the schedule",
  };
  await db.$write(async (tx) => {
    const { count } = await write(tx);
    if (count === 0) throw noSchedule(id);
    await recordEvent(tx, {
      at: clock.now(),
      actor,
      action: `schedule.${verb}`,
      subject: `schedule:${id}`,
      sentence: `${sentences[verb]} ${quote(id)}`,
    });
  });
}

const noSchedule = (id: string) => new DomainError("not-found", `There is no schedule ${quote(id)}.`);
