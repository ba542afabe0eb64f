import sharp from "sharp";
import { expect, test } from "vitest";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { startTestS3 } from "./support/store/s3";

const usageErrors: [string, string[], RegExp][] = [
  ["relabel-personas", ["--budget", "Infinity"], /--budget Infinity: Give an amount in dollars/],
  ["relabel-personas", ["--budget", ""], /--budget : Give an amount in dollars/],
  ["relabel-personas", ["--budget", "1001"], /--budget 1001: A budget is \$1,000 at most\./],
  ["relabel-personas", [], /Give either --budget USD or --no-budget\./],
  ["relabel-personas", ["--budget", "1", "--no-budget"], /Give either --budget USD or --no-budget\./],
  ["relabel-personas", ["--scope", "some"], /--scope some: choose unanswered or all/],
  ["undo", [], /Give one RUN/],
  ["undo", ["abc"], /“abc” is not a run/],
  ["backfill-thumbnails", ["--nonsense"], /nonsense/],
  ["backfill-thumbnails", ["--accept-risk"], /--accept-risk works only with --apply\. Read the plan/],
  ["index-images", ["--accept-risk"], /--accept-risk/],
  ["reassign-owner", [], /Say who gets the images: --to OWNER\./],
  ["reassign-owner", ["--to", "u-1"], /one of --from OWNER, --unowned, --query Q and --all\./],
  ["reassign-owner", ["--to", "u-1", "--unowned", "--all"], /one of --from OWNER, --unowned, --query Q and --all\./],
  ["reassign-owner", ["--to", "u-1", "--query", ""], /--query names no images\./],
  ["reassign-owner", ["--to", "u-1", "--query", "color=red"], /There is no filter called “color”/],
  ["doctor", ["--apply"], /--apply/],
];

test.each(usageErrors)("%s %j is a usage error, before anything is opened", async (name, options, sentence) => {
  const { code, stdout, stderr } = await runProcess([`scripts/${name}.ts`, ...options]).ended;
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe("");
  expect(code).toBe(2);
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
