import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import { createDb } from "~/ports/db.server";
import { LEFT_AT } from "../../scripts/dev/old-database/add-run";
import { listImages, listObjects } from "../../scripts/dev/old-database/old-images";
import { MODEL } from "../../scripts/dev/old-database/prompts";
import { FIXTURE } from "../../scripts/dev/old-database/write-old-database";
import { openTestGemini } from "../support/gemini";
import { migrateToEnd } from "../support/migrate-to-end";
import { runProcess } from "../support/process";
import { startTestS3 } from "../support/store/s3";
import { portsAround } from "../support/world/nowhere";
import { runsOf } from "../support/world/runs";

const HOUR_MS = 3_600_000;

/** The committed database of before, as two files: one to upgrade, and one to hold it against. */
export function openFixture() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-upgrade-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "ops.db");
  const before = join(folder, "before.db");
  const database = new Database(before);
  database.exec(readFileSync(FIXTURE.file, "utf8"));
  database.close();
  copyFileSync(before, file);
  const migrate = () =>
    runProcess(["scripts/db-migrate.ts"], { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` }).ended;
  return { file, before, migrate };
}

/** The studio an hour after it stopped: the database upgraded, the bucket as it was, and a Gemini that answers. */
export async function openUpgradedStudio() {
  const { file } = openFixture();
  migrateToEnd(file);
  const [{ storage }, { model, gemini }] = await Promise.all([
    startTestS3({ maxAttempts: 1 }),
    openTestGemini({ model: MODEL }),
  ]);
  for (const { key, picture } of listObjects(listImages(FIXTURE.images))) {
    await storage.put(key, picture.body, { contentType: "application/octet-stream" });
  }
  const db = await createDb(`file:${file}`);
  onTestFinished(() => db.$disconnect());
  const offMs = LEFT_AT + HOUR_MS - Date.now();
  const clock = { now: () => new Date(Date.now() + offMs) };
  const ports = portsAround({ db, storage, model, clock });
  /** What lies below a prefix of the bucket, without it. */
  async function namesBelow(prefix: string) {
    const names: string[] = [];
    for await (const { objects } of storage.list({ prefix }))
      names.push(...objects.map(({ key }) => key.slice(prefix.length)));
    return names;
  }
  return { ...runsOf(ports), db, ports, gemini, namesBelow };
}
