import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemContext, ItemHandler } from "~/features/job-runs/kinds/handler";
import { type Job, pair } from "~/features/job-runs/kinds/job";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { claimChunk } from "./ledger/claim.sql.server";
import { LeaseLost } from "./ledger/lease-lost";
import { workOnRun } from "./worker.server";

const actor = { id: "operator:3", name: "Mina" };
const never = new AbortController().signal;

const settings = {
  lane: "interactive" as const,
  chunkSize: 2,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 60_000,
  guard: null,
};
const look = defineJob({ kind: "look", title: "Look", payload: z.object({ at: z.string() }), ...settings });
const change = defineJob({
  kind: "change",
  title: "Change",
  payload: z.object({ folder: z.string(), items: z.number() }),
  describe: ({ folder }) => `Change ${folder}`,
  followUp: ({ folder }) => ({ definition: look, payload: { at: folder } }),
  ...settings,
});

type Apply = ItemHandler<{ folder: string; items: number }>["apply"];

function changing(apply: Apply): Job {
  const handler: ItemHandler<{ folder: string; items: number }> = {
    async *plan(_ports, { payload }) {
      yield Array.from({ length: payload.items }, (_, n) => ({ subject: String(n) }));
      return {};
    },
    apply,
  };
  return pair(change, handler);
}

test("a run is called by what it does, and what it leaves to be done starts once, by the same operator", async () => {
  const ports = await openTestPorts();
  const job = changing(async () => ({ outcome: "succeeded" }));
  const { runId } = await startRun(ports, change, { payload: { folder: "a", items: 5 }, actor, autoApply: true });
  expect(await ports.db.jobRun.findMany({ where: { kind: "look" } })).toEqual([]);

  await workOnRun(ports, job, runId, never);

  const runs = await ports.db.jobRun.findMany({ orderBy: { id: "asc" } });
  expect(runs).toMatchObject([
    { kind: "change", title: "Change a", status: "succeeded" },
    { kind: "look", title: "Look", payload: '{"at":"a"}', actorName: "Mina", autoApply: true, status: "planning" },
  ]);
});

test("a run that was cancelled leaves nothing to be done by itself", async () => {
  const ports = await openTestPorts();
  const job = changing(async () => ({ outcome: "succeeded" }));
  const { runId } = await startRun(ports, change, { payload: { folder: "a", items: 5 }, actor });
  await workOnRun(ports, job, runId, never);
  await cancelRun(ports, { runId, actor });
  expect(await ports.db.jobRun.count({ where: { kind: "look" } })).toBe(0);
});

test("an item that was in flight when its run was cancelled ends and is recorded, so that an undo knows of it", async () => {
  const ports = await openTestPorts();
  let effects = 0;
  const job = changing(async (_ports, _item, { signal }) => {
    await sleep(2_500, undefined, { signal }).catch(() => {});
    if (!signal.aborted) effects += 1;
    return { outcome: "succeeded", after: { done: true } };
  });
  const { runId } = await startRun(ports, change, { payload: { folder: "a", items: 4 }, actor, autoApply: true });
  const work = workOnRun(ports, job, runId, never);
  await expect.poll(() => ports.db.jobRun.count({ where: { id: runId, status: "running" } })).toBe(1);
  await cancelRun(ports, { runId, actor });
  await work;
  expect(effects).toBe(1);
  expect(await ports.db.jobItem.count({ where: { runId, outcome: "succeeded" } })).toBe(1);
});

test("a worker whose chunk was taken over is refused by `hold`, and records nothing", async () => {
  const ports = await openTestPorts();
  let late: { context: ItemContext<unknown> } | undefined;
  const job = changing(async ({ db, clock }, _item, context) => {
    await db.$write((tx) => context.hold(tx));
    if (late) return { outcome: "succeeded" };
    late = { context };
    // The machine slept past the lease, and another worker came.
    ports.advance(16_000);
    const scope = { worker: "other", now: clock.now(), chunkConcurrency: { change: 1 }, lanes: [0] };
    expect(await claimChunk(db, scope)).toMatchObject({ seq: 0, token: 2 });
    await expect(db.$write((tx) => context.hold(tx))).rejects.toThrow(LeaseLost);
    return db.$write(async (tx) => {
      await context.hold(tx);
      return { outcome: "succeeded" };
    });
  });
  const { runId } = await startRun(ports, change, { payload: { folder: "a", items: 1 }, actor, autoApply: true });
  const stop = new AbortController();
  const work = workOnRun(ports, job, runId, stop.signal);
  await expect.poll(() => late !== undefined).toBe(true);
  stop.abort();
  await work;
  expect(await ports.db.jobItem.findFirstOrThrow({ where: { runId } })).toMatchObject({ outcome: null });
});
