import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { indexImagesHandler } from "~/features/images/index/index-images.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { createLog } from "~/ports/log.server";
import { createModel } from "~/ports/model/model.server";
import type { StoredObject } from "~/ports/storage.server";
import { bareEnv } from "../../scripts/dev/console/local-env";
import { openTestDb } from "../support/db";
import { startTestS3 } from "../support/store/s3";

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
  const s3 = await startTestS3();
  const { storage } = s3;
  const db = await openTestDb();
  const gemini = { GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:9", GEMINI_MODEL: "none" };
  const clock = { now: () => new Date() };
  const ports = { db, storage, model: createModel(gemini), clock, log: createLog("silent") };
  const objects = Array.from({ length: images }, (_, n) => makeObject(n));
  for (const { key, text, contentType, metadata } of objects) {
    await storage.put(OLD + key, Buffer.from(text), { contentType, metadata, cacheControl: "max-age=60" });
  }
  await index();
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

  async function index() {
    const { runId } = await startRun(ports, indexImages, { payload: { prefix: ROOT }, actor, autoApply: true });
    const never = new AbortController().signal;
    await workOnRun(ports, { definition: indexImages, handler: indexImagesHandler }, runId, never);
  }

  async function list(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    for await (const page of storage.list({ prefix })) found.push(...page.objects);
    return found;
  }

  /** Waits for the plan, and applies it. */
  async function apply(runId: number) {
    await expect
      .poll(() => readRun(ports, runId), { interval: 100 })
      .toMatchObject({ status: "planned", planned: images });
    const { planHash } = await db.jobRun.findUniqueOrThrow({ where: { id: runId } });
    await applyRun(ports, jobKinds, { runId, planHash: planHash ?? "", acceptsRisk: true, actor });
    return runId;
  }

  return {
    ...startWorkers({ ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${db.file}` }),
    ports,
    s3,
    async rename() {
      const payload = { root: "Model", group: "front_warm", name: "front_cool" };
      const { definition } = requireJob(jobKinds, "rename-group");
      return apply((await startRun(ports, definition, { payload, actor })).runId);
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
      return async () => {
        isOver = true;
        await watching;
        return { looks, unreachable };
      };
    },
    /**
     * Kills whoever works on the run, at random moments, and waits for its end.
     * @returns how many moves the kills met in the middle
     */
    async killAndWait(runId: number, kills: number) {
      let cutOff = 0;
      // Some 200 ms an image: each kill then meets some that are in the middle of their way.
      s3.setFaults(
        ["GetObject", "PutObject", "DeleteObject", "CopyObject"].map((operation) => ({ operation, delayMs: 30 })),
      );
      const countOutcomes = () => db.jobItem.count({ where: { runId, outcome: { not: null } } });
      for (let killed = 0; killed < kills; ) {
        // One item that never ended, however often it was begun, would rightly be given up (worker-died).
        const before = await countOutcomes();
        await expect.poll(countOutcomes, { interval: 10 }).toBeGreaterThan(before);
        await sleep(Math.random() * 250);
        const run = await readRun(ports, runId);
        if (run?.status !== "running") throw new Error(`The run is ${run?.status} after ${killed} of ${kills} kills`);
        if (!(await this.killHolder(runId))) continue;
        killed += 1;
        cutOff += await db.objectMove.count({ where: { runId, finishedAt: null } });
      }
      s3.setFaults([]);
      await expect
        .poll(() => readRun(ports, runId), { interval: 100 })
        .toMatchObject({ status: "succeeded", succeeded: images, failures: [], skipped: 0 });
      return cutOff;
    },
    /** kill -9 of the worker that has a chunk of the run; another one is started in its place. */
    async killHolder(runId: number): Promise<boolean> {
      const now = new Date();
      const chunk = await db.jobChunk.findFirst({ where: { runId, status: "open", leaseUntil: { gte: now } } });
      const pid = Number(chunk?.worker?.split(":").at(-2));
      if (!chunk || !(await this.kill(pid))) return false;
      // Dead for certain, so nobody need wait for its lease (15 s) to run out: that another worker waits is tested elsewhere.
      await db.jobChunk.updateMany({
        where: { runId, worker: chunk.worker, leaseUntil: { gte: now } },
        data: { leaseUntil: new Date(now.getTime() - 1) },
      });
      return true;
    },
  };
}

function startWorkers(env: Record<string, string | boolean>) {
  const workers = new Map<number, ChildProcess>();
  const start = () => {
    const worker = spawn(process.execPath, ["--import", "tsx", "jobs/index.ts"], {
      env: { ...bareEnv(), APP_ENVIRONMENT: "local", LOG_LEVEL: "error", ...env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (worker.pid) workers.set(worker.pid, worker);
  };
  onTestFinished(() => {
    for (const worker of workers.values()) worker.kill("SIGKILL");
  });
  return {
    startWorker: start,
    async kill(pid: number): Promise<boolean> {
      const worker = workers.get(pid);
      if (!worker) return false;
      if (worker.exitCode !== null) throw new Error("A worker ended by itself; its reason is above");
      workers.delete(pid);
      worker.kill("SIGKILL");
      await once(worker, "exit");
      start();
      return true;
    },
  };
}
