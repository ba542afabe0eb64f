import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { createLog } from "~/ports/log.server";
import { createModel } from "~/ports/model/model.server";
import { bareEnv } from "../../scripts/dev/console/local-env";
import { openTestDb } from "../support/db";
import { startTestS3 } from "../support/store/s3";
import { chaosJob } from "./chaos-job";

export type ChaosWorld = Awaited<ReturnType<typeof openChaosWorld>>;

/** A database, a local S3 whose PUTs take a moment, and a run of so many items that worker processes may take up. */
export async function openChaosWorld(items: number) {
  const s3 = await startTestS3();
  s3.setFaults([{ operation: "PutObject", delayMs: 20 }]);
  const db = await openTestDb();
  const gemini = { GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:9", GEMINI_MODEL: "none" };
  const ports = {
    db,
    storage: s3.storage,
    model: createModel(gemini),
    clock: { now: () => new Date() },
    log: createLog("silent"),
  };
  const { runId } = await startRun(ports, chaosJob.definition, {
    payload: { items },
    actor: { id: "script:test", name: "test" },
    autoApply: true,
  });
  const variables = {
    ...bareEnv(),
    APP_ENVIRONMENT: "local",
    DATABASE_URL: `file:${db.file}`,
    LOG_LEVEL: "error",
    ...s3.env,
    S3_FORCE_PATH_STYLE: "true",
  };
  const workers = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const worker of workers) worker.kill("SIGKILL");
  });
  const startWorker = () => {
    const worker = spawn(process.execPath, ["--import", "tsx", "tests/chaos/chaos-worker.ts"], {
      env: variables,
      stdio: ["ignore", "ignore", "inherit"],
    });
    workers.add(worker);
    worker.once("exit", () => workers.delete(worker));
    return worker;
  };
  const outcomes = () => db.jobItem.count({ where: { runId, outcome: { not: null } } });
  return { ports, db, s3, runId, startWorker, outcomes };
}
