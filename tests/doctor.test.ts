import { expect, test } from "vitest";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { startTestS3 } from "./support/store/s3";

async function open(store: string) {
  const { file } = await openTestDb();
  const s3 = await startTestS3({}, undefined, store);
  const env = { ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${file}` };
  const doctor = (options: string[], more: Record<string, string> = {}) =>
    runProcess(["scripts/doctor.ts", ...options], { ...env, ...more }).ended;
  return { ...s3, doctor };
}

test("a store that is well: one JSON document, exit code 0, and nothing is left in it", async () => {
  const { doctor, storage } = await open("aws");
  const { code, stdout, stderr } = await doctor(["--json"]);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ ok: true, bucket: "test-bucket", seconds: expect.any(Number) });
  expect(report.checks.map(({ name }: { name: string }) => name)).toEqual([
    "Database",
    "Labels",
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
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    checks: [
      { name: "Database" },
      { name: "Labels" },
      { name: "Connection", tone: "bad", does: expect.stringContaining("no such bucket") },
    ],
  });
  expect(code).toBe(1);
});

test("without a database the bucket is probed all the same", async () => {
  const { doctor } = await open("aws");
  const { code, stdout } = await doctor(["--json"], { DATABASE_URL: "file:/nowhere/ops.db" });
  const { checks } = JSON.parse(stdout);
  expect(checks[0]).toMatchObject({
    name: "Database",
    tone: "bad",
    does: "There is no database at /nowhere/ops.db: run npm run db:migrate.",
  });
  expect(checks).toHaveLength(18);
  expect(code).toBe(1);
});

test("an option that it does not have is a usage error", async () => {
  const { doctor } = await open("aws");
  const { code, stdout, stderr } = await doctor(["--apply"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("--apply");
});
