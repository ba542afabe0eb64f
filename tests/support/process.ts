import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
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
