import { expect, test } from "vitest";
import { acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import { thinSnapshots } from "~/features/attribute-groups/snapshots/thin-snapshots";
import { removeOldItems } from "~/features/job-runs/retention/remove-old-items";
import { countingJob } from "../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { runsOf } from "../../../tests/support/world/runs";
import { noteTime } from "./note-time.server";
import { isClockSteady } from "./require-steady-clock.server";

const actor = { id: "operator:1", name: "Mina" };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const refusal = {
  status: "failed",
  error:
    "The clock jumped by more than a day, or no worker ran that long, so nothing is removed by age. Check the clock, acknowledge the alert on the overview, then run this again.",
};

test("what removes by age refuses after a jump of the clock, until someone has looked at the clock", async () => {
  const ports = await openTestPorts();
  const { carryOut } = runsOf(ports);
  await carryOut(countingJob(), { items: 3 });
  await noteTime(ports);

  ports.advance(365 * DAY);
  expect(await carryOut(removeOldItems, { days: 90 })).toMatchObject(refusal);
  expect(await carryOut(thinSnapshots, { days: 30 })).toMatchObject(refusal);
  expect(await ports.db.jobItem.count()).toBe(3);
  const [alert] = await ports.db.alert.findMany();
  expect(alert).toMatchObject({ cause: "clock:leap", root: "Clock", severity: "warning" });
  expect(alert?.sentence).toMatch(/^The clock says .*; when a worker last looked, it said .*Check the clock first\.$/);

  await acknowledgeAlerts(ports, { upToId: alert?.id ?? 0, actor });
  expect(await carryOut(removeOldItems, { days: 90 })).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await ports.db.jobItem.count()).toBe(1);
});

test.each([
  ["a day without a worker", [DAY], true],
  ["an hour, and a day less a minute twice", [60 * MINUTE, DAY - MINUTE, DAY - MINUTE], true],
  ["a step back", [-365 * DAY], true],
  ["a day and a minute", [DAY + MINUTE], false],
  ["a step back, and forward again", [-2 * DAY, 2 * DAY + MINUTE], false],
])("a clock that goes by %s", async (_case, steps, isSteady) => {
  const ports = await openTestPorts();
  const clock = { ms: Date.UTC(2026, 10, 29), now: () => new Date(clock.ms) };
  expect(await isClockSteady({ ...ports, clock })).toBe(true);
  for (const step of steps) {
    clock.ms += step;
    await noteTime({ ...ports, clock });
  }
  expect(await isClockSteady({ ...ports, clock })).toBe(isSteady);
});
