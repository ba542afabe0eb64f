import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { signedHeaders } from "~/ports/webhook/sign-message.server";
import { nameOf, readBlocks } from "./support/docs-blocks";
import { productionEnv } from "./support/production-env";
import { WEBHOOK_SECRET } from "./support/receiver";

/** What the word behind a fence's language promises. */
// Those of `sh run` are run by tests/e2e/docs-blocks.test.ts.
const infos = ["sh run", "sh env", "sh ci", "sh outside", "js receiver", "text"];

/** Blocks that take too long for this test: the script that runs what they say, and by which words. */
const elsewhere: Record<string, [script: string, words: string][]> = {
  "npm run demo": [
    ["scripts/dev/every-node.sh", "npm run demo -- --once"],
    [".ci/run", "npm test"],
  ],
  'git clone "$REPOSITORY"': [
    ["scripts/dev/by-the-docs.sh", "Install on one machine"],
    [".ci/long", "scripts/dev/by-the-docs.sh"],
  ],
  "TEST_STORE=b2 npx vitest run": [
    [
      ".ci/long",
      "app/features/images/move/ app/features/images/objects/ app/features/attribute-groups/actions/ tests/chaos/",
    ],
    [".ci/long", "TEST_STORE=$1 run_tests"],
  ],
};
/** Blocks that need a service of someone else. */
const outside = ["S3_CONTRACT_ENDPOINT=https://rgw.example.com", "aws s3api put-bucket-cors"];

const blocks = readBlocks();
const marked = (info: string) => blocks.filter((block) => block.info === info);
const each = (info: string) => marked(info).map((block) => [nameOf(block), block] as const);
const find = (text: string) => Object.entries(elsewhere).find(([beginning]) => text.startsWith(beginning))?.[1];

test("each block of the README and of operations.md says how it is kept true, and is in the list of its kind", () => {
  expect(blocks.filter(({ info }) => !infos.includes(info)).map(nameOf)).toEqual([]);
  expect(
    marked("sh ci")
      .filter(({ text }) => !find(text))
      .map(nameOf),
  ).toEqual([]);
  expect(
    marked("sh outside")
      .filter(({ text }) => !outside.some((one) => text.startsWith(one)))
      .map(nameOf),
  ).toEqual([]);
  const listed = [...outside, ...Object.keys(elsewhere)];
  expect(listed.filter((beginning) => !blocks.some(({ text }) => text.startsWith(beginning)))).toEqual([]);
});

test.each(each("sh ci"))("%s is run by its script", (_, { text }) => {
  for (const [script, words] of find(text) ?? []) expect(readFileSync(script, "utf8")).toContain(words);
});

test.each(each("sh env"))("%s is an environment", (_, { text }) => {
  const { S3_BUCKET, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...others } = productionEnv;
  const withoutStore: NodeJS.ProcessEnv = { NODE_ENV: "test", ...others };
  expect(() => loadEnv(withoutStore)).toThrow(/S3_BUCKET/);
  const given = parseEnv(text);
  const { S3_FORCE_PATH_STYLE, ...env } = loadEnv({ ...withoutStore, ...given });
  expect({ ...env, S3_FORCE_PATH_STYLE: String(S3_FORCE_PATH_STYLE) }).toMatchObject(given);
});

test.each(each("text"))("%s names what is there", (_, { text }) => {
  const folders = text.match(/(?<=^|\s{2})\w+\/(?=\s)/gm) ?? [];
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.filter((folder) => ![folder, join("app", folder), join("scripts", folder)].some(existsSync))).toEqual(
    [],
  );
});

test.each(each("js receiver"))("%s verifies messages as they are signed", async (_, { text }) => {
  const file = join(mkdtempSync(join(tmpdir(), "diffs-ops-docs-")), "receiver.mjs");
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, text);
  const { isFromTheConsole } = await import(/* @vite-ignore */ file);
  const message = { id: "alert-1-opened", timestamp: 1_796_032_800, body: '{"text":"Disk"}' };
  const headers = signedHeaders(WEBHOOK_SECRET, message);
  const isTaken = (change: object, body = message.body, seconds = 10) =>
    isFromTheConsole(WEBHOOK_SECRET, { ...headers, ...change }, body, (message.timestamp + seconds) * 1_000);
  const { "webhook-signature": signature } = headers;
  expect([
    isTaken({}),
    isTaken({ "webhook-signature": `v1,b3RoZXI= ${signature}` }),
    isTaken({}, '{"text":"Other"}'),
    isTaken({ "webhook-id": "alert-2-opened" }),
    isTaken({ "webhook-timestamp": String(message.timestamp + 1) }),
    isTaken({ "webhook-signature": undefined }),
    isTaken({}, message.body, 301),
  ]).toEqual([true, true, false, false, false, false, false]);
});
