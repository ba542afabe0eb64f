import { expect, test } from "vitest";
import { z } from "zod";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { recordEvent } from "~/features/audit-log/record-event";
import { indexImages } from "~/features/images/index/index-images";
import { checks } from "~/features/monitoring/checks/registry.server";
import { loadEnv } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { lists } from "../scripts/list/lists";
import { asJson, asLines, asTable } from "../scripts/list/print-list";
import { readList } from "../scripts/list/read-list";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { routeModules } from "./support/route-modules";
import { openTestPorts } from "./support/world/nowhere";
import { openWorld } from "./support/world/world";

const env = loadEnv({ NODE_ENV: "test" });
/** All rows of a list, as the words of the script ask for it. */
const rowsOf = async (ports: Ports, ...words: string[]) => {
  const { list, params } = readList(lists, words);
  const rows: object[] = [];
  for await (const page of list.pages(ports, params, env)) rows.push(...page);
  return rows;
};

/** Pages of the console that list nothing of their own, and why. */
const noList: Record<string, string> = {
  "/$": "It is shown where there is no page.",
  "/attribute-groups/$group": "One group: its images are the list “images”, by root and group.",
  "/images/$id": "One image.",
  "/ingest": "A form.",
  "/label-runs/new": "A form.",
  "/owners/import": "A form.",
  "/prompts/$id": "One version of a prompt.",
  "/prompts/new": "A form.",
};

test("every page that lists something can be listed from a shell", () => {
  const pages = routeModules
    .map(({ route }) => route)
    .filter((route) => route.startsWith("_console."))
    .map(
      (route) =>
        `/${route
          .slice("_console.".length)
          .replace(/\.?_index$/, "")
          .replaceAll(".", "/")}`,
    );
  const listed = Object.values(lists).map(({ page }) => page);
  const without = pages.filter((page) => !listed.includes(page) && !(page in noList));
  expect(without, "Add a list to scripts/list/lists.ts, or say in tests/lists.test.ts why there is none").toEqual([]);
  expect([...listed, ...Object.keys(noList)].filter((page) => !pages.includes(page))).toEqual([]);
});

test.each(Object.keys(lists))("%s of an empty database is empty, or says what is missing", async (name) => {
  const ports = await openTestPorts();
  const refused: Record<string, string> = {
    "attribute-groups": "“Model” was never audited. Audit it first.",
    findings: "“Model” was never audited. Audit it first.",
    proposals: "There is no label run 1.",
    "job-run-items": "There is no run 1.",
  };
  const needs: Record<string, string> = { proposals: "run=1", "job-run-items": "run=1", "image-names": "name=a.png" };
  const full: Record<string, number> = { checks: checks.length, "model-quotas": 1, "api-tokens": 1 };
  const work = rowsOf(ports, name, needs[name] ?? "");
  if (refused[name]) await expect(work).rejects.toThrow(refused[name]);
  else expect(await work).toHaveLength(full[name] ?? 0);
});

test("lists are narrowed and ordered as on their pages", async () => {
  const world = await openWorld();
  const front = "references/01. Model/front_warm/";
  await world.put({
    [`${front}reference.png`]: "one",
    [`${front}notes.txt`]: "text",
    "generated/u-1/2026/11/b.png": "two",
  });
  await world.carryOut(indexImages, { prefix: "" });
  await world.carryOut(auditGroups, { root: null });
  const { ports } = world;
  await ports.db.image.update({ where: { key: `${front}notes.txt` }, data: { goneAt: new Date(0) } });
  const cases: [words: string[], rows: object[]][] = [
    [["images", "kind=generated"], [{ key: "generated/u-1/2026/11/b.png", ownerId: "u-1" }]],
    [["images", "/images?kind=generated&view=table&size=3&after=1.x"], [{ key: "generated/u-1/2026/11/b.png" }]],
    [["images", "https://ops.example.com/images?kind=generated"], [{ key: "generated/u-1/2026/11/b.png" }]],
    [["image-names", "name=b.png"], [{ key: "generated/u-1/2026/11/b.png" }]],
    [["owners", "text=u-1"], [{ id: "u-1", images: 1 }]],
    [["attribute-groups", "type=not-an-image"], [{ name: "front_warm", images: 1 }]],
    [["findings", "type=not-an-image"], [{ type: "not-an-image", severity: "warning" }]],
    [
      ["references", "tone=warm&angle=front&ageRange=20s"],
      [
        { mode: "tone", type: "missing-combination", attributes: { angle: "three-quarter" } },
        { mode: "tone", type: "missing-combination", attributes: { angle: "profile" } },
        { mode: "tone", type: "missing-combination", attributes: { angle: "back" } },
        { mode: "tone", type: "no-label", groups: ["front_warm"] },
        { mode: "tone+angle", type: "no-label", groups: ["front_warm"] },
      ],
    ],
    [["job-runs", "kind=audit-groups&page=7"], [{ id: 2, status: "succeeded" }]],
    [["job-run-items", "run=2"], [{ outcome: "succeeded" }]],
    [["job-run-items", "/job-runs/2"], [{ outcome: "succeeded" }]],
    [["job-run-items", "/job-runs/2?outcome=failed"], []],
    [["audit-log", "action=nothing"], []],
    [["thumbnails"], [{ state: "missing", images: 2 }]],
    [["orphans"], [{ key: `${front}notes.txt`, bytes: 4, trashRunId: null }]],
    [["duplicates", "/storage/duplicates?kind=alike&owner=u-1&after=1-1"], []],
  ];
  for (const [words, rows] of cases) expect(await rowsOf(ports, ...words), words.join(" ")).toMatchObject(rows);
});

test.each([
  ["audit-log", "since=yesterday", "The filter “since” does not take “yesterday”."],
  ["job-runs", "since=2026-13-01", "The filter “since” does not take “2026-13-01”."],
  ["duplicates", "kind=blue", "The filter “kind” does not take “blue”."],
  ["refusals", "run=abc", "The filter “run” does not take “abc”."],
  ["refusals", "outside=maybe&model=m", "The filter “outside” does not take “maybe”."],
  ["findings", "type=not-an-imag", "The filter “type” does not take “not-an-imag”."],
  ["attribute-groups", "type=not-an-imag", "The filter “type” does not take “not-an-imag”."],
])("%s refuses %s, rather than list all", async (name, address, sentence) => {
  const world = await openWorld();
  await world.put({ "references/01. Model/front_warm/reference.png": "one" });
  await world.carryOut(auditGroups, { root: null });
  await expect(rowsOf(world.ports, name, address)).rejects.toThrow(sentence);
});

test("all images that an old name can mean are listed, and proposals by all that narrows their page", async () => {
  const world = await openWorld();
  const keys = Array.from({ length: 70 }, (_, n) => `generated/u-1/2026/${n}/same.png`);
  await world.put(Object.fromEntries(keys.map((key) => [key, key])));
  await world.carryOut(indexImages, { prefix: "" });
  expect(await rowsOf(world.ports, "image-names", "name=same.png")).toHaveLength(70);
  const { list, params } = readList(lists, ["proposals", "/label-runs/1?unlabeled=yes&decision=open"]);
  expect([list.page, params.get("unlabeled")]).toEqual(["/label-runs/$id", "yes"]);
});

test.each([
  [[], "Give the NAME of a list. Lists are images, image-names, owners,"],
  [["photos"], "There is no list called “photos”. Lists are images, image-names, owners,"],
  [["__proto__"], "There is no list called “__proto__”."],
  [["owners", "kind=upload"], "The list “owners” has no filter “kind”. Filters are text, sort."],
  [["schedules", "kind=upload"], "The list “schedules” has no filter “kind”. It has none."],
  [["job-run-items"], "The list “job-run-items” needs “run=…”."],
  [["images", "/owners?text=a"], "“/owners” is not the page of the list “images”, which is /images."],
  [["images", "a?b=c"], "“a” is not the page of the list “images”, which is /images."],
  [["images", "kind=upload", "sort=key-asc"], "Give one ADDRESS, in quotation marks, not “sort=key-asc” too."],
])("%j is a usage error", (words, sentence) => {
  expect(() => readList(lists, words)).toThrow(sentence);
});

async function* pages(...all: object[][]) {
  yield* all;
}
const gather = async (parts: AsyncIterable<string>) => {
  let text = "";
  for await (const part of parts) text += part;
  return text;
};

test("rows are written one a line, harmless to a terminal, and as JSON that says the same", async () => {
  const at = new Date("2026-11-20T10:00:00Z");
  const rows = [
    { id: 1, key: "a\u001b[2J", at },
    { id: 2, key: "모델", at: null },
  ];
  const [first = {}, second = {}] = rows;
  expect(await gather(asLines(pages([first], [second])))).toBe(
    '{"id":1,"key":"a\\u001b[2J","at":"2026-11-20T10:00:00.000Z"}\n{"id":2,"key":"모델","at":null}\n',
  );
  expect(JSON.parse(await gather(asJson(pages([first], [], [second]))))).toEqual([
    { ...first, at: "2026-11-20T10:00:00.000Z" },
    second,
  ]);
  expect(await gather(asJson(pages()))).toBe("[]\n");
  const table = [
    ["id", "key".padEnd(12), "at"],
    ["1 ", "a<U+001B>[2J", "2026-11-20T10:00:00.000Z"],
    ["2 ", "모델".padEnd(12), "-"],
  ];
  expect(await asTable(pages([first], [second]), ["id", "key", "at"])).toBe(
    table.map((cells) => cells.join("  ")).join("\n"),
  );
  expect(await asTable(pages(), ["id"])).toBe("There is none.");
  const many = Array.from({ length: 101 }, (_, id) => ({ id }));
  expect(await asTable(pages(many), ["id"])).toMatch(/\n99\n\nThere are more than 100: --json or --ndjson prints all/);
});

test("the script prints all of a long list, page by page, and refuses in the form that was asked for", async () => {
  const db = await openTestDb();
  const actor = { id: "operator:1", name: "Mina" };
  await db.$write(async (tx) => {
    for (let n = 0; n < 2_500; n += 1) {
      await recordEvent(tx, {
        at: new Date(n),
        actor,
        action: "run.apply",
        subject: `run:${n}`,
        sentence: `Applied ${n}`,
      });
    }
  });
  const run = (...words: string[]) =>
    runProcess(["scripts/list.ts", ...words], { DATABASE_URL: `file:${db.file}` }).ended;
  const rows = z.array(z.object({ subject: z.string(), detail: z.object({}) }));
  const json = await run("audit-log", "action=run", "--json");
  expect(rows.parse(JSON.parse(json.stdout)).map(({ subject }) => subject)).toEqual(
    Array.from({ length: 2_500 }, (_, n) => `run:${2_499 - n}`),
  );
  const lines = await run("audit-log", "subject=run:7", "--ndjson");
  expect(lines.stdout.split("\n").map((line) => line.slice(0, 8))).toEqual(['{"id":8,', ""]);
  const refused = await run("images", "kind=photo", "--json");
  const sentence = "The filter “kind” does not take “photo”: it takes generated, upload, reference, other.";
  expect([refused.code, JSON.parse(refused.stdout)]).toEqual([2, { error: sentence, exitCode: 2 }]);
  const named = await run();
  expect([named.code, named.stdout]).toEqual([0, expect.stringMatching(/\n {2}owners +\/owners +by text, sort\n/)]);
});
