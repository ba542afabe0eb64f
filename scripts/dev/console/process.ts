import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_WITHIN_MS = 12_000;
const START_AGAIN_AFTER_MS = 1_000;

export type KeptProcess = {
  /** The id of the process that runs now. */
  pid(): number | undefined;
  /** Ends it as `stop` does and starts it anew. */
  restart(): Promise<void>;
  /** SIGTERM, and SIGKILL to one that has not gone after 12 s. */
  stop(): Promise<void>;
};

/**
 * Runs a TypeScript entry point in a process of its own and starts it again when it dies. The IPC channel ends with
 * this process, however it ended, and each entry stops on that.
 * @param options.logFile takes what it prints
 * @param options.onDeath told before it is started again
 */
export function keepRunning(
  entry: string,
  options: { args?: string[]; env: NodeJS.ProcessEnv; logFile: string; onDeath(how: string): void },
): KeptProcess {
  let child = start();
  let isStopping = false;

  function start(): ChildProcess {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, "a");
    const started = spawn(process.execPath, ["--import", "tsx", entry, ...(options.args ?? [])], {
      env: options.env,
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    started.once("exit", async (code, signal) => {
      if (isStopping) return;
      options.onDeath(signal ?? `exit code ${code}`);
      await sleep(START_AGAIN_AFTER_MS);
      if (!isStopping && child === started) child = start();
    });
    return started;
  }

  async function stop() {
    isStopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await gone;
    clearTimeout(late);
  }

  return {
    pid: () => child.pid,
    stop,
    async restart() {
      await stop();
      isStopping = false;
      child = start();
    },
  };
}

/** The end of a log, for the person who must find out what went wrong. */
export function lastLines(file: string, count = 12): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
