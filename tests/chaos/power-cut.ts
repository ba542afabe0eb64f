import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { isTracked } from "~/features/images/key-layout";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { unlikePicture } from "../../scripts/dev/unlike-picture";
import { portsCutOff } from "../support/ports-cut-off";
import type { Random } from "../support/random";
import { keepMoment } from "../support/world/earlier-moment";
import { startLabelGround } from "./label-ground";
import { powerCutCases } from "./power-cut-cases";

type PowerWorld = Awaited<ReturnType<typeof openPowerWorld>>;

const actor = { id: "script:test", name: "test" };

/** What a power cut takes: the work goes on to step `at`, and the database is then as of before step `back`. */
type PowerCut = { back: number; at: number };

/** A cut at random within so many steps, which takes at least one of them. */
function randomCut({ below }: Random, steps: number): PowerCut {
  const back = 1 + below(steps - 1);
  return { back, at: back + 1 + below(steps - back) };
}

/**
 * A bucket with the objects of a kind, indexed, each with a label that names its bytes; and the run of that kind, planned.
 */
async function openPowerWorld(kind: string) {
  const ground = await startLabelGround();
  const { ports, file, cloud, carryOut, work, read, apply, planUndo, startWorker } = ground;
  const { db, storage } = ports;
  await readAbilities(ports, new AbortController().signal);
  const met = powerCutCases[kind];
  if (!met) throw new Error(`No case meets ${kind}`);
  const { keys, steps, run, adds = 0 } = met;
  cloud.gemini.setKnobs({ latencyMs: 0, oneIn: { imageSafety: 0, breakSchema: 0 } });
  for (const [n, key] of keys.entries()) {
    await storage.put(key, await unlikePicture(n), { contentType: "image/png", metadata: { number: String(n) } });
  }
  await carryOut(indexImages, { prefix: "" });
  await db.$executeRaw`
    INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt")
    SELECT "id", 'tone', 'warm', "etag", 'person', "etag", ${Date.now()} FROM "Image"`;

  /** What lies in the bucket, by key its bytes and headers; thumbnails and what the probe of abilities leaves apart. */
  async function contents() {
    const found: Record<string, string> = {};
    for await (const { objects } of storage.list()) {
      for (const { key } of objects.filter((one) => isTracked(one.key) || one.key.startsWith("trash/"))) {
        const head = await storage.head(key);
        found[key] = JSON.stringify([head?.etag, head?.bytes, head?.contentType, head?.metadata]);
      }
    }
    return found;
  }

  const etagsOf = (found: Record<string, string>) =>
    Object.values(found)
      .map((text) => String(JSON.parse(text)[0]))
      .sort();
  const before = await contents();

  /** Applies a plan, up to the cut; then, from the moment that is put back, to its end. */
  async function carryOn(plan: { id: number; planHash: string | null }, cut: PowerCut) {
    let moment: ReturnType<typeof keepMoment> | null = null;
    const cutOff = portsCutOff(ports, (step) => {
      if (step === cut.back) moment = keepMoment(db, file);
      return step === cut.at;
    });
    await apply(plan, { as: cutOff.ports, signal: cutOff.off }).catch(() => {});
    await cutOff.settle();
    if (moment === null || !cutOff.off.aborted) throw new Error(`It took ${cutOff.steps()} steps, so no cut met it`);
    return comeBack(plan.id, moment);
  }

  /** The same by kill -9 of a worker process, at random moments of the clock. */
  async function killOver({ id, planHash }: { id: number; planHash: string | null }, { below }: Random) {
    const worker = startWorker();
    await applyRun(ports, jobKinds, { runId: id, planHash: planHash ?? "", acceptsRisk: true, actor });
    await expect.poll(async () => (await read(id)).status, { interval: 5 }).not.toBe("pending");
    await sleep(below(300));
    const moment = keepMoment(db, file);
    await sleep(below(600));
    worker.kill("SIGKILL");
    await once(worker, "exit");
    return comeBack(id, moment);
  }

  async function comeBack(runId: number, moment: ReturnType<typeof keepMoment>) {
    await moment.putBack();
    // Dead for certain, so that no one need wait for its leases to run out.
    await db.jobChunk.updateMany({ where: { leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
    return work(runId);
  }

  return {
    ports,
    cloud,
    read,
    carryOn,
    killOver,
    steps,
    planUndo,
    contents,
    async plan() {
      if (typeof run !== "function") return ground.plan(requireJob(jobKinds, kind), run);
      const runId = await run(ports, async (other) => (await work(other.runId)).id);
      return work(runId);
    },
    /** Holds that no object is lost or doubled, and that after an index run rows, labels and bucket agree. */
    async expectWhole(added = adds) {
      const now = await contents();
      const isAdded = (key: string) => added > 0 && !(key in before);
      const here = Object.entries(now);
      expect(etagsOf(Object.fromEntries(here.filter(([key]) => !isAdded(key))))).toEqual(etagsOf(before));
      expect(here.filter(([key]) => isAdded(key))).toHaveLength(added);
      await carryOut(indexImages, { prefix: "" });
      const rows = await db.image.findMany({ include: { labels: true } });
      const tracked = Object.keys(now).filter(isTracked);
      expect(
        rows
          .filter(({ goneAt }) => goneAt === null)
          .map(({ key }) => key)
          .sort(),
      ).toEqual(tracked.sort());
      for (const { key, etag, goneAt, labels } of rows) {
        // In the trash an image has no key of its own.
        const isInTrash =
          goneAt !== null && Object.keys(now).some((one) => one.startsWith("trash/") && one.endsWith(key));
        const labeled = (goneAt === null || isInTrash) && !isAdded(key);
        expect({ key, labels: labels.length }).toEqual({ key, labels: labeled ? 1 : 0 });
        if (labels[0]) expect(labels[0]).toMatchObject({ etag, acceptedBy: etag });
      }
      return now;
    },
    /** Holds that everything is where and as it was. */
    async expectBack() {
      expect(await this.expectWhole(0)).toEqual(before);
    },
    /** How many thumbnails there are, each where its image's row says, and none else. */
    async thumbnails() {
      const rows = await db.image.findMany({ where: { thumbnailEtag: { not: null } } });
      const found: string[] = [];
      for await (const { objects } of storage.list({ prefix: "thumbnails/" }))
        found.push(...objects.map(({ key }) => key));
      expect(found.sort()).toEqual(rows.map(({ key }) => thumbnailKey(key)).sort());
      return found.length;
    },
  };
}

/**
 * Holds that each image was asked about, and at most once more than the ledger knows.
 * @returns the calls that the server was sent, and those of them that the ledger forgot
 */
async function expectAskedAgainAtMostOnce({ ports, cloud }: PowerWorld, images: number) {
  const { byImage, total } = cloud.gemini.calls();
  const known = await ports.db.modelCall.count({ where: { isTakenOver: false } });
  expect(Object.keys(byImage)).toHaveLength(images);
  expect(Math.max(...Object.values(byImage))).toBeLessThanOrEqual(2);
  return { total, forgotten: total - known };
}

/**
 * Meets a kind and its undo with a power cut each, and holds that nothing is lost, that bucket and rows agree, and that undo
 * puts everything back.
 * @param how at a step within this process, or by kill -9 of another
 */
export async function cutTwice(kind: string, random: Random, how: "step" | "kill") {
  const world = await openPowerWorld(kind);
  const { steps, planUndo } = world;
  const carryOn = (plan: RunDetails) =>
    how === "step" ? world.carryOn(plan, randomCut(random, steps)) : world.killOver(plan, random);
  const plan = await world.plan();
  expect(await carryOn(plan)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  await world.expectWhole();
  if (kind.endsWith("label-run")) return expectAskedAgainAtMostOnce(world, plan.planned ?? 0);
  await world.thumbnails();
  const undo = await planUndo(plan.id);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await carryOn(undo)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  await world.expectBack();
  expect(await world.thumbnails()).toBe(0);
  return null;
}
