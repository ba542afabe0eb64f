import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_WITHIN_MS = 12_000;
/** Doubled with each death in a row, up to half a minute: a process that cannot start is not started in a frenzy. */
const START_AGAIN_AFTER_MS = 1_000;
const AT_MOST_MS = 30_000;
const LIVED_LONG_ENOUGH_MS = 60_000;

export type KeptProcess = {
  /** The id of the process that runs now. */
  pid(): number | undefined;
  /** Ends it as `stop` does and starts it again. */
  restart(): Promise<void>;
  /** SIGTERM, and SIGKILL to one that has not gone after 12 s. */
  stop(): Promise<void>;
};

/**
 * Runs a TypeScript entry point in a process of its own and starts it again when it dies. The IPC channel ends with
 * this process, however it ended, and each entry stops on that.
 * @param options.node for Node itself, before the entry
 * @param options.logFile takes what it prints
 * @param options.onDeath told before it is started again
 */
export function keepRunning(
  entry: string,
  options: { node?: string[]; args?: string[]; env: NodeJS.ProcessEnv; logFile: string; onDeath(how: string): void },
): KeptProcess {
  let deaths = 0;
  let isStopping = false;
  let child = start();

  function start(): ChildProcess {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, "a");
    const started = spawn(
      process.execPath,
      [...(options.node ?? []), "--import", "tsx", entry, ...(options.args ?? [])],
      {
        env: options.env,
        stdio: ["ignore", log, log, "ipc"],
        // A group of its own: Ctrl-C reaches this process alone, which then stops the others in order.
        detached: process.platform !== "win32",
      },
    );
    closeSync(log);
    const startedAt = Date.now();
    started.once("exit", async (code, signal) => {
      if (isStopping) return;
      deaths = Date.now() - startedAt > LIVED_LONG_ENOUGH_MS ? 0 : deaths + 1;
      const waitMs = Math.min(START_AGAIN_AFTER_MS * 2 ** Math.max(deaths - 1, 0), AT_MOST_MS);
      options.onDeath(signal ?? `exit code ${code}`);
      // Nothing but this waits: it must not keep a process alive that wants to end.
      await sleep(waitMs, undefined, { ref: false });
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
