import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
import { growthAtFourTimes } from "../../../tests/support/growth";
import { findOwners } from "./find-owners.sql.server";

async function openOwners() {
  const db = await openTestDb();
  const createdAt = new Date("2026-11-20T10:00:00Z");
  const owners = [
    { id: "u-1042", name: "Mina Sato", email: "mina@diffs.studio" },
    { id: "jun-park", name: "박준", email: null },
    { id: "sofia", name: "Sofia Reyes-100%", email: "s_r@diffs.studio" },
    { id: "emile", name: "Émile Müller", email: null },
    { id: "minerva", name: "Aminata Diallo", email: null },
  ];
  await db.owner.createMany({ data: owners.map((owner) => ({ ...owner, createdAt })) });
  await db.owner.create({ data: { id: "mina-old", name: "Mina (old)", createdAt, mergedIntoId: "u-1042" } });
  return db;
}

test.each([
  ["nothing: all by name", "", ["minerva", "u-1042", "sofia", "emile", "jun-park"]],
  ["the beginning of a name or an id before its middle, and no merged owner", "min", ["minerva", "u-1042"]],
  ["words in any order and case", "SATO mina", ["u-1042"]],
  ["an id", "1042", ["u-1042"]],
  ["an email address", "@diffs", ["u-1042", "sofia"]],
  ["a name in Korean", "준", ["jun-park"]],
  ["a name without its accents, in any case", "EMILE muller", ["emile"]],
  ["the first letters of a name with accents", "é", ["emile"]],
  ["a percent sign as a letter", "%", ["sofia"]],
  ["an underscore as a letter", "_", ["sofia"]],
  ["nobody", "nobody", []],
  ["a NUL, which no name has", "\0", []],
])("finds by %s", async (_what, text, ids) => {
  const db = await openOwners();
  expect((await findOwners(db, { text, limit: 10 })).map(({ id }) => id)).toEqual(ids);
});

test("finds no more than are asked for", async () => {
  const db = await openOwners();
  expect(await findOwners(db, { text: "", limit: 1 })).toEqual([
    { id: "minerva", name: "Aminata Diallo", email: null },
  ]);
});

test("finds a renamed owner by the new name, one with another ID under it, and a removed one no longer", async () => {
  const db = await openOwners();
  const idsOf = async (text: string) => (await findOwners(db, { text, limit: 10 })).map(({ id }) => id);
  await db.owner.update({ where: { id: "minerva" }, data: { name: "Zoë Diallo" } });
  await db.owner.update({ where: { id: "sofia" }, data: { id: "sofía" } });
  await db.owner.delete({ where: { id: "jun-park" } });
  expect([await idsOf("aminata"), await idsOf("zoe"), await idsOf("reyes"), await idsOf("준")]).toEqual([
    [],
    ["minerva"],
    ["sofía"],
    [],
  ]);
  expect(await db.$queryRaw`SELECT "ownerId" FROM "OwnerText" ORDER BY 1`).toEqual(
    ["emile", "mina-old", "minerva", "sofía", "u-1042"].map((ownerId) => ({ ownerId })),
  );
});

test("new names take as long for each owner however many there are, and so does it to remove them", async () => {
  const { file } = await openTestDb();
  const db = new Database(file);
  const fill = db.prepare(`
    WITH "n" ("value") AS (VALUES (1) UNION ALL SELECT "value" + 1 FROM "n" WHERE "value" < ?)
    INSERT INTO "Owner" ("id", "name", "createdAt") SELECT 'u-' || "value", 'Owner ' || "value", 0 FROM "n"`);
  const rename = (owners: number) => {
    db.exec(`BEGIN`);
    fill.run(owners);
    db.exec(`UPDATE "Owner" SET "name" = "name" || ' the second'; DELETE FROM "Owner"; ROLLBACK`);
  };
  expect(growthAtFourTimes(500, rename)).toBeLessThan(8);
  db.close();
});
