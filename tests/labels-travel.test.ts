import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { writeLabels } from "~/features/labels/write-labels.sql.server";
import { sql } from "~/ports/sql.server";
import { bareEnv } from "../scripts/dev/console/local-env";
import { openTestDb } from "./support/db";
import { startTestS3 } from "./support/store/s3";

const at = new Date(0);

/** A checkout's folder with its schema, in which scripts run; and a server with its index and no label. */
function openCheckout() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-checkout-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "labels"));
  cpSync("labels/schema.json", join(folder, "labels/schema.json"));
  return folder;
}

async function openServer(folder: string, s3: Awaited<ReturnType<typeof startTestS3>>) {
  const db = await openTestDb();
  await db.image.create({
    data: { key: "references/a.png", etag: "e", bytes: 1, kind: "reference", modifiedAt: at, createdAt: at },
  });
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const env = {
    ...{ ...bareEnv(), ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${db.file}` },
    TSX_TSCONFIG_PATH: resolve("tsconfig.json"),
  };
  const run = async (script: string, ...options: string[]) => {
    const child = spawn(process.execPath, ["--import", loader, resolve(`scripts/${script}.ts`), ...options, "--json"], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { code: child.exitCode, said: JSON.parse(stdout || "null"), stderr };
  };
  return { db, run };
}

test("labels are exported, checked, and picked up by a fresh server, which then exports the same file", async () => {
  const [folder, s3] = [openCheckout(), await startTestS3()];
  const file = join(folder, "labels/personas.json");
  const first = await openServer(folder, s3);
  await first.db.$write((tx) => {
    const rows = sql`SELECT 1 AS "imageId", 'tone' AS "attribute", 'warm' AS "value", 'e' AS "etag", 'person' AS "source",
      NULL AS "confidence", NULL AS "labelRunId", 'script:ann' AS "acceptedBy", 0 AS "acceptedAt", NULL AS "folder", NULL AS "jobRunId"`;
    return writeLabels(tx, rows, { by: "script:ann", at, runId: null });
  });

  expect(await first.run("export-labels", "--check")).toMatchObject({
    code: 1,
    said: {
      same: false,
      onlyHere: 1,
      written: false,
      first: ["“references/a.png”, tone: “warm”, only in the database."],
    },
    stderr: "",
  });
  expect(existsSync(file)).toBe(false);
  expect(await first.run("export-labels")).toMatchObject({ code: 0, said: { same: false, written: true, labels: 1 } });
  expect(await first.run("export-labels", "--check")).toMatchObject({ code: 0, said: { same: true, inBoth: 1 } });
  const exported = readFileSync(file, "utf8");
  expect(exported).toBe(
    [
      '{"version":1,"whole":true,"images":[',
      '{"key":"references/a.png","etag":"e","labels":{"tone":{"value":"warm","source":"person","by":"script:ann","at":"1970-01-01T00:00:00.000Z"}}}',
      "]}\n",
    ].join("\n"),
  );

  const fresh = await openServer(folder, s3);
  expect(await fresh.run("export-labels", "--check")).toMatchObject({ code: 1, said: { onlyInFile: 1, unknown: 0 } });
  expect(await fresh.run("import-labels")).toMatchObject({
    code: 0,
    said: { status: "planned", planned: 1, refused: [] },
  });
  expect(await fresh.db.label.count()).toBe(0);
  expect(await fresh.run("import-labels", "--apply")).toMatchObject({
    code: 0,
    said: { kind: "import-labels", status: "succeeded", succeeded: 1 },
  });
  expect(await fresh.db.label.findMany()).toMatchObject([
    { imageId: 1, attribute: "tone", value: "warm", source: "import" },
  ]);
  expect(await fresh.run("export-labels")).toMatchObject({ code: 0, said: { same: true } });
  expect(readFileSync(file, "utf8")).toBe(exported);
  expect(await fresh.db.labelImport.count()).toBe(0);
});
