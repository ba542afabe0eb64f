import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import type { JobDefinition } from "./definition";

/** Who or what starts a run: "operator:3", "script:mina", "schedule:audit-groups"; `name` is what pages show. */
export type Actor = { id: string; name: string };

const lanes = { interactive: 0, bulk: 1 } as const;

/**
 * Writes a run with status "planning"; a worker plans it. With `autoApply` it then applies its own plan (scans,
 * schedules), else it waits as "planned" for someone to read it.
 * @param input.within further rows of the same transaction, that need the run's id
 * @throws ZodError when the payload breaks the definition's schema
 */
export async function startRun<Payload>(
  { db, clock }: { db: Db; clock: Clock },
  definition: JobDefinition<string, Payload>,
  input: {
    payload: Payload;
    actor: Actor;
    autoApply?: boolean;
    within?: (tx: Tx, runId: number) => Promise<unknown>;
  },
): Promise<{ runId: number }> {
  const payload = definition.payload.parse(input.payload);
  return db.$write(async (tx) => {
    const run = await tx.jobRun.create({
      data: {
        kind: definition.kind,
        title: definition.title,
        lane: lanes[definition.lane],
        status: "planning",
        payload: JSON.stringify(payload),
        autoApply: input.autoApply ?? false,
        actor: input.actor.id,
        actorName: input.actor.name,
        createdAt: clock.now(),
      },
      select: { id: true },
    });
    await input.within?.(tx, run.id);
    return { runId: run.id };
  });
}
