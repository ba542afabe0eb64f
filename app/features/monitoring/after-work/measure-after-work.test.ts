import { expect, test } from "vitest";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import type { Ports } from "~/ports/index.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { measureIfWorkEnded } from "./measure-after-work.server";

const MINUTE = 60_000;

/** A run that ends now. */
const endRun = ({ db, clock }: Ports, kind = "audit-groups", status = "succeeded") =>
  db.jobRun.create({
    data: {
      ...{ kind, title: kind, lane: 0, status, payload: "{}", actor: "operator:1", actorName: "Mina" },
      ...{ createdAt: clock.now(), finishedAt: status === "running" ? null : clock.now() },
    },
  });

test("what the overview counts is measured once work ended, once however much ended and however many look", async () => {
  const ports = await openTestPorts();
  const { work } = runsOf(ports);
  expect(await measureIfWorkEnded(ports)).toBeNull();

  await endRun(ports, "index-images", "running");
  expect(await measureIfWorkEnded(ports)).toBeNull();

  for (let n = 0; n < 30; n += 1) await endRun(ports);
  const started = (await Promise.all([1, 2, 3].map(() => measureIfWorkEnded(ports)))).filter((id) => id !== null);
  expect(started).toHaveLength(1);
  expect(await work(started[0] ?? 0)).toMatchObject({ status: "succeeded", actorName: "The console", planned: 6 });
  expect((await ports.db.check.groupBy({ by: ["name"] })).map(({ name }) => name)).toEqual([
    ...["coverage", "group-audit", "images", "owners", "spend", "thumbnails"],
  ]);
  ports.advance(10 * MINUTE);
  expect(await measureIfWorkEnded(ports)).toBeNull();
});

test("work that goes on ending is measured every two minutes, its end in any case", async () => {
  const ports = await openTestPorts();
  const { work } = runsOf(ports);
  const measured: number[] = [];
  for (let seconds = 0; seconds < 600; seconds += 10) {
    if (seconds < 400) await endRun(ports);
    const runId = await measureIfWorkEnded(ports);
    if (runId !== null) {
      await work(runId);
      measured.push(seconds);
    }
    ports.advance(10_000);
  }
  expect(measured.length).toBeGreaterThanOrEqual(4);
  expect(measured.length).toBeLessThanOrEqual(5);
  expect(measured.at(-1)).toBeGreaterThanOrEqual(400);
});

test("checks under way, or paused by a person, are not overtaken", async () => {
  const ports = await openTestPorts();
  await endRun(ports);
  const runId = await runsOf(ports).start(runChecks, { checks: null }, { autoApply: true });
  ports.advance(10 * MINUTE);
  expect(await measureIfWorkEnded(ports)).toBeNull();
  await ports.db.jobRun.update({ where: { id: runId }, data: { status: "cancelled" } });
  expect(await measureIfWorkEnded(ports)).not.toBeNull();
});

test("checks from when the clock was a year ahead hold nothing up", async () => {
  const ports = await openTestPorts();
  ports.advance(365 * 24 * 60 * MINUTE);
  await endRun(ports, runChecks.kind);
  ports.advance(-365 * 24 * 60 * MINUTE);
  await endRun(ports);
  expect(await measureIfWorkEnded(ports)).not.toBeNull();
});
