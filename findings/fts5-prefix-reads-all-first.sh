#!/usr/bin/env bash
# SQLite's FTS5 (3.53 in better-sqlite3 12.11.1): the question whether any row has a word that begins so (`MATCH '"port"*'
# LIMIT 1`) takes as long as finding all rows that do, for a beginning's rows are gathered and put in order before the first one is
# told. A whole word gives its first row at once. The words themselves, by the very same index (`fts5vocab`), tell it as fast.
# It matters where a page first asks whether a search finds anything.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts better-sqlite3@12.11.1
npm rebuild --prefix "$work" --silent better-sqlite3 > /dev/null
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import Database from "better-sqlite3";

const ROWS = 300_000;
const db = new Database(":memory:");
db.exec(`
  CREATE VIRTUAL TABLE "Text" USING fts5("words", content='', detail=none);
  CREATE VIRTUAL TABLE "Word" USING fts5vocab('Text', 'row');
  WITH RECURSIVE n("id") AS (SELECT 1 UNION ALL SELECT "id" + 1 FROM n WHERE "id" < ${ROWS})
  INSERT INTO "Text" ("rowid", "words") SELECT "id", 'portrait' || ("id" % 7) || ' studio' FROM n;
  INSERT INTO "Text" ("Text") VALUES ('optimize');`);

/** The least of nine, in ms. */
function time(text, ...values) {
  const statement = db.prepare(text).pluck();
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    assert.ok(statement.get(...values) !== undefined);
    return performance.now() - start;
  });
  return Math.min(...times);
}

const found = {
  "a whole word, LIMIT 1": time(`SELECT "rowid" FROM "Text" WHERE "Text" MATCH 'portrait3' LIMIT 1`),
  "its beginning, LIMIT 1": time(`SELECT "rowid" FROM "Text" WHERE "Text" MATCH '"portrait"*' LIMIT 1`),
  "its beginning, all counted": time(`SELECT count(*) FROM "Text" WHERE "Text" MATCH '"portrait"*'`),
  "its beginning among the words": time(`SELECT "term" FROM "Word" WHERE "term" >= 'portrait' AND "term" < 'portraiu' LIMIT 1`),
};
console.log("SQLite", db.prepare("SELECT sqlite_version()").pluck().get());
for (const [what, ms] of Object.entries(found)) console.log(`${what}: ${ms.toFixed(3)} ms`);
const [word, beginning, all, among] = Object.values(found);
assert.ok(beginning > 20 * word, "a beginning's first row comes as fast as a word's");
assert.ok(beginning > all / 4, "a beginning's first row comes before the others are found");
assert.ok(beginning > 20 * among, "the words are no faster");
CODE
(cd "$work" && node run.mjs)
