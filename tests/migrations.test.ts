import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { findAnswers, findKeptAnswer } from "~/features/labeling/asking/kept-answers.sql.server";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { createDb } from "~/ports/db.server";
import { fileNameOf, sql, valuesOf } from "~/ports/sql.server";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { openTestDb } from "./support/db";
import { migrateToEnd } from "./support/migrate-to-end";
import { runProcess } from "./support/process";

/** Every trigger that the migrations make. One that a rebuilt table lost without a word is missing here. */
const triggers = [
  "AuditEvent_refuses_delete",
  "AuditEvent_refuses_replace",
  "AuditEvent_refuses_update",
  "Image_key_is_kept",
  "Image_key_makes_text_due",
  "LabelHistory_refuses_delete",
  "LabelHistory_refuses_renumber",
  "LabelHistory_refuses_replace",
  "LabelHistory_refuses_update",
  "Label_changes_over_its_history",
  "Label_comes_after_its_history",
  "Label_goes_over_its_history",
  "Label_is_no_longer_tallied",
  "Label_is_replaced_over_its_history",
  "Label_is_tallied",
  "Label_refuses_renumber",
  "ModelCall_is_no_longer_tallied",
  "ModelCall_is_no_longer_tallied_as_it_was",
  "ModelCall_is_tallied",
  "ModelCall_is_tallied_as_it_is_now",
  "Owner_name_is_indexed",
  "Owner_name_is_no_longer_indexed",
  "Owner_new_name_is_indexed",
  "PromptVersion_is_kept_once",
  "PromptVersion_refuses_delete",
  "PromptVersion_refuses_replace",
  "PromptVersion_refuses_update",
];

test("every trigger exists after all migrations", async () => {
  const db = await openTestDb();
  const rows = await db.$queryRaw<
    { name: string }[]
  >`SELECT "name" FROM sqlite_schema WHERE "type" = 'trigger' ORDER BY 1`;
  expect(rows.map((row) => row.name)).toEqual(triggers);
});

test("images are found by their file name along an index that Prisma does not know", async () => {
  const db = await openTestDb();
  const plan = await db.$queryRaw<{ detail: string }[]>`
    EXPLAIN QUERY PLAN SELECT i."id" FROM "Image" i WHERE ${fileNameOf(sql`i."key"`)} IN ${valuesOf(["a.png"])}`;
  expect(plan.map(({ detail }) => detail).join()).toContain("Image_fileName_idx");
});

test("a row of the audit log can be neither changed nor removed", async () => {
  const db = await openTestDb();
  const event = { at: new Date(), actor: "a", actorName: "A", action: "x", subject: "y", detail: "{}", sentence: "Z" };
  await db.auditEvent.create({ data: event });
  await expect(db.$executeRaw`UPDATE "AuditEvent" SET "actorName" = 'B'`).rejects.toThrow("append-only");
  await expect(db.$executeRaw`DELETE FROM "AuditEvent"`).rejects.toThrow("append-only");
  expect(await db.auditEvent.findMany()).toMatchObject([event]);
});

test("a prompt version can be neither changed nor removed", async () => {
  const db = await openTestDb();
  const content = { instructions: "Say the tone.", attributes: "{}", settings: "{}", examples: "[]" };
  const version = { name: "Tones", version: 1, hash: "h1", ...content, createdAt: new Date(0) };
  await db.promptVersion.create({ data: version });
  await expect(db.$executeRaw`UPDATE "PromptVersion" SET "examples" = '[{}]'`).rejects.toThrow("never changes");
  await expect(db.$executeRaw`DELETE FROM "PromptVersion"`).rejects.toThrow("never goes");
  expect(await db.promptVersion.findMany()).toMatchObject([version]);
});

/** Two rows of each table whose former rows are to stay, for the image 1. */
const keptRows = `
  INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt") VALUES
    (1, 'a.png', 'e', 1, 'upload', 0, 0), (2, 'b.png', 'e', 1, 'upload', 0, 0);
  INSERT INTO "AuditEvent" ("id", "at", "actor", "actorName", "action", "subject", "detail", "sentence")
    VALUES (1, 0, 'a', 'A', 'x', 'y', '{}', 'One'), (2, 0, 'a', 'A', 'x', 'y', '{}', 'Two');
  INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt", "rev")
    VALUES (1, 'tone', 'warm', 'e', 'person', 'a', 0, 2), (1, 'angle', 'front', 'e', 'person', 'a', 0, 2);
  INSERT INTO "LabelHistory" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt", "rev", "endedAt", "endedBy")
    VALUES (1, 'tone', 'cool', 'e', 'person', 'a', 0, 1, 0, 'a'), (1, 'angle', 'back', 'e', 'person', 'a', 0, 1, 0, 'a');
  INSERT INTO "PromptVersion" ("id", "name", "version", "hash", "instructions", "attributes", "settings", "examples", "createdAt", "createdByName")
    VALUES (1, 'Tones', 1, 'h1', 'Say the tone.', '{}', '{}', '[]', 0, 'A'), (2, 'Tones', 2, 'h2', 'Tell the tone.', '{}', '{}', '[]', 0, 'A');`;

/** In place of a column's value: another author, then also another key but for one. */
const forged = { actorName: "'forged'", acceptedBy: "'forged'", createdByName: "'forged'" };
const forgeries = [
  forged,
  { ...forged, id: "NULL", imageId: "2", hash: `"hash" || 'x'` },
  { ...forged, id: "NULL", imageId: "2", version: `"version" + 2` },
];

test("no row of a table that keeps its rows is removed by one in its place", () => {
  const { old } = openOldDb("9999");
  old.exec(keptRows);
  // SQLite's own default, with which REPLACE asks no trigger that refuses to delete.
  expect(old.pragma("recursive_triggers", { simple: true })).toBe(0);
  const keepers = old
    .prepare<[], string>("SELECT tbl_name FROM sqlite_schema WHERE name LIKE '%refuses_delete' ORDER BY 1")
    .pluck()
    .all();
  expect(keepers).toEqual(["AuditEvent", "LabelHistory", "PromptVersion"]);
  for (const table of [...keepers, "Label"]) {
    const columns = old.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table);
    const names = columns.map((name) => `"${name}"`).join(", ");
    const values = (forgery: Record<string, string>) => columns.map((name) => forgery[name] ?? `"${name}"`).join(", ");
    const read = () => old.prepare(`SELECT rowid, * FROM "${table}"`).all();
    const before = read();
    expect(before).toHaveLength(2);
    for (const statement of [
      ...forgeries.flatMap((forgery) => [
        `INSERT OR REPLACE INTO "${table}" SELECT ${values(forgery)} FROM "${table}"`,
        `INSERT OR REPLACE INTO "${table}" (rowid, ${names}) SELECT rowid, ${values(forgery)} FROM "${table}"`,
      ]),
      ...["rowid", "oid", "_rowid_"].map((name) => `UPDATE OR REPLACE "${table}" SET ${name} = 2 WHERE ${name} = 1`),
      ...columns.map((name) => `UPDATE OR REPLACE "${table}" SET "${name}" = (SELECT max("${name}") FROM "${table}")`),
      `DELETE FROM "${table}"`,
    ]) {
      old.exec("BEGIN");
      try {
        old.exec(statement);
      } catch (error) {
        expect(String(error), statement).toMatch(/append-only|over its history|never changes|never goes/);
      }
      expect(read(), statement).toEqual(expect.arrayContaining(before));
      old.exec("ROLLBACK");
    }
  }
});

test("an address and a Google account are one operator's at a time, removed ones aside", async () => {
  const db = await openTestDb();
  const jun = { email: "jun@diffs.studio", sub: "1", name: "Jun", role: "viewer", createdAt: new Date() };
  await db.operator.create({ data: { ...jun, removedAt: new Date() } });
  await db.operator.create({ data: jun });
  await expect(db.operator.create({ data: { ...jun, sub: "2" } })).rejects.toThrow("Unique constraint");
  await expect(db.operator.create({ data: { ...jun, email: "j@diffs.studio" } })).rejects.toThrow("Unique constraint");
  await db.operator.create({ data: { ...jun, email: "j@diffs.studio", sub: null } });
  await db.operator.create({ data: { ...jun, email: "k@diffs.studio", sub: null } });
});

/** A database as it was before a migration. `finish` brings it up to date. */
function openOldDb(before: string) {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "ops.db");
  const migrations = readMigrations();
  migrateToEnd(
    file,
    migrations.filter(({ name }) => name < before),
  );
  const old = new Database(file);
  return {
    old,
    async finish() {
      old.close();
      migrateToEnd(file, migrations);
      const db = await createDb(`file:${file}`);
      onTestFinished(() => db.$disconnect());
      return db;
    },
  };
}

test("a database of before the response was kept has its answers read as before, and no dollars that cannot be true", async () => {
  const { old, finish } = openOldDb("0006");
  old.exec(`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
      VALUES (1, 'a.png', 'e1', 10, 'reference', 0, 0), (2, 'b.png', 'e2', 10, 'reference', 0, 0), (3, 'c.png', 'e3', 10, 'reference', 0, 0);
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
      VALUES (7, 'label-run', 'Label run', 0, 'cancelled', '{}', 'script:a', 'a', 0);
    INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") VALUES (3, 7, '{}', 0);
    INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "reservedUsd", "outcome", "reason", "rawResponse", "promptTokens", "usd", "createdAt")
      VALUES (3, 1, 'q1', 0.004, 'labelled', NULL, '{"tone":{"value":"warm","confidence":0.9}}', 1300, 0.001, 0),
             (3, 2, 'q2', 0.004, 'refused', 'it judged the picture unsafe (IMAGE_SAFETY)', '{"candidates":[]}', 1300, 0.0004, 0),
             (3, 3, 'q3', 0.004, 'invalid', 'The answer is empty.', 'pink', -2053333333, -616, 0);
  `);
  const db = await finish();
  expect(await findKeptAnswer({ db }, { labelRunId: 3, imageId: 1, requestHashes: ["q1"] })).toEqual({
    outcome: "labelled",
    answer: '{"tone":{"value":"warm","confidence":0.9}}',
    isTakenOver: false,
  });
  expect(await findKeptAnswer({ db }, { labelRunId: 3, imageId: 2, requestHashes: ["q2"] })).toMatchObject({
    outcome: "refused",
    reason: "it judged the picture unsafe (IMAGE_SAFETY)",
  });
  expect(
    await findAnswers(
      { db },
      [1, 2, 3].map((imageId) => ({ imageId, requestHash: `q${imageId}` })),
    ),
  ).toEqual(
    new Map([
      ["1 q1", "at-hand"],
      ["2 q2", "used"],
    ]),
  );
  const clock = { now: () => new Date() };
  expect(await sumSpend({ db, clock }, { since: new Date(0) })).toMatchObject({
    spentUsd: 0.0014,
    reservedUsd: 0.004,
    unknownUsd: 0.004,
  });
  expect((await db.modelCall.findMany()).map(({ rawResponse }) => rawResponse)).toEqual([null, null, null]);
});

test.each([
  ["it judged the image or its own answer unsafe (IMAGE_SAFETY)", "used"],
  ["it considers the image prohibited content (PROHIBITED_CONTENT)", "used"],
  ["its answer was too close to an image that it knows (IMAGE_RECITATION)", "used"],
  ["it says JAILBREAK", "used"],
  ["it gave no reason (OTHER)", undefined],
  ["it gave no reason (IMAGE_OTHER)", undefined],
  ["it does not speak a language of the request (LANGUAGE)", undefined],
  ["it says MALFORMED_RESPONSE", undefined],
  ["it says NOT_SAFETY", undefined],
])("an old refusal is final only where it was one: %s", async (reason, answered) => {
  const { old, finish } = openOldDb("0006");
  old.exec(`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt") VALUES (1, 'a.png', 'e1', 10, 'reference', 0, 0);
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
      VALUES (7, 'label-run', 'Label run', 0, 'succeeded', '{}', 'script:a', 'a', 0);
    INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") VALUES (3, 7, '{}', 0);`);
  old
    .prepare(`INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "reservedUsd", "outcome", "reason", "usd", "createdAt")
      VALUES (3, 1, 'q1', 0.004, 'refused', ?, 0.001, 0)`)
    .run(reason);
  const db = await finish();
  expect((await findAnswers({ db }, [{ imageId: 1, requestHash: "q1" }])).get("1 q1")).toBe(answered);
  expect(await db.modelCall.findFirst()).toMatchObject({ outcome: answered ? "refused" : "unanswered", usd: 0.001 });
});

test("proposals of before know which bytes they are about as long as their run's items do", async () => {
  const { old, finish } = openOldDb("0020");
  old.exec(`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
      VALUES (1, 'a.png', 'e2', 10, 'reference', 0, 0), (2, 'b.png', 'e2', 10, 'reference', 0, 0);
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
      VALUES (7, 'label-run', 'Label run', 0, 'succeeded', '{}', 'script:a', 'a', 0),
             (8, 'label-run', 'Label run', 0, 'succeeded', '{}', 'script:a', 'a', 0);
    INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") VALUES (3, 7, '{}', 0), (4, 8, '{}', 0);
    INSERT INTO "JobItem" ("runId", "seq", "subject", "etag") VALUES (7, 0, '1', 'e1'), (7, 1, '2', 'e2'), (8, 0, '2', 'e0');
    INSERT INTO "Proposal" ("labelRunId", "imageId", "attribute", "value", "createdAt")
      VALUES (3, 1, 'tone', 'warm', 0), (3, 2, 'tone', 'warm', 0), (4, 1, 'tone', 'cool', 0);
  `);
  const db = await finish();
  expect(await db.proposal.findMany({ select: { imageId: true, etag: true, value: true, decision: true } })).toEqual([
    { imageId: 1, etag: "e1", value: "warm", decision: "open" },
    { imageId: 2, etag: "e2", value: "warm", decision: "open" },
    { imageId: 1, etag: "", value: "cool", decision: "open" },
  ]);
});

test("no migration begins or ends a transaction: each is one, together with its row of the history", () => {
  const ends = /^\s*(BEGIN\s*(;|DEFERRED|IMMEDIATE|EXCLUSIVE|TRANSACTION)|COMMIT|ROLLBACK|VACUUM|ATTACH)/im;
  expect(readMigrations().length).toBeGreaterThan(25);
  expect(readMigrations().filter(({ sql }) => ends.test(sql))).toEqual([]);
});

test("the next migration can rebuild a table: no trigger or view stands in the way of a rename", async () => {
  const db = await openTestDb();
  await db.$executeRaw`CREATE TABLE "new_A" ("x" INTEGER)`;
  await db.$executeRaw`ALTER TABLE "new_A" RENAME TO "A"`;
  await db.$executeRaw`ALTER TABLE "A" RENAME COLUMN "x" TO "y"`;
  expect(await db.$queryRaw`SELECT "y" FROM "A"`).toEqual([]);
});

test("the migrations make just what schema.prisma says, and the next one drops no full-text table", async () => {
  const { file } = await openTestDb();
  const { code, stdout } = await runProcess(["scripts/db-migrate.ts", "--check"], { DATABASE_URL: `file:${file}` })
    .ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: "-- This is an empty migration.\n" });
});
