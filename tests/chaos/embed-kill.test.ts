import { once } from "node:events";
import { expect, test } from "vitest";
import { startEmbedding } from "~/features/embeddings/start-embedding.server";
import { indexImages } from "~/features/images/index/index-images";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { unlikePicture } from "../../scripts/dev/unlike-picture";
import { tries } from "../support/tries";
import { startLabelGround } from "./label-ground";

const actor = { id: "script:test", name: "test" };
const KILLS = tries(3, 20);
/** A kill may meet all four requests that two chunks have in flight, and each is to find some that are left. */
const IMAGES = 30 * KILLS;
const IMAGE_TOKENS = 258;

test(`embedding outlives ${KILLS} kills -9 of its worker: no vector lost or doubled, and paid twice is only what was in flight`, async () => {
  const { ports, cloud, carryOut, work, read, startWorker } = await startLabelGround();
  const { db, storage } = ports;
  cloud.gemini.setKnobs({ latencyMs: 200 });
  for (let n = 0; n < IMAGES; n++) {
    await storage.put(`uploads/${n}.png`, await unlikePicture(n), { contentType: "image/png" });
  }
  await carryOut(indexImages, { prefix: "" });
  const { id, planHash } = await work((await startEmbedding(ports, { budgetUsd: 1, actor })).runId);
  await applyRun(ports, jobKinds, { runId: id, planHash: planHash ?? "", actor });
  const vectors = () => db.imageEmbedding.count();

  for (let kill = 0; kill < KILLS; kill++) {
    const worker = startWorker();
    const before = await vectors();
    await expect.poll(vectors, { interval: 5 }).toBeGreaterThan(before);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    // Dead for certain, so that no one need wait for its leases to run out.
    await db.jobChunk.updateMany({ where: { leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
  }
  startWorker();
  await expect.poll(async () => (await read(id)).status, { interval: 50 }).toBe("succeeded");
  expect(await read(id)).toMatchObject({ succeeded: IMAGES, failed: 0, skipped: 0 });

  const rows = await db.imageEmbedding.findMany({
    select: { imageId: true, etag: true, image: { select: { etag: true } } },
  });
  expect(rows).toHaveLength(IMAGES);
  expect(new Set(rows.map(({ imageId }) => imageId)).size).toBe(IMAGES);
  expect(rows.filter(({ etag, image }) => etag !== image.etag)).toEqual([]);

  // Reserved before it is made: what the kills cut off is here.
  const { _sum } = await db.modelCall.aggregate({ where: { outcome: "reserved" }, _sum: { expectedTokens: true } });
  const shown = Object.values(cloud.gemini.calls().embedded).reduce((sum, times) => sum + times, 0);
  expect(shown - IMAGES).toBeLessThanOrEqual((_sum.expectedTokens ?? 0) / IMAGE_TOKENS);
});
