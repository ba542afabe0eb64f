import { expect, onTestFinished, test } from "vitest";
import { readGroups } from "~/features/attribute-groups/read-groups.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { cancelRun, pauseRun } from "~/features/job-runs/commands/steer-run.server";
import { runWorker } from "~/features/job-runs/engine/worker.server";
import { isFinished } from "~/features/job-runs/status";
import { MODEL, openGroupActions } from "../../../../tests/support/world/group-world";
import { mergeGroups } from "./merge-groups.server";
import { quarantineObjects } from "./quarantine-objects.server";
import { renameGroup } from "./rename-group.server";

const actor = { id: "operator:2", name: "Jun" };

const rename = (group: string, name: string) => ({ root: "Model", group, name });
const images = (group: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${group}/${n}.png`, `image ${n}`]));

type World = Awaited<ReturnType<typeof openGroupActions>>;

/** Workers as the worker process has them; they end with the test. */
function startWorkers({ ports }: World, count: number) {
  const stop = new AbortController();
  const workers = Array.from({ length: count }, () => runWorker(ports, jobKinds, stop.signal));
  onTestFinished(async () => {
    stop.abort();
    await Promise.all(workers);
  });
}

const release = ({ ports }: World, { id, planHash }: { id: number; planHash: string | null }) =>
  applyRun(ports, jobKinds, { runId: id, actor, planHash: planHash ?? "", acceptsRisk: true });

async function whenFinished({ read }: World, runId: number) {
  await expect.poll(async () => isFinished((await read(runId)).status)).toBe(true);
  return read(runId);
}

/** More items than one chunk has. */
test("of two renames of a group that are carried out at once one wins, and the other's items are skipped by name", async () => {
  const world = await openGroupActions();
  await world.fill(images("front_warm", 52));
  const toCool = await world.plan(renameGroup, rename("front_warm", "front_cool"));
  const toNeutral = await world.plan(renameGroup, rename("front_warm", "front_neutral"));
  // Past what keeps the two apart where they are applied.
  await world.db.jobRun.updateMany({ data: { status: "pending" } });
  startWorkers(world, 2);
  const [first, second] = [await whenFinished(world, toCool.id), await whenFinished(world, toNeutral.id)];
  expect(first).toMatchObject({ status: "succeeded", succeeded: 52, skipped: 0, failed: 0 });
  expect(second).toMatchObject({ status: "succeeded", succeeded: 0, skipped: 52, failed: 0 });
  expect(second.items[7]?.said).toBe(`“${second.items[7]?.from}” is gone since the plan was made.`);
  expect(await world.texts()).toEqual(images("front_cool", 52));
});

test("an action is not applied while another is at work on one of its groups, or paused in the midst", async () => {
  const world = await openGroupActions();
  await world.fill({ ...images("front_warm", 2), ...images("back_warm", 2), ...images("front_neutral", 2) });
  const first = await world.plan(renameGroup, rename("front_warm", "front_cool"));
  const second = await world.plan(renameGroup, rename("front_warm", "front_neutral "));
  const merge = await world.plan(mergeGroups, { root: "Model", group: "front_warm", into: "back_warm" });
  const quarantine = await world.plan(quarantineObjects, { root: "Model", keys: [`${MODEL}front_warm/1.png`] });
  const elsewhere = await world.plan(renameGroup, rename("back_warm", "back_cool"));
  expect(second).toMatchObject({
    status: "failed",
    error: "A folder “front_neutral” exists already. Merge the two instead.",
  });
  await release(world, first);
  const working = `Run ${first.id} (Rename “front_warm” to “front_cool”) is at work on “front_warm”. Wait until it ends.`;
  await expect(release(world, merge)).rejects.toMatchObject({ code: "conflict", message: working });
  await expect(release(world, quarantine)).rejects.toMatchObject({ code: "conflict", message: working });
  expect(await world.read(merge.id)).toMatchObject({ status: "planned" });
  await release(world, elsewhere);
  await pauseRun(world.ports, { runId: first.id, actor });
  const paused = `Run ${first.id} (Rename “front_warm” to “front_cool”) is paused on “front_warm”. Resume or cancel it first.`;
  await expect(release(world, merge)).rejects.toMatchObject({ message: paused });
  await cancelRun(world.ports, { runId: first.id, actor });
  await cancelRun(world.ports, { runId: elsewhere.id, actor });
  await release(world, merge);
});

test("what failed is not tried again while another run is at work on the group", async () => {
  const world = await openGroupActions();
  await world.fill({ ...images("front_warm", 2), ...images("back_warm", 1) });
  const plan = await world.plan(renameGroup, rename("front_warm", "front_cool"));
  world.setFaults([{ operation: "GetObject", status: 403 }]);
  expect(await world.apply(plan)).toMatchObject({ succeeded: 0, failed: 2 });
  world.setFaults([]);
  const merge = await world.plan(mergeGroups, { root: "Model", group: "front_warm", into: "back_warm" });
  await release(world, merge);

  const retry = () => retryFailed(world.ports, jobKinds, { runId: plan.id, actor });
  await expect(retry()).rejects.toMatchObject({
    message: `Run ${merge.id} (Merge “front_warm” into “back_warm”) is at work on “front_warm”. Wait until it ends.`,
  });
  expect(await world.read(plan.id)).toMatchObject({ status: "succeeded", failed: 2 });
  await cancelRun(world.ports, { runId: merge.id, actor });
  await retry();
  await world.work(plan.id);
  expect(Object.keys(await world.texts()).sort()).toEqual(["back_warm/0.png", "front_cool/0.png", "front_cool/1.png"]);
});

test("what was replaced since the plan stays and is named; what was put in the way stays too; the rest moves and comes back", async () => {
  const world = await openGroupActions();
  await world.fill(images("front_warm", 4));
  const plan = await world.plan(renameGroup, rename("front_warm", "front_cool"));
  await world.fill({ "front_warm/1.png": "replaced", "front_cool/2.png": "in the way" });
  await world.storage.delete(`${MODEL}front_warm/3.png`);
  const before = await world.listing();

  const run = await world.apply(plan);
  expect(run).toMatchObject({ succeeded: 1, skipped: 3 });
  expect(run.items.slice(1).map(({ said }) => said)).toEqual([
    `“${MODEL}front_warm/1.png” has changed since the plan was made.`,
    `“${MODEL}front_cool/2.png” exists already, so “${MODEL}front_warm/2.png” stays where it is.`,
    `“${MODEL}front_warm/3.png” is gone since the plan was made.`,
  ]);
  expect(await world.texts()).toEqual({
    "front_cool/0.png": "image 0",
    "front_cool/2.png": "in the way",
    "front_warm/1.png": "replaced",
    "front_warm/2.png": "image 2",
  });
  await world.apply(await world.planUndo(plan.id));
  expect(await world.listing()).toEqual(before);
});

test("cancelled in the midst and undone, everything is where it was", async () => {
  const world = await openGroupActions();
  await world.fill(images("front_warm", 52));
  const before = await world.listing();
  const plan = await world.plan(renameGroup, rename("front_warm", "front_cool"));
  world.setFaults([{ operation: "PutObject", keyPattern: "front_cool/(4|7)", delayMs: 1_500 }]);
  startWorkers(world, 2);
  await release(world, plan);
  await expect.poll(async () => (await world.read(plan.id)).succeeded).toBeGreaterThanOrEqual(20);
  await cancelRun(world.ports, { runId: plan.id, actor });
  world.setFaults([]);
  // Items in flight end and are recorded; then their worker gives its chunk back.
  await expect.poll(() => world.db.jobChunk.count({ where: { runId: plan.id, leaseUntil: { not: null } } })).toBe(0);
  const { succeeded } = await world.read(plan.id);
  expect(succeeded).toBeGreaterThanOrEqual(20);
  expect(succeeded).toBeLessThan(52);
  expect(Object.keys(await world.texts()).filter((key) => key.startsWith("front_cool/"))).toHaveLength(succeeded);

  const undo = await world.planUndo(plan.id);
  expect(undo).toMatchObject({ planned: succeeded });
  await release(world, undo);
  expect(await whenFinished(world, undo.id)).toMatchObject({ succeeded, skipped: 0, failed: 0 });
  expect(await world.listing()).toEqual(before);
});

test("a finished action and its undo are each followed by an audit that sees what has become of the groups", async () => {
  const world = await openGroupActions();
  await world.fill({ "front_warm/reference.png": "one", "side view??/2.png": "two" });
  startWorkers(world, 1);
  const seen = async () => {
    const view = await readGroups(world, { root: "Model" });
    const unreadable = view?.findings.filter(({ type }) => type === "unreadable-name").length;
    return { groups: view?.groups.map(({ name }) => name), unreadable };
  };
  const plan = await world.plan(renameGroup, rename("side view??", "profile_warm"));
  await release(world, plan);
  await whenAudited(world, 1);
  expect(await seen()).toEqual({ groups: ["front_warm", "profile_warm"], unreadable: 0 });
  const undo = await world.planUndo(plan.id);
  await release(world, undo);
  await whenAudited(world, 2);
  expect(await seen()).toEqual({ groups: ["front_warm", "side view??"], unreadable: 1 });
});

async function whenAudited({ db }: World, audits: number) {
  const isOver = { kind: "audit-groups", status: "succeeded", actorName: { in: ["Mina", "Jun"] } };
  await expect.poll(() => db.jobRun.count({ where: isOver })).toBeGreaterThanOrEqual(audits);
}
