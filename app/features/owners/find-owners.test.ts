import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
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
