import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished } from "vitest";
import { bareEnv } from "../../scripts/dev/console/local-env";

/**
 * Runs TypeScript in a process of its own, with nothing of this shell's environment; killed when the test is over.
 * @param args a file and its arguments, or node's own options
 * @param input what it reads on stdin; without it stdin is empty
 */
export function runProcess(args: string[], env: Record<string, string> = {}, input = "") {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], {
    env: { ...bareEnv(), ...env },
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  });
  // One that ends before it has read its input is no failure of the test.
  child.stdin?.on("error", () => {}).end(input);
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  const streams = (["stdout", "stderr"] as const).map((name) => {
    const stream = child[name];
    if (!stream) throw new Error(`No ${name}`);
    stream.setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
    return once(stream, "end");
  });
  // "close" would be simpler, and never comes after disconnect().
  const ended = Promise.all([once(child, "exit"), ...streams]).then(() => ({ code: child.exitCode, ...said }));
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** What happens when the process that started it is gone. */
    disconnect: () => child.disconnect(),
    said,
    ended,
  };
}

/**
 * The same of a script whose process may write files of 51,200 bytes at most: as on a disk that fills.
 * @param script with its arguments, as a shell reads them
 */
export function runWithLittleRoom(script: string, env: Record<string, string>) {
  // In blocks of 512 bytes. The signal of it is ignored, so that writing fails.
  const limited = `trap "" XFSZ; ulimit -f 100; exec "$0" --import tsx ${script}`;
  const shell = `["-c", ${JSON.stringify(limited)}, process.execPath]`;
  return runProcess(
    ["--eval", `process.exit(require("node:child_process").spawnSync("sh", ${shell}, { stdio: "inherit" }).status)`],
    env,
  );
}

/**
 * A process that has a database open, idle.
 * @param table one of its tables, which it has read
 * @returns once it has, with its process id
 */
export async function holdOpen(file: string, table: string) {
  const holder = runProcess([
    "--input-type=module",
    "--eval",
    `import Database from "better-sqlite3";
     const database = new Database("${file}");
     database.prepare('SELECT 1 FROM "${table}"').get();
     console.log(process.pid);
     setInterval(() => {}, 1_000);`,
  ]);
  await expect.poll(() => holder.said.stdout).toMatch(/^\d+\n$/);
  return { ...holder, pid: holder.said.stdout.trim() };
}

/** Whether a process of that id goes on. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
