import { expect, test } from "vitest";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { thinStorage } from "./thin-storage";

const DAY_MS = 24 * 60 * 60_000;

test("of old snapshots one a week stays, and the last with hidden versions; articles stay with the newest, and what is being counted is left alone", async () => {
  const ports = await openTestPorts();
  const { db } = ports;
  const today = Math.floor(Date.now() / (7 * DAY_MS)) * 7 * DAY_MS;
  const total = (dimension: string) => ({ dimension, name: "a", ownerId: "", storageClass: "", objects: 1, bytes: 1n });
  for (const daysAgo of [140, 139, 136, 2, 1, 0]) {
    const takenAt = new Date(today - daysAgo * DAY_MS);
    const isFinished = daysAgo > 0;
    await db.storageSnapshot.create({
      data: {
        takenAt,
        finishedAt: isFinished ? takenAt : null,
        hiddenObjects: daysAgo === 140 ? 3 : null,
        totals: { create: [total("kind"), total("article")] },
      },
    });
  }
  const carryOut = () => runsOf(ports).carryOut(thinStorage, { days: 90 });
  expect(await carryOut()).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4 });
  const left = await db.storageSnapshot.findMany({
    orderBy: { id: "asc" },
    select: { takenAt: true, totals: { orderBy: { dimension: "asc" }, select: { dimension: true } } },
  });
  expect(
    left.map(({ takenAt, totals }) => [
      (today - takenAt.getTime()) / DAY_MS,
      totals.map(({ dimension }) => dimension).join(),
    ]),
  ).toEqual([
    [140, "kind"],
    [136, "kind"],
    [2, "kind"],
    [1, "article,kind"],
    [0, "article,kind"],
  ]);
  expect(await carryOut()).toMatchObject({ status: "succeeded", planned: 0 });
});
