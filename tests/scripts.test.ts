import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { openTestDb } from "./support/db";
import { openTestFolder } from "./support/folder";
import { plainPng } from "./support/odd-pictures";
import { runProcess } from "./support/process";
import { startTestS3 } from "./support/store/s3";

const usageErrors: [string, string[], RegExp][] = [
  ["relabel-personas", ["--budget", "Infinity"], /--budget Infinity: Give an amount in dollars/],
  ["relabel-personas", ["--budget", ""], /--budget : Give an amount in dollars/],
  ["relabel-personas", ["--budget", "1001"], /--budget 1001: A budget is \$1,000 at most\./],
  ["relabel-personas", [], /Give either --budget USD or --no-budget\./],
  ["relabel-personas", ["--budget", "1", "--no-budget"], /Give either --budget USD or --no-budget\./],
  ["relabel-personas", ["--scope", "some"], /--scope some: choose unanswered or all/],
  ["relabel-personas", ["--root", "Model", "--query", "all=yes"], /Give either --root NAME or --query Q\./],
  ["relabel-personas", ["--query", ""], /--query names no images\. To mean every image, give "all=yes"\./],
  ["undo", [], /Give one RUN/],
  ["undo", ["abc"], /“abc” is not a run/],
  ["backfill-thumbnails", ["--nonsense"], /nonsense/],
  ["backfill-thumbnails", ["--accept-risk"], /--accept-risk works only with --apply\. Read the plan/],
  ["index-images", ["--accept-risk"], /--accept-risk/],
  ["relabel-personas", ["--promote", "--budget", "1"], /--promote asks no model, so it takes no budget\./],
  ["relabel-personas", ["--promote", "--pilot", "--apply"], /Give either --pilot or --promote\./],
  [
    "relabel-personas",
    ["--pilot", "--budget", "1"],
    /--pilot asks the model, which costs, so it works only with --apply\./,
  ],
  ["progress", ["1", "2"], /Give one label run at most, by its number\./],
  ["progress", ["--nonsense"], /nonsense/],
  ["checks", ["--days", "0"], /--days takes a number of days/],
  ["checks", ["--days", "7"], /--days works only with --json\./],
  ["reassign-owner", [], /Say who gets the images: --to OWNER\./],
  ["reassign-owner", ["--to", "u-1"], /one of --from OWNER, --unowned, --query Q and --all\./],
  ["reassign-owner", ["--to", "u-1", "--unowned", "--all"], /one of --from OWNER, --unowned, --query Q and --all\./],
  ["reassign-owner", ["--to", "u-1", "--query", ""], /--query names no images\./],
  ["reassign-owner", ["--to", "u-1", "--query", "color=red"], /There is no filter called “color”/],
  ["convert-images", [], /Say into which format: --to webp or --to avif\./],
  ["convert-images", ["--to", "webp"], /one of --query Q and --all\./],
  ["convert-images", ["--to", "webp", "--all", "--quality", "0"], /--quality 0: give a whole number from 1 to 100\./],
  ["convert-images", ["--remove-originals", "x"], /--remove-originals x: give the number of a conversion's run\./],
  ["convert-images", ["--remove-originals", "1", "--all"], /--remove-originals takes no other option/],
  ["import-generations", [], /one of --file F and --stdin\./],
  ["import-generations", ["--file", "a.ndjson", "--stdin"], /one of --file F and --stdin\./],
  ["import-generations", ["--file", "no/such.ndjson"], /--file no\/such\.ndjson cannot be read\./],
  ["migrate-images", [], /one of --file F and --stdin\./],
  ["migrate-images", ["--stdin", "--map", ""], /--map names no file\./],
  ["import-labels", ["--file", "a.json", "--stdin"], /--file F or --stdin, not both\./],
  ["import-labels", ["--file", "no/such.json"], /--file no\/such\.json cannot be read\./],
  [
    "export-labels",
    ["--check", "--out", "a.json"],
    /--check compares labels\/personas\.json and takes no other option/,
  ],
  ["export-labels", ["--out", "a.json"], /Say in which form: --format labels, imagefolder,/],
  ["export-labels", ["--format", "labels"], /Say where to: --out PATH\./],
  ["export-labels", ["--format", "coco", "--out", "a"], /--format coco: choose one of labels, imagefolder,/],
  ["export-labels", ["--format", "labels", "--out", "a", "--query", "color=red"], /There is no filter called “color”/],
  ["doctor", ["--apply"], /--apply/],
  ["backup", [], /Give one FILE to back up to\./],
  ["backup", ["a.db", "b.db"], /Give one FILE to back up to\./],
  ["restore", ["--apply"], /Give one BACKUP to restore\./],
];

test("options that make no sense are a usage error, before anything is opened", async () => {
  const asked = usageErrors.map(([name, options]) => [name, options]);
  const { stdout } = await runProcess(["tests/support/scripts-in-one-process.ts"], {}, JSON.stringify(asked)).ended;
  expect(JSON.parse(stdout)).toEqual(
    usageErrors.map(([name, options, sentence]) => ({
      ...{ name, options, code: 2, stdout: "" },
      stderr: expect.stringMatching(sentence),
    })),
  );
});

test.each([
  ["undo", ["abc"], 2, /“abc” is not a run/],
  ["relabel-personas", ["--nonsense"], 2, /nonsense/],
  ["doctor", [], 1, /PUBLIC_URL/],
  ["index-images", [], 1, /PUBLIC_URL/],
])("%s %j --json that cannot begin prints one document too", async (name, options, exitCode, sentence) => {
  const env = { PUBLIC_URL: "http://localhost:3000/console?from=mail" };
  const { code, stdout, stderr } = await runProcess([`scripts/${name}.ts`, ...options, "--json"], env).ended;
  expect(JSON.parse(stdout)).toEqual({ error: expect.stringMatching(sentence), exitCode });
  expect(stderr).toMatch(sentence);
  expect(code).toBe(exitCode);
});

test("a dry run plans, --apply carries out, and undo puts back, each with one JSON document on stdout", async () => {
  const { file } = await openTestDb();
  const s3 = await startTestS3();
  const env = { ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${file}` };
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: "#808080" } });
  await s3.storage.put("generated/a.png", await picture.png().toBuffer(), { contentType: "image/png" });
  const run = async (name: string, ...options: string[]) => {
    const { code, stdout, stderr } = await runProcess([`scripts/${name}.ts`, ...options, "--json"], env).ended;
    expect(stderr).toBe("");
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };
  const thumbnails = async () => {
    const keys: string[] = [];
    for await (const page of s3.storage.list({ prefix: "thumbnails/" }))
      keys.push(...page.objects.map(({ key }) => key));
    return keys.length;
  };

  expect(await run("index-images")).toMatchObject({ kind: "index-images", status: "succeeded" });
  expect(await run("backfill-thumbnails")).toMatchObject({ status: "planned", planned: 1, succeeded: 0 });
  expect(await thumbnails()).toBe(0);
  const made = await run("backfill-thumbnails", "--apply");
  expect(made).toMatchObject({ status: "succeeded", planned: 1, succeeded: 1 });
  expect(await thumbnails()).toBe(1);
  expect(await run("undo", String(made.runId), "--apply")).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await thumbnails()).toBe(0);
});

test("generation records come from a file or from stdin, and a broken line keeps no other out", async () => {
  const db = await openTestDb();
  const { file } = db;
  const s3 = await startTestS3();
  const env = { ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${file}` };
  const at = new Date(0);
  await db.image.create({
    data: { key: "generated/a.png", etag: "e", bytes: 1, kind: "generated", modifiedAt: at, createdAt: at },
  });
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const history = join(folder, "history.ndjson");
  const record = { id: "g-1", prompt: "<b>a cat</b>", owner: "u-1", createdAt: "2026-11-01", image: "/srv/out/a.png" };
  writeFileSync(history, `${JSON.stringify(record)}\n{broken\n`);
  const run = async (name: string, options: string[], input = "") => {
    const { code, stdout, stderr } = await runProcess([`scripts/${name}.ts`, ...options, "--json"], env, input).ended;
    expect([stderr, code]).toEqual(["", 0]);
    return JSON.parse(stdout);
  };
  const counts = { records: 1, withImage: 1, notFound: 0, linesRefused: 1, refused: ["Line 2 is not JSON."] };
  const planned = await run("import-generations", ["--file", history]);
  expect(planned).toMatchObject({ kind: "import-generations", status: "planned", planned: 2, ...counts });
  expect(await db.generation.count()).toBe(0);

  const made = await run("import-generations", ["--file", history, "--apply"]);
  expect(made).toMatchObject({ status: "succeeded", succeeded: 1, skipped: 1, failed: 0, ...counts });
  expect(await db.generation.findMany()).toMatchObject([{ id: "g-1", imageId: 1, prompt: "<b>a cat</b>" }]);
  expect(await db.image.findMany()).toMatchObject([{ ownerId: "u-1" }]);
  expect([await db.generationImport.count(), await db.generationLine.count()]).toEqual([0, 0]);

  const again = await run("import-generations", ["--stdin", "--apply"], readFileSync(history, "utf8"));
  expect(again).toMatchObject({ planned: 1, succeeded: 0, skipped: 1, records: 0 });
  expect(await run("undo", [String(made.runId), "--apply"])).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect([await db.generation.count(), await db.image.findMany()]).toMatchObject([0, [{ ownerId: null }]]);
});

test("migrate-images brings a list home, says old and new, and is undone", async () => {
  const { file } = await openTestDb();
  const s3 = await startTestS3();
  const folder = openTestFolder();
  const list = join(folder, "list.ndjson");
  const map = join(folder, "map.ndjson");
  writeFileSync(join(folder, "logo.png"), plainPng(30, 20));
  writeFileSync(
    list,
    `{"path":"logo.png","owner":"mina","role":"branding","name":"Logo"}\n{"path":"no.png","topic":"x","role":"hero"}\n`,
  );
  const env = { ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${file}` };
  const run = async (script: string, options: string[]) => {
    const { stdout } = await runProcess([`scripts/${script}.ts`, ...options, "--json"], env).ended;
    return JSON.parse(stdout);
  };
  const refused = ["Line 2 names a file that cannot be read (ENOENT)."];
  expect(await run("migrate-images", ["--file", list])).toMatchObject({ status: "planned", planned: 2, refused });
  const made = await run("migrate-images", ["--file", list, "--map", map, "--apply"]);
  expect(made).toMatchObject({ kind: "ingest-images", status: "succeeded", succeeded: 1, failed: 1, refused });
  expect(
    readFileSync(map, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      ...{ line: 1, from: "logo.png", key: "mina/branding/logo.png" },
      ...{ address: expect.stringMatching(/^http.*\/images\/mina\/branding\/logo\.png$/), servedBy: "console" },
    },
    { line: 2, from: null, error: "names a file that cannot be read (ENOENT)" },
  ]);
  expect(await run("undo", [String(made.runId), "--apply"])).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await s3.storage.head("mina/branding/logo.png")).toBeNull();
});
