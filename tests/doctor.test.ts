import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openTestDb } from "./support/db";
import { openTestFolder } from "./support/folder";
import { openTestGemini } from "./support/gemini";
import { startTestGoogle } from "./support/google";
import { runProcess } from "./support/process";
import { startReceiver } from "./support/receiver";
import { startTestS3 } from "./support/store/s3";

async function open(store: string) {
  const db = await openTestDb();
  const { file } = db;
  const s3 = await startTestS3({}, undefined, store);
  const [gemini, google] = await Promise.all([openTestGemini(), startTestGoogle()]);
  const services = { ...gemini.env, GOOGLE_ISSUER: google.url };
  const env = { ...s3.env, ...services, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${file}` };
  const doctor = (options: string[], more: Record<string, string> = {}) =>
    runProcess(["scripts/doctor.ts", ...options], { ...env, ...more }).ended;
  return { ...s3, db, doctor };
}

test("a store that is well: one JSON document, exit code 0, and nothing is left in it", async () => {
  const { doctor, storage } = await open("aws");
  const { code, stdout, stderr } = await doctor(["--json"]);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ ok: true, bucket: "test-bucket", seconds: expect.any(Number) });
  expect(report.checks.map(({ name }: { name: string }) => name)).toEqual([
    "Environment",
    "Database",
    "Disk",
    "Labels",
    "API tokens",
    "Connection",
    "List",
    "Put",
    "Get",
    "Copy",
    "Delete",
    "Put-if-absent",
    "After a delete",
    "Versions",
    "Delete-if-match",
    "Copy-if-absent",
    "Copy-if-match",
    "DeleteObjects",
    "Content-MD5",
    "Tags",
    "ACL",
    "Rights",
    "Uploads",
    "CDN",
    "Gemini",
    "Google",
    "Clock",
    "Webhook",
  ]);
  expect(code).toBe(0);
  for await (const { objects } of storage.list()) expect(objects).toEqual([]);
});

test("a store with neither conditions nor versions: what is lost is said, and nothing has to be done", async () => {
  const { doctor } = await open("swift");
  const { code, stdout, stderr } = await doctor([]);
  expect(stderr).toContain("Probing the bucket “test-bucket”");
  expect(stdout).toMatch(/check +Put-if-absent +Write only if the key is free/);
  expect(stdout).toContain(
    "→ Rejects the condition. This store cannot refuse a write to a key that is taken, and it keeps no versions. What another program writes",
  );
  expect(stdout).toMatch(/All is well\.\n$/);
  expect(code).toBe(0);
});

test("a bucket that is not there: exit code 1, and the sentence that says so", async () => {
  const { doctor } = await open("aws");
  const { code, stdout } = await doctor(["--json"], { S3_BUCKET: "not-there" });
  const { ok, checks } = JSON.parse(stdout);
  const names = [
    "Environment",
    "Database",
    "Disk",
    "Labels",
    "API tokens",
    "Connection",
    "Gemini",
    "Google",
    "Clock",
    "Webhook",
  ];
  expect([ok, checks.map(({ name }: { name: string }) => name)]).toEqual([false, names]);
  expect(checks[5]).toMatchObject({ tone: "bad", does: expect.stringContaining("no such bucket") });
  expect(code).toBe(1);
});

test("without a database the bucket is probed all the same", async () => {
  const { doctor } = await open("aws");
  const { code, stdout } = await doctor(["--json"], { DATABASE_URL: "file:/nowhere/ops.db" });
  const { checks } = JSON.parse(stdout);
  expect(checks[1]).toMatchObject({
    name: "Database",
    tone: "bad",
    does: "There is no database at /nowhere/ops.db: run npm run db:migrate.",
  });
  expect(checks).toHaveLength(24);
  expect(code).toBe(1);
});

test("services that are not well: each line says what is wrong and what to do", async () => {
  const { doctor } = await open("aws");
  /** Refuses everything, two minutes late: its clock is right, and ours two minutes ahead. */
  const late = createServer((_request, response) => {
    response.writeHead(403, { Date: new Date(Date.now() - 120_000).toUTCString() }).end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void late.close());
  await once(late, "listening");
  const address = late.address();
  const elsewhere = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const { code, stdout } = await doctor(["--json"], {
    ...{ AWS_ENDPOINT_URL_S3: elsewhere, GOOGLE_ISSUER: elsewhere, GEMINI_API_KEY: "a-wrong-key" },
  });
  const { ok, checks } = JSON.parse(stdout);
  const bad = checks.filter(({ tone }: { tone: string }) => tone === "bad");
  expect([code, ok, bad]).toMatchObject([
    1,
    false,
    [
      { name: "Connection", does: expect.stringContaining("refused") },
      { name: "Gemini", does: expect.stringMatching(/key/i), todo: expect.stringContaining("GEMINI_API_KEY") },
      { name: "Google", does: "Something else answers there, with status 403", means: "No one can sign in." },
      { name: "Clock", does: expect.stringMatching(/1[12]\d\Ws ahead of S3, 1[12]\d\Ws ahead of Google.*timedatectl/) },
    ],
  ]);
});

test("a bucket that can only be read, and a database of a newer version", async () => {
  const { db, doctor, setFaults } = await open("aws");
  setFaults([{ operation: "PutObject", status: 403, code: "AccessDenied" }]);
  await db.$executeRaw`
    INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at")
    VALUES ('later', 'later', '2026-11-29T12:00:00.000+00:00', '9001_later', '2026-11-29T12:00:00.000+00:00')`;
  const { code, stdout } = await doctor(["--json"]);
  const { checks } = JSON.parse(stdout);
  expect(checks.filter(({ tone }: { tone: string }) => tone === "bad")).toMatchObject([
    {
      name: "Database",
      does: expect.stringContaining("(9001_later), which this one does not know: start that version."),
    },
    { name: "Put", does: expect.stringContaining("refused"), todo: "Fix what it names, then probe again." },
  ]);
  expect(code).toBe(1);
});

test("a model that Gemini does not list", async () => {
  const { doctor } = await open("aws");
  const { code, stdout } = await doctor(["--json"], { GEMINI_MODEL: "gemini-0-none" });
  const gemini = JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === "Gemini");
  expect(gemini).toMatchObject({ tone: "bad", does: expect.stringContaining("Gemini does not list “gemini-0-none”") });
  expect(code).toBe(1);
});

test("a file of storage prices of one's own has a line, which says what is wrong with it", async () => {
  const { doctor } = await open("aws");
  const file = join(openTestFolder(), "prices.json");
  const price = async (content: string) => {
    await writeFile(file, content);
    const { code, stdout } = await doctor(["--json"], { STORAGE_PRICES_FILE: file });
    return [code, JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === "Storage prices")];
  };
  const does = expect.stringMatching(/prices\.json is not JSON: .+ No cost is shown until that file is mended/);
  expect(await price("{")).toMatchObject([1, { tone: "bad", does, means: "The page Storage shows no costs." }]);
  expect(await price('{"asOf": "2026-11-30", "stores": []}')).toMatchObject([
    0,
    { tone: "good", does: "Has no price for this store" },
  ]);
});

test("an option that it does not have is a usage error", async () => {
  const { doctor } = await open("aws");
  const { code, stdout, stderr } = await doctor(["--apply"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("--apply");
});

test("the webhook: a connection is opened, and a signed message sent only where that is asked for", async () => {
  const { doctor } = await open("aws");
  const { env, taken, answers, host, paths } = await startReceiver();
  const lineOf = async (options: string[], more: Record<string, string> = env) => {
    const { code, stdout } = await doctor([...options, "--json"], more);
    expect(stdout).not.toContain("not-to-be-read-anywhere");
    return [code, JSON.parse(stdout).checks.find(({ name }: { name: string }) => name === "Webhook")];
  };
  expect(await lineOf([])).toMatchObject([0, { tone: "good", does: "Answers" }]);
  expect(paths).toEqual([]);
  expect(await lineOf(["--send-test-message"])).toMatchObject([0, { tone: "good" }]);
  expect(taken).toMatchObject([{ isSigned: true, text: expect.stringContaining("Test message") }]);
  answers.push({ status: 404, body: "no_service" });
  expect(await lineOf(["--send-test-message"])).toMatchObject([
    1,
    { tone: "bad", does: expect.stringMatching(`^${host} answered 404 \\(no_service\\)`) },
  ]);
  expect(await Promise.all([lineOf([], {}), lineOf(["--send-test-message"], {})])).toMatchObject([
    [0, { tone: "info", does: "None is set up" }],
    [1, { tone: "bad", does: "None is set up" }],
  ]);
});
