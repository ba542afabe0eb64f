import { expect, test } from "vitest";
import { openTestDb } from "../../tests/support/db";

test.each([
  ["journal_mode", "wal"],
  ["synchronous", 2n], // FULL: a commit is on the disk before the bucket follows it
  ["foreign_keys", 1n],
  ["wal_autocheckpoint", 16_000n],
])("the database is opened with %s = %s", async (pragma, value) => {
  const db = await openTestDb();
  expect(await db.$queryRawUnsafe(`PRAGMA ${pragma}`)).toEqual([{ [pragma]: value }]);
  // The client opens another connection by itself.
  await db.$disconnect();
  expect(await db.$queryRawUnsafe(`PRAGMA ${pragma}`)).toEqual([{ [pragma]: value }]);
});

test("a loop of writes lets the process's timers run", async () => {
  const db = await openTestDb();
  let writes = 0;
  let writesBefore: number | null = null;
  setTimeout(() => {
    writesBefore = writes;
  }, 0);
  for (; writes < 2_000 && writesBefore === null; writes += 1) {
    await db.$write((tx) => tx.owner.updateMany({ data: { name: "x" } }));
  }
  expect(writesBefore).not.toBeNull();
});
