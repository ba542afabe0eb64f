import type { Actor } from "~/features/audit-log/record-event";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import { recordRunEvent } from "~/features/job-runs/run-events";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";

const lanes = { interactive: 0, bulk: 1 } as const;

type NewRun<Payload> = {
  payload: Payload;
  actor: Actor;
  autoApply?: boolean;
  /** The run that this one puts back. */
  undoOf?: { id: number; title: string };
  /** The schedule that it belongs to, and the slot that it is the run of; null: someone started it beside the slots. */
  slot?: { scheduleId: string; at: Date | null };
  /** Further rows of the same transaction, that need the run's id. */
  within?: (tx: Tx, runId: number) => Promise<unknown>;
};

/**
 * Writes a run with status "planning"; a worker plans it. With `autoApply` it then applies its own plan (scans,
 * schedules), else it waits as "planned" for someone to read it.
 * @throws ZodError when the payload breaks the definition's schema; DomainError what the definition's guard refuses;
 * DatabaseNotReady when another version has migrated the database meanwhile
 */
export async function startRun<Payload>(
  { db, clock }: { db: Db; clock: Clock },
  definition: JobDefinition<string, Payload>,
  run: NewRun<Payload>,
): Promise<{ runId: number }> {
  return db.$write(async (tx) => {
    const started = await insertRun(tx, clock, definition, run);
    await db.$requireOwnSchema(tx);
    return started;
  });
}

/** The same within a transaction. */
export async function insertRun<Payload>(
  tx: Tx,
  clock: Clock,
  definition: JobDefinition<string, Payload>,
  input: NewRun<Payload>,
): Promise<{ runId: number }> {
  const payload = definition.payload.parse(input.payload);
  const { undoOf, slot } = input;
  const title = undoOf ? `Undo of ${undoOf.title}` : (definition.describe?.(payload) ?? definition.title);
  const run = await tx.jobRun.create({
    data: {
      kind: definition.kind,
      title,
      lane: lanes[definition.lane],
      status: "planning",
      payload: JSON.stringify(payload),
      autoApply: input.autoApply ?? false,
      actor: input.actor.id,
      actorName: input.actor.name,
      createdAt: clock.now(),
      undoOfId: undoOf?.id ?? null,
      scheduleId: slot?.scheduleId ?? null,
      slot: slot?.at ?? null,
    },
    select: { id: true },
  });
  await definition.guard?.(tx, run.id);
  await input.within?.(tx, run.id);
  await recordRunEvent(tx, {
    at: clock.now(),
    actor: input.actor,
    runId: run.id,
    verb: undoOf ? "undo" : "start",
    title,
  });
  return { runId: run.id };
}
