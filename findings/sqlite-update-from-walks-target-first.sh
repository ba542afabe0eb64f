#!/usr/bin/env bash
# SQLite 3.53 (better-sqlite3 12.11.1): in UPDATE t … FROM a CROSS JOIN b, the CROSS JOIN holds a before b, but not both before t.
# Without statistics the planner walks all of t, and for each of its rows all of what a and b leave, though t has a unique index on
# the very columns that they are joined by: rows × rows. With twice as many it takes four times as long. The same source as a
# grouped subquery is worked out once, and found in by an index that SQLite makes for it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts better-sqlite3@12.11.1
npm rebuild --prefix "$work" --silent better-sqlite3 > /dev/null
cd "$work"
cat > run.mjs << 'CODE'
import assert from "node:assert/strict";
import Database from "better-sqlite3";

const update = {
  joined: `UPDATE "proposal" SET "etag" = i."etag" FROM "label_run" r CROSS JOIN "item" i
            WHERE i."run" = r."job_run" AND "proposal"."label_run" = r."id" AND "proposal"."image" = CAST(i."subject" AS INTEGER)`,
  grouped: `UPDATE "proposal" SET "etag" = s."etag"
              FROM (SELECT r."id" AS "label_run", CAST(i."subject" AS INTEGER) AS "image", i."etag"
                      FROM "label_run" r CROSS JOIN "item" i WHERE i."run" = r."job_run" GROUP BY 1, 2) s
             WHERE "proposal"."label_run" = s."label_run" AND "proposal"."image" = s."image"`,
};

function fill(rows) {
  const db = new Database(":memory:");
  db.exec(`
    CREATE TABLE "label_run" ("id" INTEGER PRIMARY KEY, "job_run" INTEGER NOT NULL UNIQUE);
    CREATE TABLE "item" ("run" INTEGER NOT NULL, "seq" INTEGER NOT NULL, "subject" TEXT NOT NULL, "etag" TEXT NOT NULL, PRIMARY KEY ("run", "seq"));
    CREATE TABLE "proposal" ("id" INTEGER PRIMARY KEY, "label_run" INTEGER NOT NULL, "image" INTEGER NOT NULL, "etag" TEXT);
    CREATE UNIQUE INDEX "proposal_of_image" ON "proposal" ("label_run", "image");
    INSERT INTO "label_run" VALUES (1, 7);
    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ${rows})
    INSERT INTO "item" SELECT 7, x, CAST(x AS TEXT), 'e' || x FROM n;
    INSERT INTO "proposal" ("label_run", "image") SELECT 1, "seq" FROM "item";`);
  return db;
}

function time(kind, rows) {
  const db = fill(rows);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${update[kind]}`).all().map(({ detail }) => detail);
  const before = process.cpuUsage();
  const { changes } = db.prepare(update[kind]).run();
  const used = process.cpuUsage(before);
  assert.equal(changes, rows);
  assert.equal(db.prepare(`SELECT count(*) FROM "proposal" WHERE "etag" = 'e' || "image"`).pluck().get(), rows);
  return { plan, ms: Math.round((used.user + used.system) / 1_000) };
}

console.log(`SQLite ${new Database(":memory:").prepare("SELECT sqlite_version()").pluck().get()}`);
const [some, twice, grouped] = [time("joined", 1_500), time("joined", 3_000), time("grouped", 3_000)];
console.log("joined:", some.plan, `1,500 rows ${some.ms} ms, 3,000 rows ${twice.ms} ms of the processor`);
console.log("grouped:", grouped.plan, `3,000 rows ${grouped.ms} ms`);
assert.match(twice.plan[0], /^SCAN proposal/);
assert.ok(twice.plan.some((step) => /^SEARCH i USING INDEX \w+ \(run=\?\)$/.test(step)));
assert.ok(twice.ms > 2.5 * some.ms && twice.ms > 10 * grouped.ms);
CODE
node run.mjs
