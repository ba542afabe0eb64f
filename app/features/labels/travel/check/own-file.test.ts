import { cpSync, mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { FILE_END, fileStart } from "~/features/labels/travel/formats/label-line";
import { startOwnImport } from "~/features/labels/travel/import/start-import.server";
import { openTestPorts } from "../../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../../tests/support/world/runs";
import { readOwnFileCheck, refreshOwnFileCheck } from "./own-file-check.server";
import { startFirstImport } from "./watch-own-file.server";

const at = new Date(0);
const line = (key: string, tone: string) =>
  `{"key":"${key}","etag":"e","labels":{"tone":{"value":"${tone}","source":"person"}}}`;

/** A project's folder of this test's own, in which it runs, and a server whose index has a.png and b.png. */
async function openProject() {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-project-"));
  mkdirSync(join(folder, "labels"));
  cpSync("labels/schema.json", join(folder, "labels/schema.json"));
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });
  const ports = await openTestPorts();
  const { db } = ports;
  const image = { etag: "e", bytes: 1, kind: "upload", modifiedAt: at, createdAt: at, isTextDue: false };
  await db.image.createMany({ data: ["a.png", "b.png"].map((key) => ({ ...image, key })) });
  const write = (...lines: string[]) =>
    writeFileSync("labels/personas.json", [fileStart(true), lines.join(",\n"), FILE_END, ""].join("\n"));
  const runs = runsOf(ports, { id: "operator:1", name: "Mina" });
  /** What a worker does every few seconds. */
  const look = async () => {
    const check = await refreshOwnFileCheck(ports);
    await startFirstImport(ports, check);
    return check;
  };
  const imports = () => db.jobRun.findMany({ where: { kind: "import-labels" }, orderBy: { id: "asc" } });
  const index = () =>
    db.jobRun.create({
      data: {
        ...{
          kind: indexImages.kind,
          title: "Index",
          lane: 1,
          status: "succeeded",
          payload: "{}",
          actor: "a",
          actorName: "a",
        },
        ...{ createdAt: at, finishedAt: at },
      },
    });
  return { ...ports, ...runs, write, look, imports, index };
}

test("a fresh server starts from the file once its images are indexed, by one run that can be undone, and once only", async () => {
  const { db, write, look, imports, index, work, undo } = await openProject();
  write(line("a.png", "warm"), line("b.png", "cool"), line("elsewhere.png", "cool"));
  await look();
  expect(await imports()).toEqual([]);
  await index();
  await Promise.all([look(), look()]);
  const [first, ...more] = await imports();
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    autoApply: true,
    actorName: "First start",
    title: "Import labels from “labels/personas.json”",
  });
  expect(await work(first?.id ?? 0)).toMatchObject({ status: "succeeded", succeeded: 2, skipped: 1 });
  expect(await db.label.count()).toBe(2);
  expect(await look()).toMatchObject({ inBoth: 2, onlyInFile: 1, unknown: 1 });
  await undo(first?.id ?? 0);
  await look();
  expect(await imports()).toHaveLength(2);
});

test("a server whose labels and file differ says so until its import is applied; nothing is compared twice", async () => {
  const { db, clock, write, look, index, imports, work, apply, advance } = await openProject();
  await index();
  expect(await look()).toMatchObject({ inBoth: 0, onlyHere: 0, onlyInFile: 0 });
  write(line("a.png", "warm"));
  await look();
  await work((await imports())[0]?.id ?? 0);
  expect(await look()).toMatchObject({ inBoth: 1, onlyInFile: 0, otherValue: 0 });
  const checkedAt = (await readOwnFileCheck(db))?.checkedAt;
  advance(60_000);
  await look();
  expect((await readOwnFileCheck(db))?.checkedAt).toEqual(checkedAt);

  // A deployment brings another file.
  write(line("a.png", "cool"), line("b.png", "neutral"));
  expect(await look()).toMatchObject({ otherValue: 1, onlyInFile: 1 });
  expect((await readOwnFileCheck(db))?.found).toMatchObject({
    first: [
      "“a.png”, tone: “warm” in the database, “cool” in the file.",
      "“b.png”, tone: “neutral”, only in the file.",
    ],
  });
  expect(await imports()).toHaveLength(1);
  const { runId } = await startOwnImport({ db, clock }, { actor: { id: "operator:1", name: "Mina" } });
  const planned = await work(runId);
  expect(planned).toMatchObject({ status: "planned", planned: 2 });
  await apply(planned);
  expect(await look()).toMatchObject({ inBoth: 2, otherValue: 0, onlyInFile: 0 });
});

test("a file that cannot be read is said, and nothing is started from it", async () => {
  const { db, look, imports, index } = await openProject();
  await index();
  writeFileSync("labels/personas.json", '{"version":2,"images":[\n]}');
  const sentence =
    "“labels/personas.json” is of version 2, and this console reads version 1. Update the console first.";
  expect(await look()).toEqual({ problem: sentence });
  expect((await readOwnFileCheck(db))?.found).toEqual({ problem: sentence });
  unlinkSync("labels/personas.json");
  expect(await look()).toMatchObject({ onlyInFile: 0, onlyHere: 0 });
  expect(await imports()).toEqual([]);
});
