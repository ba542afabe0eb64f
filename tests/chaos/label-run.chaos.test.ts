import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { raiseBudget } from "~/features/labeling/budget/raise-budget.server";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { loadModels } from "~/features/prices/load-models.server";
import { costOf } from "~/features/prices/model-prices";
import { unlikePicture } from "../../scripts/dev/unlike-picture";
import { randomOf } from "../support/random";
import { startLabelGround } from "./label-ground";

const KILLS = 20;
const actor = { id: "script:test", name: "test" };

/** So many images in one group, and a label run over them that is planned. */
async function planned(images: number) {
  const ground = await startLabelGround();
  const { ports, cloud, carryOut, work } = ground;
  cloud.gemini.setKnobs({ latencyMs: 0, oneIn: { imageSafety: 0, breakSchema: 0 } });
  for (let n = 0; n <= images; n++) {
    const name = n === images ? "reference" : String(n).padStart(5, "0");
    const body = await unlikePicture(n);
    await ports.storage.put(`references/01. Model/front_warm/${name}.png`, body, { contentType: "image/png" });
  }
  await carryOut(indexImages, { prefix: "" });
  const selection = { query: { root: "Model" } };
  const { runId } = await startLabelRun(ports, { selection, only: "all", budgetUsd: 1_000, actor });
  const run = await work(runId);
  expect(run).toMatchObject({ status: "planned", planned: images });
  const billedUsd = async () => {
    const { price } = (await loadModels(ports.model)).factsOf(ports.model.name, new Date());
    return price ? costOf(price, { ...cloud.gemini.bill(), cached: 0 }) : Number.NaN;
  };
  /** Frees what a dead worker held, so that no one waits for its leases to run out. */
  const freeLeases = async () => {
    const held = { runId, leaseUntil: { not: null } };
    await ports.db.jobChunk.updateMany({ where: held, data: { leaseUntil: new Date(0) } });
  };
  const begin = () =>
    ports.db.jobRun.update({ where: { id: runId }, data: { status: "pending", appliedAt: new Date() } });
  return { ...ground, runId, billedUsd, freeLeases, begin };
}

test(
  `kill -9 ${KILLS} times: only calls in flight are repeated, no proposal twice, and the dollars are the server's own`,
  async () => {
    const IMAGES = 1_000;
    const { ports, cloud, runId, read, startWorker, restartWorker, billedUsd, freeLeases, begin } =
      await planned(IMAGES);
    cloud.gemini.setKnobs({
      latencyMs: 300,
      share: { strayRateLimit: 0.05, serverError: 0.02, malformed: 0.02, imageSafety: 0.01 },
    });
    const { below } = randomOf(20);
    await begin();
    let worker = startWorker();
    let kills = 0;
    for (let done = 0; kills < KILLS; kills++) {
      // Something was done since the last kill, then a while that has nothing to do with what goes on.
      await expect.poll(async () => (await read(runId)).done, { interval: 20 }).toBeGreaterThan(done);
      await sleep(below(500));
      done = (await read(runId)).done;
      const next = await restartWorker(worker.pid ?? 0);
      if (!next) throw new Error("The worker was gone before it was killed");
      worker = next;
      await freeLeases();
    }
    await expect
      .poll(async () => (await read(runId)).status, { interval: 200, timeout: 10 * 60_000 })
      .toBe("succeeded");

    const ended = await read(runId);
    expect(ended.done).toBe(IMAGES);
    const doubles = await ports.db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Proposal" GROUP BY "imageId", "attribute" HAVING count(*) > 1`;
    expect(doubles).toEqual([]);
    const { byImage, total } = cloud.gemini.calls();
    expect(Object.keys(byImage)).toHaveLength(IMAGES);
    const lost = await ports.db.modelCall.count({ where: { outcome: "reserved" } });
    const again = await ports.db.modelCall.count({ where: { outcome: { in: ["invalid", "unanswered"] } } });
    expect(total - IMAGES).toBeLessThanOrEqual(lost + again);
    const { totals } = await readLabelRun(ports, runId);
    const bill = await billedUsd();
    // What was in flight at a kill was billed, and nobody told how much: as much as the others took on average.
    const spentUsd = totals.spentUsd * (1 + lost / totals.billedCalls);
    console.log(
      `${kills} kills, ${total} calls for ${IMAGES} images, ${lost} lost; $${totals.spentUsd} told, $${spentUsd} with those, $${bill} billed`,
    );
    expect(Math.abs(spentUsd - bill) / bill).toBeLessThanOrEqual(0.01);
  },
  20 * 60_000,
);

test(
  "a budget of half the quote pauses the run within it, and raised it lets the run finish",
  async () => {
    const IMAGES = 60;
    const { ports, runId, read, startWorker, begin } = await planned(IMAGES);
    const quoteUsd = (await readLabelRun(ports, runId)).totals.quoteUsd ?? 0;
    const budgetUsd = quoteUsd / 2;
    await ports.db.labelRun.update({ where: { jobRunId: runId }, data: { budgetUsd } });
    await begin();
    startWorker();
    await expect.poll(async () => (await read(runId)).status, { interval: 100 }).toBe("paused");
    const paused = await readLabelRun(ports, runId);
    expect(paused.run.pauseReason).toMatch(/^The budget of /);
    expect(paused.run.failed).toBe(0);
    expect(paused.totals.spentUsd + paused.totals.reservedUsd).toBeLessThanOrEqual(budgetUsd + 1e-9);
    expect(paused.totals.spentUsd).toBeGreaterThan(0);
    await raiseBudget(ports, { runId, budgetUsd: quoteUsd * 2, actor });
    await expect.poll(async () => (await read(runId)).status, { interval: 100 }).toBe("succeeded");
    expect(await read(runId)).toMatchObject({ succeeded: IMAGES, failed: 0 });
  },
  10 * 60_000,
);
