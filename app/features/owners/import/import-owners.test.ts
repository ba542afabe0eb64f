import { expect, test } from "vitest";
import { csvLine } from "~/features/csv";
import { pair } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { importOwners } from "./import-owners";
import { importOwnersHandler } from "./import-owners.server";
import { readOwnerCsv } from "./read-owner-csv.server";
import { startImport } from "./start-import.server";

const actor = { id: "operator:1", name: "Mina" };
const job = pair(importOwners, importOwnersHandler);
const ownersOf = (csv: string) => readOwnerCsv(csv).lines.flatMap((line) => ("owner" in line ? [line.owner] : []));

test.each([
  ["commas", "id,name,email\nu-1,Mina Sato,mina@diffs.studio\n"],
  ["semicolons, CRLF and a byte order mark", "\uFEFFid;name;email\r\nu-1;Mina Sato;mina@diffs.studio\r\n"],
  ["tabs, columns in another order and case, no last line break", "Email\tNAME\tID\nmina@diffs.studio\tMina Sato\tu-1"],
  ["quotes and spaces", 'id, name ,email\n"u-1"," Mina Sato ",mina@diffs.studio\n\n'],
])("reads %s", (_what, csv) => {
  expect(ownersOf(csv)).toEqual([{ id: "u-1", name: "Mina Sato", email: "mina@diffs.studio" }]);
});

test("reads quotes, separators and line breaks in cells, and what an export defused, as they were meant", () => {
  expect(ownersOf('id,name\nu-1,"Sato, ""Mina"""\n').map(({ name }) => name)).toEqual(['Sato, "Mina"']);
  const exported = csvLine(["id", "name"]) + csvLine(["=1+1", "@mina"]) + csvLine(["u-2", "'quoted"]);
  expect(ownersOf(exported)).toEqual([
    { id: "=1+1", name: "@mina", email: null },
    { id: "u-2", name: "'quoted", email: null },
  ]);
});

test("says by line what it cannot take", () => {
  const csv = 'id,name,email\nu-1,"one\n two",\n\nu-1,again,\na/b,c,\n,nobody,\nu-4,,\nu-5,e,nowhere\nu-6,f,,more\n';
  expect(readOwnerCsv(csv).lines).toEqual([
    { line: 2, complaint: "The name contains a character that cannot be seen." },
    { line: 5, owner: { id: "u-1", name: "again", email: null } },
    { line: 6, complaint: "The ID contains a slash, which separates the parts of a key." },
    { line: 7, complaint: "The ID is empty." },
    { line: 8, complaint: "The name is empty." },
    { line: 9, complaint: "“nowhere” is not an email address." },
    { line: 10, complaint: "It has 4 cells, but the header has 3." },
  ]);
  expect(readOwnerCsv("id,name\nu-1,a\nu-2,b\nu-1,c\n").lines[2]).toEqual({
    line: 4,
    complaint: "“u-1” is already in line 2.",
  });
});

test.each([
  ["nothing", "  \n", "The file is empty."],
  ["no header", "u-1,Mina\n", "The first line has no column “id” and “name”. Begin with a header"],
  ["no name", "id,email\nu-1,a@b.c\n", "The first line has no column “name”."],
  ["a column twice", "id,name,name\nu-1,a,b\n", "The first line has the column “name” twice."],
  ["a header alone", "id,name\n", "The file has a header, but no owner below it."],
  ["an open quote", 'id,name\nu-1,"a\nu-2,b\n', "In line 3 or before, a cell has a quote that is not closed."],
  ["a quote in a cell", 'id,name\nu-1,"a"b\n', "Line 2 has a quote in the middle of a cell."],
  ["another encoding", "id,name\nu-1,Jos\uFFFD\n", "The file is not encoded in UTF-8"],
  ["too many lines", `id,name\n${"u,a\n".repeat(5_001)}`, "The file has 5\u202f001 lines, and at most 5\u202f000"],
  ["too many bytes", `id,name\nu-1,${"x".repeat(1_000_001)}`, "The file has 1\u202fMB, and at most 1\u202fMB"],
])("refuses a file with %s", (_what, csv, sentence) => {
  expect(() => readOwnerCsv(csv)).toThrow(sentence);
});

async function openOwners() {
  const ports = await openTestPorts();
  const createdAt = ports.clock.now();
  await ports.db.owner.createMany({
    data: [
      { id: "u-1", name: "Mina", email: "mina@diffs.studio", createdAt },
      { id: "u-2", name: "Jun Park", createdAt },
      { id: "u-3", name: "Old", createdAt, mergedIntoId: "u-2" },
    ],
  });
  const runs = runsOf(ports, actor);
  return {
    ...ports,
    ...runs,
    planImport: async (csv: string) => runs.work((await startImport(ports, { csv, actor })).runId),
    owners: async () => {
      const rows = await ports.db.owner.findMany({ orderBy: { id: "asc" } });
      return Object.fromEntries(rows.map(({ id, name, email }) => [id, [name, email]]));
    },
  };
}

const csv =
  "id,name,email,images\nu-1,Mina Sato,,3\nu-2,Jun Park,,\nu-3,Older,,\nu-4,Sofia Reyes,sofia@diffs.studio,\n,Nobody,,\n";

test("an import is planned line by line, changes what it says, and is taken back", async () => {
  const studio = await openOwners();
  const before = await studio.owners();
  const planned = await studio.planImport(csv);
  expect(planned).toMatchObject({ status: "planned", planned: 4, title: "Import 5 lines of owners" });
  expect(planned.summary).toEqual({
    facts: [
      { label: "New owners", value: "1" },
      { label: "Renamed", value: "1" },
      { label: "Another email address only", value: "0" },
      { label: "Columns left out", value: "images" },
    ],
    leftOut: [{ what: "Unchanged", count: 1 }],
    conflicts: { count: 2, sample: ["Line 4: “u-3” was merged into “u-2”.", "Line 6: The ID is empty."] },
  });
  const { items } = await readItems(studio, { runId: planned.id });
  expect(items.map((item) => toItemView(job, item)).map(({ name, was, becomes }) => [name, was, becomes])).toEqual([
    ["u-1", "Mina, mina@diffs.studio", "Mina Sato, mina@diffs.studio"],
    ["Line 4", null, { skipped: "“u-3” was merged into “u-2”." }],
    ["u-4", "no such owner", "Sofia Reyes, sofia@diffs.studio"],
    ["Line 6", null, { skipped: "The ID is empty." }],
  ]);
  expect(await studio.owners()).toEqual(before);

  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 2, skipped: 2 });
  expect(await studio.owners()).toEqual({
    ...before,
    "u-1": ["Mina Sato", "mina@diffs.studio"],
    "u-4": ["Sofia Reyes", "sofia@diffs.studio"],
  });
  const undone = await studio.undo(run.id);
  expect(undone).toMatchObject({ succeeded: 2, skipped: 0 });
  expect(await studio.owners()).toEqual(before);
  await studio.undo(undone.id);
  expect(await studio.owners()).toMatchObject({ "u-4": ["Sofia Reyes", "sofia@diffs.studio"] });
});

test("an owner that changed meanwhile, or has images by now, stays as it is", async () => {
  const studio = await openOwners();
  const planned = await studio.planImport(csv);
  await studio.db.owner.update({ where: { id: "u-1" }, data: { name: "Minami" } });
  const run = await studio.apply(planned);
  expect(run).toMatchObject({ succeeded: 1, skipped: 3 });
  const at = studio.clock.now();
  await studio.db.image.create({
    data: { key: "a.png", etag: "e", bytes: 1, kind: "upload", ownerId: "u-4", modifiedAt: at, createdAt: at },
  });
  const undo = await studio.planUndo(run.id);
  expect(undo.summary?.conflicts?.sample).toEqual(["“u-4” has images or other owners by now, so it stays."]);
  await studio.apply(undo);
  expect(await studio.owners()).toMatchObject({
    "u-1": ["Minami", "mina@diffs.studio"],
    "u-4": ["Sofia Reyes", expect.any(String)],
  });
});
