import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { bareEnv } from "../../../scripts/dev/console/local-env";

/**
 * Worker processes of a test, to be killed at any moment; gone when the test is over.
 * @param env what they find the test's services by
 * @param entry another worker than the product's
 */
export function workerProcesses(env: Record<string, string | boolean | undefined>, entry = "jobs/index.ts") {
  const workers = new Map<number, ChildProcess>();
  const variables = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
  );
  onTestFinished(() => {
    for (const worker of workers.values()) worker.kill("SIGKILL");
  });

  function startWorker() {
    const worker = spawn(process.execPath, ["--import", "tsx", entry], {
      env: { ...bareEnv(), APP_ENVIRONMENT: "local", LOG_LEVEL: "error", ...variables },
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (worker.pid) workers.set(worker.pid, worker);
    return worker;
  }

  return {
    startWorker,
    /** kill -9, and another one in its place. @returns null where there is no such worker (any more) */
    async restartWorker(pid: number) {
      const worker = workers.get(pid);
      if (!worker) return null;
      if (worker.exitCode !== null) throw new Error("A worker ended by itself; its reason is above");
      workers.delete(pid);
      worker.kill("SIGKILL");
      await once(worker, "exit");
      return startWorker();
    },
  };
}
