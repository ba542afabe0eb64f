import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { startTestS3 } from "./support/store/s3";

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-processes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("the web process, the worker and a script say in one sentence", () => {
  const entries = ["server.ts", "jobs/index.ts", "scripts/index-images.ts"];
  const runAll = (url: string) =>
    Promise.all(entries.map((entry) => runProcess([entry], { APP_ENVIRONMENT: "local", DATABASE_URL: url }).ended));

  test("that there is no database, and make none", async () => {
    const file = join(temporaryFolder(), "ops.db");
    for (const end of await runAll(`file:${file}`)) {
      expect(end).toEqual({
        code: 1,
        stdout: "",
        stderr: `There is no database at ${file}: run npm run db:migrate.\n`,
      });
    }
    expect(existsSync(file)).toBe(false);
  });

  test("that it was not migrated", async () => {
    const file = join(temporaryFolder(), "ops.db");
    writeFileSync(file, "");
    for (const end of await runAll(`file:${file}`)) {
      const stderr = expect.stringMatching(/^The database at \S+ lacks 0001_init.*: run npm run db:migrate\.\n$/);
      expect(end).toEqual({ code: 1, stdout: "", stderr });
    }
  });
});

test.each(["server.ts", "jobs/index.ts"])("%s goes with the process that started it, also at once", async (entry) => {
  const { file } = await openTestDb();
  const started = runProcess([entry], { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` });
  started.disconnect();
  expect(await started.ended).toMatchObject({ code: 0, stderr: "" });
});

describe("a script that is stopped before its work is done", () => {
  /** An index run that hangs in its listing. */
  async function startHangingIndex() {
    const db = await openTestDb();
    const s3 = await startTestS3();
    const { S3_FORCE_PATH_STYLE, ...env } = s3.env;
    // The first listing asks whether the bucket is there.
    s3.setFaults([
      { operation: "ListObjectsV2", delayMs: 1, times: 1 },
      { operation: "ListObjectsV2", hang: true },
    ]);
    const script = runProcess(["scripts/index-images.ts"], {
      ...env,
      S3_FORCE_PATH_STYLE: String(S3_FORCE_PATH_STYLE),
      APP_ENVIRONMENT: "local",
      DATABASE_URL: `file:${db.file}`,
    });
    await expect.poll(() => s3.requests.count("ListObjectsV2")).toBeGreaterThanOrEqual(2);
    return { db, script };
  }

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s ends with %i and leaves the run to a worker", async (signal, code) => {
    const { db, script } = await startHangingIndex();
    script.kill(signal);
    const end = await script.ended;
    expect(end).toMatchObject({ code, stderr: "" });
    expect(end.stdout).toContain("Interrupted. Run 1 goes on where it stopped when a worker runs");
    expect(await db.jobRun.count({ where: { finishedAt: null } })).toBe(1);
  });

  test("by someone who cancels the run ends with 1", async () => {
    const { db, script } = await startHangingIndex();
    const clock = { now: () => new Date() };
    await cancelRun({ db, clock }, { runId: 1, actor: { id: "operator:1", name: "Mina" } });
    expect(await script.ended).toMatchObject({ code: 1, stdout: expect.stringContaining("canceled") });
  });
});

describe("the frame of demo, dev and cloud", () => {
  const frame = (main: string) =>
    runProcess([
      "--input-type=module",
      "--eval",
      `import { runUntilStopped } from "./scripts/dev/console/run-until-stopped.ts";
       setInterval(() => {}, 1_000);
       await runUntilStopped(async (onStop) => {
         onStop(async () => console.log("stopped"));
         ${main}
       });
       console.log("serving");`,
    ]);

  test("ends well when it is stopped while it serves", async () => {
    const { said, kill, ended } = frame("");
    await expect.poll(() => said.stdout).toBe("serving\n");
    kill("SIGINT");
    expect(await ended).toEqual({ code: 0, stdout: "serving\nstopped\n", stderr: "" });
  });

  test("says by its exit code that it was interrupted before", async () => {
    const { said, kill, ended } = frame('console.log("working"); await new Promise(() => {});');
    await expect.poll(() => said.stdout).toBe("working\n");
    kill("SIGTERM");
    expect(await ended).toEqual({ code: 143, stdout: "working\nstopped\n", stderr: "" });
  });
});
