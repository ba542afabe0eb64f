import { expect, test } from "vitest";
import { noteTime } from "~/features/clock-watch/note-time.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { lookAtWorker } from "./watch-worker.server";

const MINUTE = 60_000;
const never = new AbortController().signal;

async function openWatch() {
  const ports = await openTestPorts();
  const { db } = ports;
  return {
    ...ports,
    look: lookAtWorker(ports, never),
    open: async () => (await db.alert.findMany({ where: { closedAt: null } })).map(({ cause }) => cause),
    verdicts: async () => (await db.check.findMany({ orderBy: { id: "asc" } })).map(({ verdict }) => verdict),
  };
}

test("a worker that is gone opens one alert at the second look, and closes it when one is back", async () => {
  const { look, advance, open, verdicts, db, ...ports } = await openWatch();
  await noteTime({ ...ports, db });
  await look();
  advance(6 * MINUTE);
  await look();
  expect(await open()).toEqual([]);
  for (let n = 0; n < 3; n++) await look();
  expect(await open()).toEqual(["check:worker:silent"]);
  expect(await db.alert.findFirst()).toMatchObject({ severity: "error", root: "Worker heartbeat" });
  await noteTime({ ...ports, db });
  await look();
  expect(await open()).toEqual([]);
  expect(await verdicts()).toEqual(["silent", "healthy"]);
});

test("of two web processes that look, one alert comes", async () => {
  const { look, advance, open, db, ...ports } = await openWatch();
  const other = lookAtWorker({ ...ports, db }, never);
  await noteTime({ ...ports, db });
  advance(6 * MINUTE);
  for (let n = 0; n < 3; n++) await Promise.all([look(), other()]);
  expect(await open()).toEqual(["check:worker:silent"]);
  await noteTime({ ...ports, db });
  await Promise.all([look(), other()]);
  expect(await open()).toEqual([]);
  expect(await db.alert.count()).toBe(1);
});

test("a machine that wakes up misses no worker that wakes up with it, and a console that never had one misses none", async () => {
  const { look, advance, verdicts, db, ...ports } = await openWatch();
  for (let n = 0; n < 3; n++) await look();
  await noteTime({ ...ports, db });
  advance(9 * 60 * MINUTE);
  await look();
  await noteTime({ ...ports, db });
  await look();
  advance(6 * MINUTE);
  await look();
  expect(await verdicts()).toEqual([]);
});
