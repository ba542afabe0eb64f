import { expect, test } from "vitest";
import { sendAlerts } from "~/features/alert-webhook/send-alerts";
import { noteTime } from "~/features/clock-watch/note-time.server";
import { jobKinds } from "~/features/job-kinds.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { startReceiver } from "../../../../tests/support/receiver";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { lookAtWorker, sendInstead } from "./watch-worker.server";

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

test("while no worker is there, the look itself tells the webhook, of two web processes one; a worker's return is told as well", async () => {
  const { webhook, texts } = await startReceiver();
  const { look, advance, db, ...rest } = await openWatch();
  const ports = { ...rest, db, webhook };
  const sending = async () => requireJob(jobKinds, sendAlerts.kind);
  const lookAndSend = async () => {
    const isSilent = await look();
    if (isSilent) await Promise.all([sendInstead(ports, sending, never), sendInstead(ports, sending, never)]);
    return isSilent;
  };
  await noteTime(ports);
  expect(await lookAndSend()).toBe(false);
  advance(6 * MINUTE);
  expect(await lookAndSend()).toBe(false);
  expect(await lookAndSend()).toBe(true);
  expect(texts()).toEqual([expect.stringContaining("come here from now on.* Open now: 1 error.")]);
  // Another alert of the same silence, as of a console that was told of the webhook before.
  await db.alert.updateMany({ data: { told: "nothing" } });
  advance(MINUTE);
  expect(await lookAndSend()).toBe(true);
  expect(texts().slice(1)).toEqual([expect.stringMatching(/^\*Error\* · Worker heartbeat\nNo worker was seen for /)]);
  await noteTime(ports);
  advance(MINUTE);
  expect(await lookAndSend()).toBe(false);
  await sendInstead(ports, sending, never);
  expect(texts().slice(2)).toEqual([expect.stringMatching(/^\*Resolved\* · Worker heartbeat\n/)]);
});
