import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";

/** What Node and the system's loader need; a child gets no secret of this process. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "LD_PRELOAD"];

/**
 * For glibc's allocator, which else keeps what former pictures took: after one of 81 megapixels a child held 265 to 297 MB, and
 * holds 178 with these, which cost no time that could be measured.
 */
const GIVE_BACK = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: String(1024 * 1024) };

/** The folder of package.json: this file runs from its source, and from a bundle elsewhere. */
const home = (folder = import.meta.dirname): string =>
  existsSync(path.join(folder, "package.json")) ? folder : home(path.dirname(folder));

function environment(): NodeJS.ProcessEnv {
  const passedOn = PASSED_ON.map((name) => [name, process.env[name]]);
  return Object.fromEntries([...passedOn, ...Object.entries(GIVE_BACK)]) as NodeJS.ProcessEnv;
}

/** Far more than a machine that has hardly any time left takes to start one. */
const START_MS = 120_000;

export type Child = {
  process: ChildProcess;
  stdin: Writable;
  /** Whether it got as far as to wait for pictures; false: it is gone, killed if that took more than two minutes. */
  hasStarted: Promise<boolean>;
};

/** Starts `child.server.ts`, which takes 0.6 s of a processor. By itself it keeps no process running. */
export function startChild({ startMs = START_MS } = {}): Child {
  const cwd = home();
  const child = fork(path.join(cwd, "app/features/images/pixels/apart/child.server.ts"), [], {
    cwd,
    execArgv: ["--import", "tsx"],
    env: environment(),
    serialization: "advanced",
    stdio: ["pipe", "ignore", "inherit", "ipc"],
  });
  // Whoever waits for it is told by `hasStarted`. Told before the line below, which a process without a free file handle meets.
  child.on("error", () => {});
  if (!child.stdin) throw new Error("A decoder was started without a stdin.");
  // One that is gone is told by its exit, whatever was being written to it.
  child.stdin.on("error", () => {});
  keepRunningFor(child, false);
  const late = setTimeout(() => child.kill("SIGKILL"), startMs).unref();
  const hasStarted = new Promise<boolean>((resolve) => {
    child.once("message", () => resolve(true));
    child.once("exit", () => resolve(false));
    child.once("error", () => resolve(false));
  }).finally(() => clearTimeout(late));
  return { process: child, stdin: child.stdin, hasStarted };
}

/** Whether this process keeps running for the child's sake. */
export function keepRunningFor(child: ChildProcess, isBusy: boolean): void {
  const change = isBusy ? "ref" : "unref";
  child[change]();
  child.channel?.[change]();
}
