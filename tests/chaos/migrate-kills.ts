import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { expect, onTestFinished } from "vitest";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { migrateToEnd } from "../support/migrate-to-end";
import { runProcess } from "../support/process";

/** The one that moves most: it writes every proposal again, with three indexes, and looks each one's image up in the run's items. */
const LARGEST = "0020_label_history";
const migrations = readMigrations();
const names = migrations.map(({ name }) => name);

/**
 * Kills `npm run db:migrate` again and again while it brings a database with so many proposals over the largest migration: each
 * time on a fresh one, the first kill over the copy and the others ever later in the migration. Whatever a kill leaves must be
 * sound and of before or of after, and the same command alone must lead to what it leads to when no one kills it.
 * @returns at how many kills the migration was under way
 */
export async function migrateUnderKills({ proposals, kills }: { proposals: number; kills: number }) {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-migrate-kills-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ground = join(folder, "ground.db");
  migrateToEnd(
    ground,
    migrations.filter(({ name }) => name < LARGEST),
  );
  fill(ground, proposals);
  const before = look(ground);

  let files = 0;
  function open() {
    files += 1;
    const file = join(folder, `${files}.db`);
    copyFileSync(ground, file);
    const copy = `${file}.before-${LARGEST}`;
    const run = () => runProcess(["scripts/db-migrate.ts"], { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` });
    return { file, run, isCopying: () => existsSync(`${copy}.new.partial`), isCopied: () => existsSync(copy) };
  }

  const whole = open();
  const first = whole.run();
  await until(whole.isCopied);
  const copiedAt = performance.now();
  expect(await first.ended).toMatchObject({ code: 0 });
  const tookMs = performance.now() - copiedAt;
  const after = look(whole.file);
  expect(after.applied).toEqual(names);

  let underWay = 0;
  for (let kill = 0; kill < kills; kill++) {
    const { file, run, isCopying, isCopied } = open();
    const victim = run();
    // The copy may have been made between two looks, and all the rest too.
    await until(() => (kill === 0 && isCopying()) || isCopied());
    await sleep((tookMs * kill) / kills);
    victim.kill("SIGKILL");
    await victim.ended;

    const left = look(file);
    expect(left.integrity).toBe("ok");
    expect(left.applied).toEqual(names.slice(0, left.applied.length));
    if (!left.applied.includes(LARGEST)) {
      underWay += 1;
      expect(left.contents).toBe(before.contents);
    }

    expect(await run().ended).toMatchObject({ code: 0 });
    expect(look(file)).toEqual(after);
    expect(readdirSync(folder).filter((name) => /\.(new|partial)/.test(name))).toEqual([]);
  }
  return { underWay };
}

async function until(condition: () => boolean) {
  while (!condition()) await sleep(1);
}

/** Label runs that have asked about 200 images each, so many in all, and what was proposed for each. */
function fill(file: string, proposals: number) {
  const database = new Database(file);
  database.exec(`
    WITH RECURSIVE n("id") AS (SELECT 1 UNION ALL SELECT "id" + 1 FROM n WHERE "id" < ${proposals})
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
      SELECT "id", 'references/01. Model/front_warm/' || "id" || '.png', 'e' || "id", 1, 'reference', 0, 0 FROM n;
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
      SELECT "id" / 200, 'label-run', 'Label run', 0, 'succeeded', '{}', 'script:a', 'a', 0 FROM "Image" GROUP BY 1;
    INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") SELECT "id", "id", '{}', 0 FROM "JobRun";
    INSERT INTO "JobItem" ("runId", "seq", "subject", "etag") SELECT "id" / 200, "id" % 200, "id", "etag" FROM "Image";
    INSERT INTO "Proposal" ("labelRunId", "imageId", "attribute", "value", "confidence", "createdAt")
      SELECT "id" / 200, "id", 'tone', CASE "id" % 3 WHEN 0 THEN 'warm' WHEN 1 THEN 'cool' ELSE 'neutral' END, 0.5, 0 FROM "Image";`);
  database.close();
}

/** Whether a database is sound, which migrations it has seen, and a hash of all that it holds but their history. */
function look(file: string) {
  const database = new Database(file);
  try {
    const hash = createHash("sha256");
    const tables = database.prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE name <> '_prisma_migrations' AND sql IS NOT NULL ORDER BY type, name",
    );
    for (const { name, sql } of tables.all()) {
      hash.update(`${name}\n${sql}\n`);
      if (!sql.startsWith("CREATE TABLE")) continue;
      for (const row of database.prepare(`SELECT * FROM "${name}"`).raw().iterate()) hash.update(JSON.stringify(row));
    }
    const applied = "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY rowid";
    return {
      integrity: database.pragma("integrity_check", { simple: true }),
      applied: database.prepare(applied).pluck().all(),
      contents: hash.digest("hex"),
    };
  } finally {
    database.close();
  }
}
