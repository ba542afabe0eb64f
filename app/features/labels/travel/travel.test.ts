import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeLabels } from "~/features/labels/write-labels.sql.server";
import { sql } from "~/ports/sql.server";
import { startTestS3 } from "../../../../tests/support/store/s3";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { compareOwnFile } from "./check/compare-file.server";
import { differenceWords, isSame } from "./check/label-difference";
import { type ExportFormat, exportLabels } from "./export/export-labels.server";
import { startLabelImport } from "./import/start-import.server";

const actor = { id: "operator:1", name: "Mina" };
const day = (n: number) => new Date(Date.UTC(2026, 10, n));
// In the order of bytes, which is not the order of JavaScript's strings: 😀 comes last.
const keys = [
  "references/01. Model/front_warm/a, “b”.png",
  "references/01. Model/test/val.png",
  "uploads/\uFF21 & <1>.png",
  "uploads/😀.png",
];

function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-labels-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server whose index has these images, and no label. */
async function openServer(s3?: Awaited<ReturnType<typeof startTestS3>>) {
  const ports = { ...(await openTestPorts()), ...(s3 && { storage: s3.storage }) };
  const { db } = ports;
  const row = { bytes: 1, kind: "reference", modifiedAt: day(1), createdAt: day(1), isTextDue: false };
  await db.image.createMany({ data: keys.map((key, at) => ({ ...row, key, etag: `e${at}` })) });
  const runs = runsOf(ports, actor);
  const importFile = async (file: string) => {
    const chunks = createReadStream(file);
    const started = await startLabelImport(ports, { chunks, source: basename(file), overPerson: false, actor });
    return runs.apply(await runs.work(started.runId));
  };
  const labels = async () => {
    const found = await db.label.findMany({
      include: { image: true },
      orderBy: [{ imageId: "asc" }, { attribute: "asc" }],
    });
    return found.map(({ image, attribute, value, etag }) => [image.key, attribute, value, etag]);
  };
  const out = (format: ExportFormat, file: string) => exportLabels(ports, { format, out: file, query: null });
  return { ...ports, ...runs, importFile, labels, out };
}

/** The labels of a server on which a person and a model labeled. */
async function openLabeled(s3?: Awaited<ReturnType<typeof startTestS3>>) {
  const server = await openServer(s3);
  const { db } = server;
  await db.operator.create({
    data: { id: 1, email: "mina@example.com", name: "Mina", role: "operator", createdAt: day(1) },
  });
  const prompt = { instructions: "", attributes: "{}", settings: '{"model":"gemini-3-flash"}', examples: "[]" };
  await db.promptVersion.create({ data: { ...prompt, name: "personas", version: 3, hash: "abc", createdAt: day(1) } });
  const run = {
    kind: "label-run",
    title: "Label run",
    lane: 0,
    status: "succeeded",
    payload: "{}",
    actor: "a",
    actorName: "a",
  };
  await db.jobRun.create({ data: { id: 7, ...run, createdAt: day(1) } });
  await db.labelRun.create({ data: { id: 3, jobRunId: 7, promptVersionId: 1, scope: "{}", createdAt: day(1) } });
  const rows = [
    [1, "angle", "front", "e0", "person", null, null, "front_warm"],
    [1, "tone", "warm", "e0", "model", 0.75, 3, "front_warm"],
    [2, "tone", "cool", "e1", "model", 0.5, 3, null],
    [3, "angle", "back", "e-former", "person", null, null, null],
    [4, "ageRange", "70+", "e3", "person", null, null, null],
  ] as const;
  await db.$write(async (tx) => {
    for (const [imageId, attribute, value, etag, source, confidence, labelRunId, folder] of rows) {
      const select = sql`SELECT ${imageId} AS "imageId", ${attribute} AS "attribute", ${value} AS "value", ${etag} AS "etag",
        ${source} AS "source", ${confidence} AS "confidence", ${labelRunId} AS "labelRunId", 'operator:1' AS "acceptedBy",
        ${day(2).getTime()} AS "acceptedAt", ${folder} AS "folder", NULL AS "jobRunId"`;
      await writeLabels(tx, select, { by: "operator:1", at: day(2), runId: null });
    }
  });
  return server;
}

test("export, a fresh database, import: the same labels, and the same file from there, whoever exports it", async () => {
  const folder = openFolder();
  const [first, second] = [join(folder, "first.json"), join(folder, "second.json")];
  const server = await openLabeled();
  expect(await server.out("labels", first)).toEqual({ images: 4, labels: 5, failed: [] });
  const lines = readFileSync(first, "utf8").split("\n");
  expect(lines[0]).toBe('{"version":1,"whole":true,"images":[');
  expect(lines[1]).toBe(
    '{"key":"references/01. Model/front_warm/a, “b”.png","etag":"e0","labels":{' +
      '"angle":{"value":"front","source":"person","by":"Mina","at":"2026-11-02T00:00:00.000Z","folder":"front_warm"},' +
      '"tone":{"value":"warm","source":"model","by":"Mina","at":"2026-11-02T00:00:00.000Z","confidence":0.75,' +
      '"prompt":{"name":"personas","version":3,"hash":"abc"},"model":"gemini-3-flash","folder":"front_warm"}}},',
  );
  expect(lines.slice(1, 5).map((line) => JSON.parse(line.replace(/,$/, "")).key)).toEqual(keys);
  expect(readdirSync(folder)).toEqual(["first.json"]);

  const fresh = await openServer();
  expect(await fresh.importFile(first)).toMatchObject({ status: "succeeded", succeeded: 5, skipped: 0 });
  expect(await fresh.labels()).toEqual(await server.labels());
  await fresh.out("labels", second);
  expect(readFileSync(second, "utf8")).toBe(readFileSync(first, "utf8"));
  expect(isSame(await compareOwnFile(fresh.db, first))).toBe(true);
});

test("a file and a database that differ: what, where, and what of it an import could bring", async () => {
  const file = join(openFolder(), "personas.json");
  const server = await openLabeled();
  expect(await compareOwnFile(server.db, file)).toMatchObject({ onlyHere: 5, inBoth: 0, onlyInFile: 0 });
  await server.out("labels", file);
  const same = await compareOwnFile(server.db, file);
  expect(isSame(same)).toBe(true);
  expect(same.inBoth).toBe(5);
  const text = readFileSync(file, "utf8")
    .replace('"warm","source":"model"', '"cool","source":"model"')
    .replace('"by":"Mina"', '"by":"Ann"')
    .replace('"etag":"e-former"', '"etag":"e2"')
    .replace(
      /\{"key":"uploads\/😀.png".*\n/u,
      (line) => `{"key":"uploads/0.png","etag":"e","labels":{}}\n${line.replace("😀", "😁")}`,
    );
  writeFileSync(file, text);
  const different = await compareOwnFile(server.db, file);
  expect(differenceWords(different)).toEqual([
    "1 label only in the database",
    "1 label only in the file, for images that are not indexed here",
    "1 label with another value",
    "1 label accepted for other bytes",
    "1 label with another origin",
    "1 line of the file that cannot be compared",
  ]);
  expect(different.first).toContain(`“${keys[0]}”, tone: “warm” in the database, “cool” in the file.`);
  expect(different.first).toContain(
    "Line 5 is not in the order of keys, or its key comes twice. Export the file again.",
  );
});

test.each(["label-studio", "label-studio-min", "label-studio-csv"] as const)(
  "out as %s, and in again",
  async (format) => {
    const folder = openFolder();
    const file = join(folder, format.endsWith("csv") ? "out.csv" : "out.json");
    const server = await openLabeled();
    expect(await server.out(format, file)).toEqual({ images: 4, labels: 5, failed: [] });
    const fresh = await openServer();
    expect(await fresh.importFile(file)).toMatchObject({ status: "succeeded", succeeded: 5, skipped: 0 });
    expect(await fresh.labels()).toEqual(await server.labels());
    if (format === "label-studio") {
      expect(readFileSync(join(folder, "label-config.xml"), "utf8")).toContain(
        '<Choices name="tone" toName="image" choice="single-radio" showInline="true">\n    <Choice value="warm"/>',
      );
    }
  },
);

test("out as a folder of images with metadata.jsonl, and in again; an image that cannot be read is left out and named", async () => {
  const s3 = await startTestS3();
  for (const [at, key] of keys.entries())
    if (at !== 1) await s3.storage.put(key, Buffer.from(`picture ${at}`), { contentType: "image/png" });
  const folder = openFolder();
  const server = await openLabeled(s3);
  const exported = await server.out("imagefolder", folder);
  expect(exported).toMatchObject({ images: 3, labels: 4, failed: [expect.stringContaining(`“${keys[1]}”`)] });
  const rows = readFileSync(join(folder, "metadata.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows[0]).toEqual({
    file_name: expect.stringMatching(/^images\/[0-9a-f]{2}\/[0-9a-f]{20}\.png$/),
    key: keys[0],
    etag: "e0",
    ...{ angle: "front", tone: "warm", expression: null, hairLength: null, wardrobe: null, ageRange: null },
  });
  expect(readFileSync(join(folder, rows[0].file_name), "utf8")).toBe("picture 0");
  // The loader takes any such word in a path, set apart by these signs, for a split, and loads only what lies in splits.
  for (const row of rows) {
    expect(row.file_name).not.toMatch(
      /(^|[-._ 0-9/])(train|training|validation|valid|dev|val|test|testing|eval|evaluation)([-._ 0-9/]|$)/,
    );
    expect(Object.keys(row)).toEqual(Object.keys(rows[0]));
    expect(statSync(join(folder, row.file_name)).isFile()).toBe(true);
  }
  const fresh = await openServer();
  await fresh.importFile(join(folder, "metadata.jsonl"));
  const expected = (await server.labels()).filter(([key]) => key !== keys[1]);
  expect(await fresh.labels()).toEqual(expected);
});

test("a write that fails leaves the former file, and no other", async () => {
  const folder = openFolder();
  const file = join(folder, "personas.json");
  writeFileSync(file, "as it was");
  const server = await openLabeled();
  await expect(
    exportLabels(server, { format: "labels", out: file, query: { label: [{ attribute: "mood", value: "sad" }] } }),
  ).rejects.toThrow("There is no attribute called “mood”");
  expect(readFileSync(file, "utf8")).toBe("as it was");
  expect(readdirSync(folder)).toEqual(["personas.json"]);
});
