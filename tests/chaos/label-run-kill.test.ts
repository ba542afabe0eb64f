import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { seedBucket } from "../../scripts/dev/sample-images";
import { startLabelGround } from "./label-ground";

const actor = { id: "script:test", name: "test" };

test("a label run outlives kill -9 of its worker: complete, no double proposals, one call an image", async () => {
  const { ports, cloud, carryOut, read, startWorker } = await startLabelGround();
  cloud.gemini.setKnobs({ latencyMs: 300 });
  await seedBucket(ports.storage);
  await carryOut(indexImages, { prefix: "" });
  const { runId } = await startLabelRun(ports, {
    selection: { query: { root: "Model" } },
    only: "all",
    budgetUsd: null,
    actor,
    autoApply: true,
  });
  const outcomes = () => ports.db.jobItem.count({ where: { runId, outcome: { not: null } } });

  const first = startWorker();
  await expect.poll(outcomes, { interval: 10 }).toBeGreaterThanOrEqual(10);
  // Nothing more is answered, so that the kill meets calls in flight.
  cloud.gemini.setKnobs({ rules: [{ fault: "hang" }] });
  await expect.poll(() => ports.db.modelCall.count({ where: { outcome: "reserved" } })).toBeGreaterThan(0);
  first.kill("SIGKILL");
  await new Promise((resolve) => first.once("exit", resolve));
  const recordedAtKill = await outcomes();
  // Reserved before it is made: every call that the kill may have cut off is here.
  const [cutOff] = await ports.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT c."imageId") AS "count" FROM "ModelCall" c
      JOIN "JobItem" i ON i."runId" = ${runId} AND i."subject" = CAST(c."imageId" AS TEXT) AND i."outcome" IS NULL`;
  const inFlight = Number(cutOff?.count);
  expect(inFlight).toBeGreaterThan(0);
  expect(recordedAtKill).toBeLessThan((await read(runId)).planned ?? 0);

  cloud.gemini.setKnobs({ rules: [] });
  startWorker();
  await expect.poll(async () => (await read(runId)).status, { interval: 100 }).toBe("succeeded");
  const ended = await read(runId);
  expect(ended.done).toBe(ended.planned);
  const doubles = await ports.db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Proposal" GROUP BY "imageId", "attribute" HAVING count(*) > 1`;
  expect(doubles).toEqual([]);
  const calls = Object.values(cloud.gemini.calls().byImage);
  expect(Math.min(...calls)).toBe(1);
  // The undecodable object is never asked about; every other image once, and again at most what was in flight or
  // answered with what cannot be used.
  const asked = calls.length;
  expect(asked).toBe(
    (ended.planned ?? 0) -
      (ended.failures.find((f) => f.errorClass === "undecodable")?.count ?? 0) -
      (ended.failures.find((f) => f.errorClass === "not-an-image")?.count ?? 0),
  );
  const askedOnceMore = await ports.db.modelCall.count({ where: { outcome: { in: ["invalid", "unanswered"] } } });
  expect(cloud.gemini.calls().total - asked).toBeLessThanOrEqual(inFlight + askedOnceMore);
});
