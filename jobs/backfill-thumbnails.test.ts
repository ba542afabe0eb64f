import sharp from "sharp";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { pair } from "~/features/job-runs/kinds/job";
import { fireSlot } from "~/features/schedules/fire-slot.server";
import { registerSchedules } from "~/features/schedules/register-schedules.server";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { backfillThumbnailsHandler } from "~/features/thumbnails/backfill-thumbnails.server";
import { portsAround } from "../tests/support/world/nowhere";
import { runsOf } from "../tests/support/world/runs";
import { openWorld as open } from "../tests/support/world/world";
import { backfillThumbnailsSchedule } from "./backfill-thumbnails";

const HOUR = 3_600_000;
/** Asks for each image once: what the store refuses is refused again within a run, too. */
const definition = { ...backfillThumbnails, retry: { attempts: 1, baseMs: 1, maxMs: 1 } };
const job = pair(definition, backfillThumbnailsHandler);

/** A bucket with one image for each key, and a clock that `advance` moves. */
async function openWorld(...keys: string[]) {
  const world = await open();
  let offset = 0;
  const clock = { now: () => new Date(Date.now() + offset) };
  const ports = portsAround({ db: world.db, storage: world.storage, clock });
  const runs = runsOf(ports);
  const put = async (key: string) => {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: "#c08040" } }).png();
    await world.storage.put(key, await picture.toBuffer(), { contentType: "image/png" });
    await runs.carryOut(indexImages, { prefix: "" });
  };
  for (const key of keys) await put(key);
  await registerSchedules(ports, [backfillThumbnailsSchedule]);
  return {
    ...world,
    put,
    plan: () => runs.plan(backfillThumbnails, { force: false }),
    advance: (ms: number) => {
      offset += ms;
    },
    /** A slot as a worker carries it out: the run's numbers, or why there was none. */
    async fire() {
      const { lastSlot: after } = await ports.db.schedule.findUniqueOrThrow({ where: { id: "backfill-thumbnails" } });
      const fired = await fireSlot(ports, backfillThumbnailsSchedule, { slot: clock.now(), after });
      if ("skipped" in fired) return fired.skipped;
      const { planned, succeeded, failed, summary } = await runs.work(fired.runId, { job });
      return { planned, succeeded, failed, leftOut: summary?.leftOut };
    },
  };
}

const refused = { operation: "GetObject", keyPattern: "uploads/refused.png", status: 403, code: "AccessDenied" };

test("what the store refuses makes one run a day, not one each half hour", async () => {
  const { fire, plan, advance, setFaults } = await openWorld("uploads/refused.png");
  setFaults([refused]);
  expect(await fire()).toMatchObject({ planned: 1, failed: 1 });
  advance(HOUR / 2);
  expect(await fire()).toBe("nothing-due");
  advance(23 * HOUR);
  expect(await fire()).toBe("nothing-due");
  expect(await plan()).toMatchObject({ planned: 1 });
  advance(HOUR);
  expect(await fire()).toMatchObject({ planned: 1, failed: 1 });
  advance(HOUR / 2);
  expect(await fire()).toBe("nothing-due");
});

test("what the store refuses is left out where another image has its turn, until it has other bytes", async () => {
  const { fire, advance, put, storage, setFaults, db } = await openWorld("uploads/refused.png");
  setFaults([refused]);
  await fire();
  advance(HOUR / 2);
  await put("uploads/new.png");
  const leftOut = expect.arrayContaining([{ what: "Failed within 24 hours", count: 1 }]);
  expect(await fire()).toEqual({ planned: 1, succeeded: 1, failed: 0, leftOut });
  advance(HOUR / 2);
  expect(await fire()).toBe("nothing-due");

  setFaults([]);
  const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: "#4080c0" } }).png();
  const { etag } = await storage.put("uploads/refused.png", await picture.toBuffer(), { contentType: "image/png" });
  await db.image.update({ where: { key: "uploads/refused.png" }, data: { etag } });
  expect(await fire()).toMatchObject({ planned: 1, succeeded: 1 });
});

test("what a store that was down may have cost is tried at the next slots, three times a day", async () => {
  const { fire, advance, setFaults } = await openWorld("uploads/a.png");
  setFaults([{ operation: "GetObject", status: 503 }]);
  const tries = [];
  for (let slot = 0; slot < 5; slot++) {
    tries.push(await fire());
    advance(HOUR / 2);
  }
  const failed = expect.objectContaining({ planned: 1, failed: 1 });
  expect(tries).toEqual([failed, failed, failed, "nothing-due", "nothing-due"]);

  setFaults([]);
  advance(22 * HOUR);
  expect(await fire()).toMatchObject({ planned: 1, succeeded: 1 });
});
