#!/usr/bin/env bash
# Prisma 7.10.0 with @prisma/adapter-better-sqlite3: a loop of `await`ed calls is one long task of the event loop. The driver
# answers at once and the client, its query compiler included, waits on promises alone, so that not one timer, signal handler or
# socket has a turn before the loop ends: reads, writes and interactive transactions alike. A lease that a timer is to renew
# runs out though the worker is busy and well, and SIGTERM is heeded when all is done. A turn has to be given by hand.
set -euo pipefail
source "$(dirname "$0")/support/prisma.sh"
cat > run.mts << 'CODE'
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaClient } from "./client/client";

const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: "file:./owners.db" }) });
await db.$executeRawUnsafe(`CREATE TABLE "Owner" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL)`);

async function ticksDuring(what: string, call: (n: number) => Promise<unknown>) {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  const startedAt = performance.now();
  for (let n = 0; n < 500; n += 1) await call(n);
  clearInterval(timer);
  console.log(`500 × ${what}: ${Math.round(performance.now() - startedAt)} ms, ${ticks} ticks of a timer of 5 ms`);
  return ticks;
}

const rename = (n: number) =>
  db.$transaction(async (tx) => {
    await tx.owner.update({ where: { id: n }, data: { name: "b" } });
  });
assert.equal(await ticksDuring("create", (id) => db.owner.create({ data: { id, name: "a" } })), 0);
assert.equal(await ticksDuring("findMany", () => db.owner.findMany({ take: 50 })), 0);
assert.equal(await ticksDuring("$queryRaw", (n) => db.$queryRaw`SELECT * FROM "Owner" WHERE "id" > ${n}`), 0);
assert.equal(await ticksDuring("$transaction", rename), 0);
assert.ok((await ticksDuring("$transaction and setImmediate", (n) => rename(n).then(() => turn()))) > 5);
CODE
npx --no-install tsx run.mts
