import { expect, test } from "vitest";
import { type FileEntry, readLabelFile } from "./read-label-file.server";

const attributes = ["angle", "tone", "ageRange"];

/** Reads a file that comes in pieces of 7 bytes. */
async function read(text: string | Buffer, source = "labels.file") {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  const facts = { isWhole: false, unused: new Set<string>() };
  const entries: FileEntry[] = [];
  for await (const entry of readLabelFile(chunks(), { attributes, source, facts })) entries.push(entry);
  return { entries, isWhole: facts.isWhole, unused: [...facts.unused] };
}

const own = (...lines: string[]) => ['{"version":1,"whole":true,"images":[', ...lines, "]}", ""];
const person = '{"value":"front","source":"person"}';
const a = `{"key":"a.png","etag":"e1","labels":{"angle":${person}}}`;
const b = `{"key":"b.png","etag":"e2","labels":{"tone":{"value":"warm","source":"model","confidence":0.5}}}`;
const readA = {
  told: "a.png",
  isForeign: false,
  labels: [{ attribute: "angle", value: "front", etag: "e1", origin: { source: "person" } }],
  problems: [],
};
const readB = {
  told: "b.png",
  isForeign: false,
  labels: [{ attribute: "tone", value: "warm", etag: "e2", origin: { source: "model", confidence: 0.5 } }],
  problems: [],
};

test.each([
  ["\n", ""],
  ["\r\n", ""],
  ["\n", "\uFEFF"],
])("our own file, with lines that end in %j and %j before the first", async (newline, before) => {
  const { entries, isWhole } = await read(before + own(`${a},`, b).join(newline));
  expect(entries).toEqual([
    { line: 2, ...readA },
    { line: 3, ...readB },
  ]);
  expect(isWhole).toBe(true);
});

test("half a line in the middle names its line, and the rest goes in", async () => {
  const { entries } = await read(own(`${a},`, '{"key":"c.png","etag":"e","labels":{"to', `${b}`).join("\n"));
  expect(entries).toEqual([
    { line: 2, ...readA },
    { line: 3, problem: "is not JSON" },
    { line: 4, ...readB },
  ]);
});

test("a file that was cut off goes in as far as it goes, and is not taken for a whole one", async () => {
  const text = own(`${a},`, b).join("\n");
  const cut = await read(text.slice(0, text.indexOf('"warm"') + 3));
  const end = { line: 3, problem: expect.stringMatching(/^is the last one, and “\]}” does not follow/) };
  expect(cut.entries).toEqual([{ line: 2, ...readA }, { line: 3, problem: "is not JSON" }, end]);
  expect(cut.isWhole).toBe(false);
});

test("bytes that are no text name their line", async () => {
  const [start, ...rest] = own(`${a},`, b);
  const text = Buffer.concat([Buffer.from(`${start}\n`), Buffer.from([0xff, 0xfe, 10]), Buffer.from(rest.join("\n"))]);
  expect((await read(text)).entries[0]).toEqual({ line: 2, problem: "is not UTF-8 text" });
});

/**
 * A folder of images as Hugging Face's loader reads it. Source: huggingface/datasets,
 * src/datasets/packaged_modules/folder_based_builder/folder_based_builder.py (`file_name` or `*_file_name` names the picture, any other
 * property is a column, every row has the same), and docs/source/image_dataset.mdx.
 */
test("metadata.jsonl of a folder of images", async () => {
  const { entries, unused } = await read(
    [
      '{"file_name": "0001.png", "angle": "front", "tone": null, "caption": "A woman"}',
      '{"file_name": "images/0002.png", "key": "references/b.png", "etag": "e2", "angle": null, "tone": "warm", "caption": ""}',
      '{"file_name": "0003.png", "angle": 2, "tone": "cool", "caption": ""}',
      '{"caption": "no name"}',
    ].join("\n"),
    "metadata.jsonl",
  );
  const origin = { source: "import", file: "metadata.jsonl" };
  expect(entries).toEqual([
    {
      line: 1,
      told: "0001.png",
      isForeign: true,
      labels: [{ attribute: "angle", value: "front", etag: null, origin }],
      problems: [],
    },
    {
      line: 2,
      told: "references/b.png",
      isForeign: true,
      labels: [{ attribute: "tone", value: "warm", etag: "e2", origin }],
      problems: [],
    },
    {
      line: 3,
      told: "0003.png",
      isForeign: true,
      labels: [{ attribute: "tone", value: "cool", etag: null, origin }],
      problems: ["has the class number 2, which says nothing without the names of the classes, for “angle”"],
    },
    { line: 4, problem: "names no image: it has no “key”, “file_name” or “image”" },
  ]);
  expect(unused).toEqual(["caption"]);
});

/**
 * A task as Label Studio exports it. Source: labelstud.io/guide/task_format.html (“Label Studio JSON format of annotated tasks”);
 * several annotations, cancelled ones and `completions` as HumanSignal/label-studio-sdk reads them, src/label_studio_sdk/converter/
 * converter.py, `annotation_result_from_task`.
 */
const result = (name: string, ...choices: string[]) => ({
  id: "Dx_aB91ISN",
  from_name: name,
  to_name: "img",
  type: "choices",
  origin: "manual",
  value: { choices },
});
const annotated = (id: number, results: object[], more: object = {}) => ({
  id,
  completed_by: 10,
  was_cancelled: false,
  ground_truth: false,
  created_at: "2021-03-09T22:16:08.728353Z",
  updated_at: "2021-03-09T22:16:08.728378Z",
  lead_time: 4.288,
  result: results,
  task: 1,
  ...more,
});

test("Label Studio's JSON: the newest annotation that nobody cancelled, whatever it calls the picture", async () => {
  const image = "s3://studio-images/references/01. Model/front_warm/a.png";
  const tasks = [
    {
      id: 1,
      project: 83,
      data: { image },
      annotations: [
        annotated(1, [result("angle", "back")]),
        annotated(2, [result("angle", "front"), result("tone", "warm"), result("mood", "sad")], {
          updated_at: "2021-03-10T22:16:08.728378Z",
          completed_by: { id: 1, email: "mina@example.com" },
        }),
        annotated(3, [result("angle", "profile")], { updated_at: "2021-03-11T22:16:08Z", was_cancelled: true }),
      ],
      predictions: [{ model_version: "model 1", result: [result("tone", "cool")] }],
    },
    {
      id: 2,
      data: { photo: "/data/upload/3/0a1b2c3d-B%20b.png", note: "x" },
      completions: [annotated(4, [result("angle", "front", "back"), result("tone", "cool")])],
    },
    { id: 3, data: { image: "/data/local-files/?d=studio/c.png" }, annotations: [annotated(5, [])] },
    { id: 4, data: { image: "https://cdn.example/studio/d%20d.png?v=1" }, annotations: [] },
    "not a task",
  ];
  const { entries } = await read(JSON.stringify(tasks, null, 2), "tasks.json");
  const by = { source: "import", file: "tasks.json" };
  expect(entries).toMatchObject([
    {
      line: 2,
      told: "references/01. Model/front_warm/a.png",
      labels: [
        {
          attribute: "angle",
          value: "front",
          origin: { ...by, by: "mina@example.com", at: "2021-03-10T22:16:08.728Z" },
        },
        { attribute: "tone", value: "warm" },
      ],
    },
    {
      told: "B b.png",
      labels: [{ attribute: "tone", value: "cool", origin: { ...by, by: "10" } }],
      problems: ["has 2 choices for “angle”"],
    },
    { told: "studio/c.png", labels: [] },
    { told: "studio/d d.png", labels: [] },
    { problem: "has something between two tasks that is no task" },
  ]);
});

/**
 * Source: HumanSignal/label-studio-sdk, src/label_studio_sdk/converter: `convert_to_json_min` (the task's data, its id, then a property a
 * choice, then annotator and times) and `prettify_result` of utils.py (one choice is its text, several are `{ choices: […] }`,
 * several answers are a list).
 */
test("Label Studio's JSON-MIN", async () => {
  const row = {
    annotator: 1,
    annotation_id: 9,
    created_at: null,
    updated_at: "2022-11-04T18:50:53.017151Z",
    lead_time: 10.7,
  };
  const tasks = [
    { image: "s3://b/a.png", id: 4, angle: "front", tone: { choices: ["warm", "cool"] }, ...row },
    { image: "s3://b/b.png", id: 5, tone: { choices: ["cool"] }, angle: ["front", "back"], mood: "sad", ...row },
  ];
  const { entries, unused } = await read(`\uFEFF${JSON.stringify(tasks)}`, "min.json");
  expect(entries).toMatchObject([
    {
      line: 1,
      told: "a.png",
      labels: [{ attribute: "angle", value: "front", origin: { by: "1", at: "2022-11-04T18:50:53.017Z" } }],
      problems: ["has 2 choices for “tone”"],
    },
    { told: "b.png", labels: [{ attribute: "tone", value: "cool" }], problems: ["has no single choice for “angle”"] },
  ]);
  expect(unused).toEqual(["mood"]);
});

/**
 * Source: HumanSignal/label-studio-sdk, src/label_studio_sdk/converter/exports/csv2.py (columns in the order of their names, all text in quotes,
 * what is no text as JSON) and tests/custom/converter/data/test_export_csv/csv_test2_result.csv (separated by tabs).
 */
test.each([",", "\t"])("Label Studio's CSV, separated by %j", async (separator) => {
  const lines = [
    ["angle", "annotation_id", "annotator", "created_at", "id", "image", "lead_time", "tone", "updated_at"].map(
      (name) => `"${name}"`,
    ),
    [
      '"front"',
      "9",
      '"test@heartex.com"',
      '"2022-11-04T18:50:53.017134Z"',
      "4",
      '"s3://b/a, b.png"',
      "10.744",
      '"{""choices"":[""warm"",""cool""]}"',
      '"2022-11-04T18:50:53.017151Z"',
    ],
    ['""', "10", '"test@heartex.com"', '""', "5", '"s3://b/b.png"', "1.5", '"warm"', '""'],
    ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
  ];
  const { entries } = await read(lines.map((cells) => cells.join(separator)).join("\r\n"), "export.csv");
  expect(entries).toMatchObject([
    {
      line: 2,
      told: "a, b.png",
      labels: [{ attribute: "angle", value: "front", origin: { by: "test@heartex.com" } }],
      problems: ["has 2 choices for “tone”"],
    },
    { line: 3, told: "b.png", labels: [{ attribute: "tone", value: "warm" }], problems: [] },
    { line: 4, problem: "has 10 cells, but the header has 9" },
  ]);
});

test.each([
  ["", "“labels.file” is empty."],
  ["\uFEFF \n", "“labels.file” is empty."],
  ["hello", "“labels.file” is no file of labels: it is not JSON, and as CSV its first line needs"],
  ["key,mood\na.png,sad", "as CSV its first line needs “key”, “file_name” or “image” and an attribute"],
  ['{"version":2,"whole":true,"images":[\n]}', "“labels.file” is of version 2, and this console reads version 1."],
])("the file %j is refused whole", async (text, sentence) => {
  await expect(read(text)).rejects.toThrow(sentence);
});

test.each([
  ['[{"image":"a.png","angle":"front"},{"image":"b.png","ang', "begins a task that has no end: the file was cut off"],
  ['[{"image":"a.png","angle":"front"},', "has no “]”: the file was cut off"],
  [
    'key,angle\na.png,front\n"b.png,front\n',
    "begins a cell whose quotes do not end: the file was cut off, or is no CSV",
  ],
])("%s goes in up to where it was cut off", async (text, problem) => {
  const { entries } = await read(text);
  expect(entries).toMatchObject([{ told: "a.png", labels: [{ value: "front" }] }, { problem }]);
});
