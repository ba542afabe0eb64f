#!/usr/bin/env bash
# Prisma 7.10.0 with @prisma/adapter-better-sqlite3: a client that was disconnected connects again by itself at its next query, on a
# new connection of SQLite that knows nothing of the PRAGMAs that were set at start: no error, no event. The build of SQLite that
# better-sqlite3 has takes `synchronous` NORMAL for a database in WAL mode, so that what was FULL before is no longer on the disk
# when a commit returns. The journal mode stays, for the file itself has it. A PRAGMA belongs into the adapter's own `connect`.
set -euo pipefail
source "$(dirname "$0")/support/prisma.sh"
cat > run.mts << 'CODE'
import assert from "node:assert/strict";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaClient } from "./client/client";

const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: "file:./owners.db" }) });
const names = ["journal_mode", "synchronous", "cache_size", "recursive_triggers"];
async function read() {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const [row] = await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    values[name] = typeof row?.[name] === "bigint" ? Number(row[name]) : row?.[name];
  }
  return values;
}

for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "cache_size = -64000", "recursive_triggers = ON"])
  await db.$queryRawUnsafe(`PRAGMA ${pragma}`);
const before = await read();
await db.$disconnect();
const after = await read();
console.log("before $disconnect:", before);
console.log("at the next query: ", after);
assert.deepEqual(before, { journal_mode: "wal", synchronous: 2, cache_size: -64000, recursive_triggers: 1 });
assert.equal(after.journal_mode, "wal");
assert.equal(after.synchronous, 1);
assert.notEqual(after.cache_size, -64000);
assert.equal(after.recursive_triggers, 0);
CODE
npx --no-install tsx run.mts
