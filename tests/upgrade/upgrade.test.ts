import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { findSignedIn } from "~/features/operators/operator-sessions.server";
import { loadEnv } from "~/ports/env.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { SESSION_TOKEN } from "../../scripts/dev/old-database/add-people";
import { dumpSql } from "../../scripts/dev/old-database/dump-sql";
import { findLosses } from "../../scripts/dev/old-database/find-losses";
import { ROOT } from "../../scripts/dev/old-database/old-images";
import { FIXTURE, writeOldDatabase } from "../../scripts/dev/old-database/write-old-database";
import { contextOf } from "../support/console";
import { routeModules } from "../support/route-modules";
import { openFixture, openUpgradedStudio } from "./old-studio";

test("the database of before is the one that its generator writes", () => {
  const { file } = openFixture();
  writeOldDatabase(file, FIXTURE.images);
  expect(dumpSql(file)).toBe(readFileSync(FIXTURE.file, "utf8"));
});

test("it has a row in each of its tables", () => {
  const { file } = openFixture();
  const database = new Database(file, { readonly: true });
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'")
    .pluck()
    .all();
  const isEmpty = (table: string) => database.prepare(`SELECT 1 FROM "${table}"`).get() === undefined;
  expect(tables).toHaveLength(21);
  expect(tables.filter(isEmpty)).toEqual([]);
  database.close();
});

test("an upgrade keeps every row as it was, but for what a migration says", async () => {
  const { file, before, migrate } = openFixture();
  const { code, stderr } = await migrate();
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("before-0003_store_abilities") });
  expect(stderr).not.toContain("was edited");
  expect(findLosses(before, file)).toEqual([
    { table: "LabelRun", changed: 0, added: 0, dropped: ["promotedBy"] },
    // A refusal that was none, and dollars that cannot be true.
    { table: "ModelCall", changed: 2, added: 0, dropped: [] },
    { table: "_prisma_migrations", changed: 0, added: expect.any(Number), dropped: [] },
  ]);
  const database = new Database(file, { readonly: true });
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(database.pragma("foreign_key_check")).toEqual([]);
  database.close();
});

test("a label run that was cut off goes on, and buys no answer again that it had", async () => {
  const { db, work, gemini } = await openUpgradedStudio();
  const before = await db.proposal.findMany();
  expect(await work(9)).toMatchObject({ status: "succeeded", planned: 13, succeeded: 13, failed: 0, skipped: 0 });

  // Four were done, and of a fifth the answer had come.
  expect(gemini.calls()).toMatchObject({ total: 8 });
  const outcomes = await db.modelCall.groupBy({ by: ["outcome"], where: { labelRunId: 2 }, _count: true });
  expect(Object.fromEntries(outcomes.map(({ outcome, _count }) => [outcome, _count]))).toEqual({
    labelled: 13,
    // Two were on their way: what they cost is not known.
    reserved: 2,
  });
  const after = await db.proposal.findMany();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.filter(({ labelRunId }) => labelRunId === 2)).toHaveLength(13 * 6);
});

test("a rename that was cut off within a move goes on, and so does the audit after it", async () => {
  const { db, work, namesBelow } = await openUpgradedStudio();
  expect(await work(10)).toMatchObject({ status: "succeeded", planned: 3, succeeded: 3 });
  expect(await namesBelow(`${ROOT}back_neutral/`)).toEqual([]);
  expect(await namesBelow(`${ROOT}back_warm/`)).toEqual(["02.png", "03.png", "reference.png"]);
  const images = await db.image.findMany({ where: { id: { in: [19, 20, 21] } }, select: { key: true, goneAt: true } });
  expect(images).toEqual(
    ["02.png", "03.png", "reference.png"].map((name) => ({ key: `${ROOT}back_warm/${name}`, goneAt: null })),
  );
  const former = await db.formerKey.findMany({ where: { imageId: { in: [19, 20, 21] } }, orderBy: { key: "asc" } });
  expect(former.map(({ key }) => key)).toEqual(
    ["02.png", "03.png", "reference.png"].map((name) => `${ROOT}back_neutral/${name}`),
  );
  expect(await work(13)).toMatchObject({ status: "succeeded", failed: 0 });
});

test("what was paused is resumed, what was planned is applied, and what was done is undone", async () => {
  const { db, ports, read, work, apply, undo, namesBelow } = await openUpgradedStudio();
  await resumeRun(ports, { runId: 11, actor: { id: "operator:1", name: "Mina Kang" } });
  expect(await work(11)).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(await db.image.findUnique({ where: { id: 4 } })).toMatchObject({ contentType: "image/png", width: 8 });

  expect(await apply(await read(12))).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await namesBelow("trash/")).toEqual([`run-12/${ROOT}front_warm/notes.txt`]);

  expect(await undo(5)).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(await namesBelow(`${ROOT}front_neutral/`)).toEqual(["02.png", "reference.png"]);
  expect(await namesBelow(`${ROOT}front_cool/`)).toEqual([]);
});

const CONSOLE = "http://127.0.0.1:3000";
const runs = Array.from(
  { length: 15 },
  (_, n) => ["_console.job-runs.$id", `/job-runs/${n + 1}`, { id: `${n + 1}` }] as const,
);

test("every page can be read, of each run too, and who was signed in still is", async () => {
  const { ports } = await openUpgradedStudio();
  expect(await findSignedIn(ports, SESSION_TOKEN)).toMatchObject({ id: 1, role: "admin" });
  const context = contextOf({ env: loadEnv({ NODE_ENV: "test", PORT: "3000", LOG_LEVEL: "silent" }), ports });
  const cookie = await signIn({ request: new Request(CONSOLE), context }, 1);
  const headers = { Cookie: cookie.split(";")[0] ?? "" };
  for (const [route, path, params] of [
    ["_console._index", "/", {}],
    ["_console.attribute-groups._index", "/attribute-groups", {}],
    ["_console.attribute-groups._index", "/attribute-groups?view=changes", {}],
    ["_console.attribute-groups.$group", "/attribute-groups/front_warm", { group: "front_warm" }],
    ["_console.audit-log", "/audit-log", {}],
    ["_console.images._index", "/images", {}],
    ["_console.images.$id", "/images/8", { id: "8" }],
    ["_console.label-runs._index", "/label-runs", {}],
    ["_console.label-runs.$id", "/label-runs/4", { id: "4" }],
    ["_console.label-runs.$id", "/label-runs/9?tab=progress", { id: "9" }],
    ["_console.owners._index", "/owners", {}],
    ["_console.operators", "/operators", {}],
    ["_console.prompts._index", "/prompts", {}],
    ["_console.prompts.$id", "/prompts/1", { id: "1" }],
    ["_console.references", "/references?root=Model&tone=warm&angle=front", {}],
    ["_console.refusals", "/refusals", {}],
    ["_console.schedules", "/schedules", {}],
    ["_console.job-runs._index", "/job-runs", {}],
    ...runs,
  ] as const) {
    const module: { loader(args: object): Promise<unknown> } = await import(
      routeModules.find((one) => one.route === route)?.file ?? route
    );
    const request = new Request(`${CONSOLE}${path}`, { headers });
    await expect(module.loader({ request, params, context }), path).resolves.toBeDefined();
  }
});
