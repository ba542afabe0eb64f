import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { bareEnv } from "../../scripts/dev/console/local-env";

/**
 * Runs TypeScript in a process of its own, with nothing of this shell's environment; killed when the test is over.
 * @param args a file and its arguments, or node's own options
 */
export function runProcess(args: string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", ...args], {
    env: { ...bareEnv(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  }
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, ...said }));
  });
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), said, ended };
}
