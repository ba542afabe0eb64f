import { expect, test } from "vitest";
import { acknowledgeAlerts } from "~/features/alerts/acknowledge-alert.server";
import { keepSlots } from "~/features/schedules/keep-slots.server";
import { registerSchedules } from "~/features/schedules/register-schedules.server";
import { defineSchedule } from "~/features/schedules/schedule";
import { countingJob } from "../../../tests/support/world/counting-job";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { runsOf } from "../../../tests/support/world/runs";
import { settleRestored } from "./settle-restored.server";

const actor = { id: "script:mina", name: "mina (script)" };

test("a restored database goes on with nothing by itself: runs wait, plans are gone, no one is signed in", async () => {
  const ports = await openTestPorts();
  const { db, clock } = ports;
  const { start, plan, carryOut, read, work } = runsOf(ports);
  const counting = countingJob();
  const done = await carryOut(counting, { items: 3 });
  const underWay = await plan(counting, { items: 30 });
  const byHand = await plan(counting, { items: 3 });
  const planned = await plan(counting, { items: 3 });
  const planning = await start(counting, { items: 3 }, { autoApply: true });
  const leaseUntil = new Date(clock.now().getTime() + 15_000);
  await db.jobRun.update({ where: { id: underWay.id }, data: { status: "running" } });
  await db.jobChunk.update({ where: { runId_seq: { runId: underWay.id, seq: 0 } }, data: { worker: "w", leaseUntil } });
  await db.jobRun.update({ where: { id: byHand.id }, data: { status: "paused" } });
  await db.jobRun.update({ where: { id: planning }, data: { worker: "w", leaseUntil } });
  await db.operator.create({
    data: {
      ...{ email: "mina@diffs.studio", name: "Mina", role: "admin", createdAt: clock.now() },
      sessions: { create: { id: "s", createdAt: clock.now(), expiresAt: leaseUntil } },
    },
  });

  expect(await settleRestored(ports, actor)).toEqual({
    asOf: expect.any(Date),
    paused: [{ id: underWay.id, title: "Count", kind: "count" }],
    cancelled: [
      { id: planned.id, title: "Count", kind: "count" },
      { id: planning, title: "Count", kind: "count" },
    ],
    sessions: 1,
  });
  expect(await work(planning)).toMatchObject({ status: "cancelled" });
  expect(await read(underWay.id)).toMatchObject({
    status: "paused",
    pauseReason: expect.stringMatching(/^The database was restored from a backup.*Index images first/),
  });
  expect(await read(byHand.id)).toMatchObject({ status: "paused", pauseReason: null });
  expect(await read(done.id)).toMatchObject({ status: "succeeded" });
  expect(await db.jobChunk.count({ where: { leaseUntil: { not: null } } })).toBe(0);
  expect(await db.session.count()).toBe(0);
  const events = await db.auditEvent.findMany({ where: { actor: actor.id }, select: { action: true, subject: true } });
  expect(events).toEqual([
    { action: "run.pause", subject: `run:${underWay.id}` },
    { action: "run.cancel", subject: `run:${planned.id}` },
    { action: "run.cancel", subject: `run:${planning}` },
    { action: "database.restore", subject: "database" },
  ]);
});

test("one alert tells of when the backup is, also when it was made after another was restored", async () => {
  const clock = { now: () => new Date("2026-11-30T08:00:00Z") };
  const ports = { ...(await openTestPorts()), clock };
  await ports.db.clockMark.create({ data: { id: 1, at: new Date("2026-11-29T10:42:07Z") } });
  const sentences = async () => (await ports.db.alert.findMany()).map(({ sentence }) => sentence);
  await settleRestored(ports, actor);
  expect(await sentences()).toEqual([
    expect.stringMatching(
      /^The database was restored from a backup of 29 Nov 2026, 10:42:07 UTC\. .* no schedule starts a run\.$/,
    ),
  ]);
  await settleRestored(ports, actor);
  expect(await sentences()).toEqual([expect.stringContaining("a backup of 30 Nov 2026, 08:00:00 UTC")]);
});

test("no schedule starts a run of a restored database before someone has acknowledged it; what passes is missed", async () => {
  const clock = { ms: Date.parse("2026-11-29T10:04:00Z"), now: () => new Date(clock.ms) };
  const ports = { ...(await openTestPorts()), clock };
  const { db } = ports;
  const { definition } = countingJob();
  const schedule = defineSchedule({ id: "s", definition, payload: { items: 1 }, cron: "*/5 * * * *", timeZone: "UTC" });
  await registerSchedules(ports, [schedule]);
  await settleRestored(ports, actor);
  const at = async (time: string) => {
    clock.ms = Date.parse(`2026-11-29T${time}Z`);
    await keepSlots(ports, schedule);
    const { missed } = await db.schedule.findUniqueOrThrow({ where: { id: "s" } });
    return { runs: await db.jobRun.count(), missed };
  };
  expect(await at("10:05:00")).toEqual({ runs: 0, missed: 0 });
  expect(await at("10:07:00")).toEqual({ runs: 0, missed: 1 });
  const { id: upToId } = await db.alert.findFirstOrThrow();
  await acknowledgeAlerts(ports, { upToId, actor });
  expect(await at("10:10:00")).toEqual({ runs: 1, missed: 1 });
});
