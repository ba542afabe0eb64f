import { expect, test } from "vitest";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { fireSlot } from "~/features/schedules/fire-slot.server";
import { registerSchedules } from "~/features/schedules/register-schedules.server";
import { openTestPorts } from "../tests/support/world/nowhere";
import { findDuplicatesSchedule } from "./find-duplicates";
import { snapshotStorageSchedule } from "./snapshot-storage";

const actor = { id: "operator:1", name: "Mina" };

test.each([snapshotStorageSchedule, findDuplicatesSchedule])(
  "$id starts none beside one that somebody has started",
  async (schedule) => {
    const ports = await openTestPorts();
    await registerSchedules(ports, [schedule]);
    const { runId } = await startRun(ports, schedule.definition, { payload: schedule.payload, actor });
    const fire = async () => {
      const { lastSlot: after } = await ports.db.schedule.findFirstOrThrow();
      return fireSlot(ports, schedule, { slot: new Date(after.getTime() + 60_000), after });
    };
    expect(await fire()).toEqual({ skipped: "nothing-due" });
    await ports.db.jobRun.update({ where: { id: runId }, data: { status: "succeeded" } });
    expect(await fire()).toMatchObject({ runId: expect.any(Number) });
  },
);
