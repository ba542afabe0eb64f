import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import type { StoredObject } from "~/ports/storage.server";
import { workerProcesses } from "../support/world/worker-processes";
import { openWorld } from "../support/world/world";

const ROOT = "references/01. Model/";
export const OLD = `${ROOT}front_warm/`;
export const NEW = `${ROOT}front_cool/`;

const actor = { id: "script:test", name: "test" };
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** Every third lies deeper, every fifth has a name that is not plain; each has bytes and headers of its own. */
function makeObject(n: number) {
  const name = n % 5 === 0 ? `정면 ${n} 🙂.png`.normalize(n % 2 === 0 ? "NFD" : "NFC") : `${n}.png`;
  return {
    key: n % 3 === 0 ? `a folder/${name}` : name,
    text: `picture ${n}`,
    contentType: n % 7 === 0 ? "image/jpeg" : "image/png",
    metadata: { number: String(n) },
  };
}

/** A group of so many images that the index knows, each with a label, every tenth with a thumbnail; and its workers. */
export async function openRenameWorld(images: number) {
  const world = await openWorld();
  const { db, storage, ports, env, setFaults } = world;
  const workers = workerProcesses({ ...env, DATABASE_URL: `file:${db.file}` });
  const objects = Array.from({ length: images }, (_, n) => makeObject(n));
  for (const { key, text, contentType, metadata } of objects) {
    await storage.put(OLD + key, Buffer.from(text), { contentType, metadata, cacheControl: "max-age=60" });
  }
  await world.carryOut(indexImages, { prefix: ROOT });
  const at = Date.now();
  await db.$executeRaw`
    INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt")
    SELECT "id", 'tone', 'warm', "etag", 'person', 'test', ${at} FROM "Image"`;
  const withThumbnail = objects.filter((_, n) => n % 10 === 0);
  for (const { key, text } of withThumbnail) {
    await storage.put(thumbnailKey(OLD + key), Buffer.from(`small ${text}`), { contentType: "image/webp" });
    await db.image.update({ where: { key: OLD + key }, data: { thumbnailEtag: md5(text) } });
  }
  const ids = new Map((await db.image.findMany()).map((row) => [row.key.slice(OLD.length), row.id]));

  async function list(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    for await (const page of storage.list({ prefix })) found.push(...page.objects);
    return found;
  }

  /** Waits for the plan, and applies it. */
  async function apply(runId: number) {
    await expect.poll(() => world.read(runId), { interval: 100 }).toMatchObject({ status: "planned", planned: images });
    const { planHash } = await db.jobRun.findUniqueOrThrow({ where: { id: runId } });
    await applyRun(ports, jobKinds, { runId, planHash: planHash ?? "", acceptsRisk: true, actor });
    return runId;
  }

  return {
    ...workers,
    async rename() {
      const payload = { root: "Model", group: "front_warm", name: "front_cool" };
      return apply(await world.start(requireJob(jobKinds, "rename-group"), payload));
    },
    async undo(undone: number) {
      return apply((await undoRun(ports, jobKinds, { runId: undone, actor })).runId);
    },
    /** Holds that every object is below this prefix as it was, that nothing else is, and that rows and labels followed. */
    async expectExactly(prefix: string) {
      const listed = (await list(ROOT)).map(({ key, etag, bytes }) => `${key} ${etag} ${bytes}`);
      expect(listed.sort()).toEqual(
        objects.map(({ key, text }) => `${prefix}${key} ${md5(text)} ${Buffer.byteLength(text)}`).sort(),
      );
      for (const { key, text, contentType, metadata } of objects) {
        const { head, body } = await storage.get(prefix + key);
        expect(body.toString()).toBe(text);
        expect(head).toMatchObject({ contentType, metadata, cacheControl: "max-age=60" });
      }
      const rows = await db.image.findMany({ include: { labels: true } });
      expect(rows).toHaveLength(images);
      for (const row of rows) {
        const key = row.key.slice(prefix.length);
        expect(row).toMatchObject({ key: prefix + key, id: ids.get(key), goneAt: null });
        expect(row.labels).toMatchObject([{ attribute: "tone", value: "warm", etag: row.etag }]);
      }
      const thumbnails = withThumbnail.map(({ key }) => thumbnailKey(prefix + key));
      expect((await list("thumbnails/")).map((one) => one.key)).toEqual(thumbnails.sort());
      expect(await db.objectMove.count({ where: { finishedAt: null } })).toBe(0);
    },
    /**
     * Looks again and again, until told to stop, whether every image's bytes are there, and where its row says. What is
     * moved away from `from` is at `to` by then, so `from` is listed first.
     */
    watch(from: string, to: string) {
      const wanted = objects.map(({ text }) => md5(text));
      const unreachable: string[] = [];
      let looks = 0;
      let isOver = false;
      const look = async () => {
        const rows = await db.image.findMany({ select: { id: true, key: true } });
        const found = [...(await list(from)), ...(await list(to))];
        const etags = new Set(found.map((one) => one.etag));
        unreachable.push(...wanted.filter((etag) => !etags.has(etag)));
        const keys = new Set(found.map((one) => one.key));
        // A row that was read before its object moved on leads there when it is read again.
        for (const { id, key } of rows.filter((row) => !keys.has(row.key))) {
          const now = await db.image.findUniqueOrThrow({ where: { id } });
          if (now.key === key || !(await storage.head(now.key))) unreachable.push(now.key);
        }
        looks += 1;
      };
      const watching = (async () => {
        while (!isOver) await look();
        await look();
      })();
      // What it throws is told to whoever stops it: a test that has failed before that has its own reason.
      watching.catch(() => {});
      return async () => {
        isOver = true;
        await watching;
        return { looks, unreachable };
      };
    },
    /**
     * Kills whoever works on the run, at random moments, so often at least and until a kill has met a move in the middle, and
     * waits for its end.
     * @returns how many moves the kills met in the middle
     */
    async killAndWait(runId: number, kills: number) {
      let cutOff = 0;
      // Some 200 ms an image: each kill then meets some that are in the middle of their way.
      setFaults(
        ["GetObject", "PutObject", "DeleteObject", "CopyObject"].map((operation) => ({ operation, delayMs: 30 })),
      );
      const countOutcomes = () => db.jobItem.count({ where: { runId, outcome: { not: null } } });
      for (let killed = 0; killed < kills || cutOff === 0; ) {
        // One item that never ended, however often it was begun, would rightly be given up (worker-died).
        const before = await countOutcomes();
        await expect.poll(countOutcomes, { interval: 10 }).toBeGreaterThan(before);
        await sleep(Math.random() * 250);
        const run = await world.read(runId);
        if (run.status !== "running")
          throw new Error(
            `The run is ${run.status} after ${killed} of ${kills} kills, which met ${cutOff} moves in the middle`,
          );
        if (!(await this.killHolder(runId))) continue;
        killed += 1;
        cutOff += await db.objectMove.count({ where: { runId, finishedAt: null } });
      }
      setFaults([]);
      await expect
        .poll(() => world.read(runId), { interval: 100 })
        .toMatchObject({ status: "succeeded", succeeded: images, failures: [], skipped: 0 });
      return cutOff;
    },
    /** kill -9 of the worker that has a chunk of the run; another one is started in its place. */
    async killHolder(runId: number): Promise<boolean> {
      const now = new Date();
      const chunk = await db.jobChunk.findFirst({ where: { runId, status: "open", leaseUntil: { gte: now } } });
      const pid = Number(chunk?.worker?.split(":").at(-2));
      if (!chunk || !(await workers.restartWorker(pid))) return false;
      // Dead for certain, so no one need wait for its lease (15 s) to run out: that another worker waits is tested elsewhere.
      await db.jobChunk.updateMany({
        where: { runId, worker: chunk.worker, leaseUntil: { gte: now } },
        data: { leaseUntil: new Date(now.getTime() - 1) },
      });
      return true;
    },
  };
}
