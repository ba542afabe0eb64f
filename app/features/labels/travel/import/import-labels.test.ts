import { expect, test } from "vitest";
import { goneSincePlan } from "~/features/images/since-plan";
import { pair } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { FILE_END, fileStart } from "~/features/labels/travel/formats/label-line";
import { writeLabels } from "~/features/labels/write-labels.sql.server";
import { sql } from "~/ports/sql.server";
import { openTestPorts } from "../../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../../tests/support/world/runs";
import { importLabels } from "./import-labels";
import { importLabelsHandler } from "./import-labels.server";
import { startLabelImport } from "./start-import.server";

const actor = { id: "operator:1", name: "Mina" };
const day = (n: number) => new Date(Date.UTC(2026, 10, n));

const images = [
  { key: "references/01. Model/front_warm/a.png", etag: "a1" },
  { key: "references/01. Model/front_warm/b.png", etag: "b1" },
  { key: "references/01. Model/front_cool/c.png", etag: "c1" },
  { key: "uploads/gone.png", etag: "g1", goneAt: day(1) },
];
const [A, B, C] = [images[0]?.key ?? "", images[1]?.key ?? "", images[2]?.key ?? ""];

async function openStudio() {
  const ports = await openTestPorts();
  const { db, clock } = ports;
  const row = { bytes: 1, kind: "reference", modifiedAt: day(1), createdAt: day(1), isTextDue: false };
  await db.image.createMany({ data: images.map((image) => ({ ...row, ...image })) });
  const runs = runsOf(ports, actor);
  const plan = async (lines: string[], { source = "labels.json", overPerson = false } = {}) => {
    async function* chunks() {
      yield Buffer.from(lines.join("\n"));
    }
    return runs.work((await startLabelImport({ db, clock }, { chunks: chunks(), source, overPerson, actor })).runId);
  };
  const set = (imageId: number, attribute: string, value: string, source = "person", etag?: string) =>
    db.$write((tx) => {
      const rows = sql`SELECT ${imageId} AS "imageId", ${attribute} AS "attribute", ${value} AS "value",
        coalesce(${etag ?? null}, (SELECT "etag" FROM "Image" WHERE "id" = ${imageId})) AS "etag", ${source} AS "source",
        NULL AS "confidence", NULL AS "labelRunId", 'operator:2' AS "acceptedBy", ${day(20).getTime()} AS "acceptedAt",
        NULL AS "folder", NULL AS "jobRunId"`;
      return writeLabels(tx, rows, { by: "operator:2", at: day(20), runId: null });
    });
  /** “1 tone warm import”, … */
  const labels = async () =>
    (await db.label.findMany({ orderBy: [{ imageId: "asc" }, { attribute: "asc" }] })).map(
      ({ imageId, attribute, value, source }) => `${imageId} ${attribute} ${value} ${source}`,
    );
  const items = async (runId: number) => {
    const job = pair(importLabels, importLabelsHandler);
    return (await readItems(ports, { runId })).items.map((item) => toItemView(job, item));
  };
  return { ...ports, ...runs, plan, set, labels, items };
}

const line = (key: string, etag: string, labels: Record<string, string>, at = day(10).toISOString()) => {
  const values = Object.entries(labels).map(([attribute, value]) => [
    attribute,
    { value, source: "person", by: "Ann", at },
  ]);
  return `${JSON.stringify({ key, etag, labels: Object.fromEntries(values) })},`;
};
const file = (...lines: string[]) => [fileStart(true), ...lines, FILE_END];

test("labels go in with where they came from; the same file again has nothing to do; undo is exact", async () => {
  const studio = await openStudio();
  await studio.set(2, "tone", "cool", "model");
  const before = await studio.db.label.findMany();
  const lines = file(
    line(A, "a1", { angle: "front", tone: "warm" }),
    line(B, "b1", { tone: "warm" }),
    line(C, "c0", { angle: "back" }),
  );
  const planned = await studio.plan(lines);
  expect(planned).toMatchObject({ status: "planned", planned: 4, title: "Import labels from “labels.json”" });
  expect(planned.summary).toMatchObject({
    facts: [
      { label: "New labels", value: "3" },
      { label: "Labels with another value", value: "1" },
      { label: "Accepted for other bytes, so stale here", value: "1" },
    ],
    leftOut: [],
    warnings: [
      "This replaces 1 label accepted here later than in the file.",
      `Line 3: “${B}” has “cool” for “tone”; the file has “warm”.`,
    ],
  });
  expect(await studio.labels()).toEqual(["2 tone cool model"]);

  const done = await studio.apply(planned);
  expect(done).toMatchObject({ status: "succeeded", succeeded: 4, skipped: 0, failed: 0 });
  expect(await studio.labels()).toEqual([
    "1 angle front import",
    "1 tone warm import",
    "2 tone warm import",
    "3 angle back import",
  ]);
  expect(await studio.db.label.findFirst({ where: { imageId: 3 } })).toMatchObject({
    etag: "c0",
    acceptedBy: "operator:1",
    jobRunId: done.id,
  });
  expect(
    await studio.db.labelOrigin.findFirst({ where: { imageId: 1, attribute: "tone", jobRunId: done.id } }),
  ).toMatchObject({
    origin: JSON.stringify({ source: "person", by: "Ann", at: day(10).toISOString() }),
  });
  expect(await studio.db.labelHistory.findMany()).toMatchObject([
    { imageId: 2, value: "cool", rev: 1, endedByRunId: done.id },
  ]);

  const again = await studio.plan(lines);
  expect(again).toMatchObject({
    status: "planned",
    planned: 0,
    summary: { leftOut: [{ what: "Here already", count: 4 }] },
  });

  const undone = await studio.undo(done.id);
  expect(undone).toMatchObject({ status: "succeeded", succeeded: 4, skipped: 0 });
  const { rev, ...first } = before[0] ?? { rev: 0 };
  expect(await studio.db.label.findMany()).toEqual([{ ...first, rev: rev + 2 }]);
});

test("a person's label with another value stays and is listed, until it is told to give way", async () => {
  const studio = await openStudio();
  await studio.set(1, "tone", "cool");
  await studio.set(2, "tone", "warm");
  const lines = file(line(A, "a1", { tone: "warm" }), line(B, "b1", { tone: "warm" }));
  const sentence = `Line 2: “${A}” has “cool” for “tone”, which a person set; the file has “warm”.`;
  const planned = await studio.plan(lines);
  expect(planned.summary).toMatchObject({
    conflicts: { count: 1, sample: [sentence] },
    leftOut: [{ what: "Here already", count: 1 }],
  });
  const done = await studio.apply(planned);
  expect(done).toMatchObject({ status: "succeeded", succeeded: 0, skipped: 1 });
  expect(await studio.items(done.id)).toMatchObject([{ name: "line 2", reason: sentence }]);
  expect(await studio.labels()).toEqual(["1 tone cool person", "2 tone warm person"]);

  const over = await studio.plan(lines, { overPerson: true });
  expect(over.summary?.warnings?.[0]).toBe("This replaces 1 label set by people.");
  await studio.apply(over);
  expect(await studio.labels()).toEqual(["1 tone warm import", "2 tone warm person"]);
});

test("what does not go in names its line, and the rest goes in", async () => {
  const studio = await openStudio();
  const planned = await studio.plan(
    [
      `\uFEFF${fileStart(true)}`,
      line(A, "a1", { mood: "sad", tone: "hot", angle: "side" }),
      '{"key":"half a li',
      line("uploads/gone.png", "g1", { angle: "front", tone: "warm" }),
      line("uploads/never.png", "x", { angle: "front" }),
      line(B, "b1", { tone: "warm" }),
      line(B, "b1", { tone: "warm", angle: "back" }),
      line(B, "b1", { tone: "cool" }),
      '{"key":"uploads/never.png","etag":"e","labels":{}},',
      '{"key":"k","etag":"e","labels":{"tone":{"value":"warm","source":"nobody"}}}',
    ].map((text) => `${text}\r`),
  );
  expect(planned.summary?.conflicts).toEqual({
    count: 8,
    sample: [
      "Line 2 has the attribute “mood”, which labels/schema.json does not have.",
      "Line 2 has “hot” for “tone”, which labels/schema.json does not list.",
      "Line 3 is not JSON.",
      "Line 4: no image is called “uploads/gone.png”. If it is in the bucket, index the bucket first.",
      "Line 5: no image is called “uploads/never.png”. If it is in the bucket, index the bucket first.",
      "Line 8 says “cool”, where line 6 has “warm” for “tone” of the same image.",
      expect.stringMatching(/^Line 10 is no line of labels: labels\.tone\.source /),
      "Line 10 is the last one, and “]}” does not follow: the file was cut off.",
    ],
  });
  const done = await studio.apply(planned);
  expect(done).toMatchObject({ succeeded: 3, skipped: 8 });
  expect(await studio.labels()).toEqual(["1 angle profile import", "2 angle back import", "2 tone warm import"]);
});

test("a label that changes between plan and apply stays as it is, and so does one that changes before an undo", async () => {
  const studio = await openStudio();
  await studio.set(2, "tone", "cool", "model");
  const planned = await studio.plan(
    file(line(A, "a1", { tone: "warm", angle: "front" }), line(B, "b1", { tone: "warm" })),
  );
  await studio.set(1, "tone", "cool");
  await studio.set(2, "tone", "neutral", "model");
  await studio.set(2, "tone", "cool", "model");
  const done = await studio.apply(planned);
  expect(done).toMatchObject({ succeeded: 1, skipped: 2 });
  expect((await studio.items(done.id)).map(({ reason }) => reason)).toContain(
    "This label was changed since the plan was made. It keeps its present value.",
  );
  expect(await studio.labels()).toEqual(["1 angle front import", "1 tone cool person", "2 tone cool model"]);
  await studio.set(1, "angle", "back");
  const undo = await studio.planUndo(done.id);
  expect(undo.error).toBeNull();
  expect(undo.summary).toMatchObject({
    conflicts: { count: 1, sample: [`${A} · angle: it was set to “back” since.`] },
  });
  await studio.apply(undo);
  expect(await studio.labels()).toEqual(["1 angle back person", "1 tone cool person", "2 tone cool model"]);
});

test("an image that is gone by the time the plan is carried out gets no label", async () => {
  const studio = await openStudio();
  const planned = await studio.plan(file(line(A, "a1", { tone: "warm" }), line(B, "b1", { tone: "warm" })));
  await studio.db.image.update({ where: { id: 1 }, data: { goneAt: day(28) } });
  const done = await studio.apply(planned);
  expect(done).toMatchObject({ succeeded: 1, skipped: 1 });
  expect((await studio.items(done.id)).map(({ reason }) => reason)).toContain(goneSincePlan.reason);
  expect(await studio.labels()).toEqual(["2 tone warm import"]);
});

test("labels follow an image to its new key, and another tool's file is told by file names", async () => {
  const studio = await openStudio();
  await studio.db.image.update({ where: { id: 1 }, data: { key: "references/01. Model/front_cool/a.png" } });
  const moved = await studio.plan(
    file(line(A, "a1", { tone: "warm" }), line("references/01. Model/front_cool/a.png", "a1", { tone: "cool" })),
  );
  expect(moved).toMatchObject({ planned: 1, summary: { leftOut: [{ what: "Said twice in the file", count: 1 }] } });
  await studio.apply(moved);
  expect(await studio.labels()).toEqual(["1 tone cool import"]);
  const foreign = await studio.plan(
    ['{"file_name":"train/b.png","tone":"warm"}', '{"file_name":"x.png","tone":"warm"}'],
    {
      source: "metadata.jsonl",
    },
  );
  expect(foreign.summary).toMatchObject({
    conflicts: {
      count: 1,
      sample: ["Line 2: no image is called “x.png”. If it is in the bucket, index the bucket first."],
    },
    warnings: ["For 1 label, only the file name says which image is meant.", `Line 1: “train/b.png” is “${B}”.`],
  });
  await studio.apply(foreign);
  expect(await studio.labels()).toEqual(["1 tone cool import", "2 tone warm import"]);
  expect((await studio.db.label.findFirst({ where: { imageId: 2 } }))?.etag).toBe("b1");
});

test("a time that no calendar has says nothing, and keeps no line out", async () => {
  const studio = await openStudio();
  const planned = await studio.plan([
    `{"key":"${A}","tone":"warm","updated_at":8640000000000000}`,
    `{"key":"${B}","tone":"cool","updated_at":"-000001-01-01T00:00:00Z","created_at":"2026-11-01T00:00:00Z"}`,
  ]);
  expect(planned).toMatchObject({ status: "planned", planned: 2 });
  await studio.apply(planned);
  expect(await studio.labels()).toEqual(["1 tone warm import", "2 tone cool import"]);
});

test("a whole labels/personas.json removes what an earlier state of it brought, and nothing else", async () => {
  const studio = await openStudio();
  const own = { source: "labels/personas.json" };
  await studio.set(3, "tone", "cool");
  await studio.apply(
    await studio.plan(file(line(A, "a1", { tone: "warm", angle: "front" }), line(B, "b1", { tone: "warm" })), own),
  );
  await studio.apply(await studio.plan(file(line(C, "c1", { angle: "back" }))));
  await studio.set(2, "tone", "neutral");
  const less = await studio.plan(file(line(A, "a1", { tone: "warm" })), own);
  expect(less.summary).toMatchObject({ facts: [{ label: "Labels that the file no longer has, removed", value: "1" }] });
  const done = await studio.apply(less);
  expect(await studio.labels()).toEqual([
    "1 tone warm import",
    "2 tone neutral person",
    "3 angle back import",
    "3 tone cool person",
  ]);
  await studio.undo(done.id);
  expect(await studio.labels()).toEqual([
    "1 angle front import",
    ...["1 tone warm import", "2 tone neutral person", "3 angle back import", "3 tone cool person"],
  ]);
  const broken = await studio.plan(
    file(line(A, "a1", { tone: "warm" }), "<<<<<<< HEAD", line(B, "b1", {}).slice(9)),
    own,
  );
  expect(broken.summary).toMatchObject({
    facts: [],
    conflicts: { count: 2 },
    warnings: ["This removes no label, for 2 lines cannot be read. Mend the file, then import it again."],
  });
  const cut = await studio.plan(file(line(A, "a1", { tone: "warm" })).slice(0, 2), own);
  expect(cut.summary?.facts).toEqual([]);
});

test.each([
  [[fileStart(false), FILE_END], "“labels.json” has no labels, so there is nothing to import."],
  [["key,angle"], "“labels.json” has no labels, so there is nothing to import."],
  [["hello"], "“labels.json” is no file of labels"],
])("%j is refused, and leaves nothing behind", async (lines, sentence) => {
  const studio = await openStudio();
  await expect(studio.plan(lines)).rejects.toThrow(sentence);
  await expect(studio.db.jobRun.count()).resolves.toBe(0);
});
