import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DatabaseNotReady } from "./database-not-ready";

/** See `Machine.runScript`. */
export async function runScript(
  name: string,
  args: string[],
  { file, signal }: { file: string; signal: AbortSignal },
): Promise<unknown> {
  signal.throwIfAborted();
  // Found from here, and not from the folder in which this process was started.
  const script = join(dirname(fileURLToPath(import.meta.url)), "../../scripts", `${name}.ts`);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(process.execPath, ["--import", tsx, script, ...args, "--json"], {
    env: { ...process.env, DATABASE_URL: `file:${file}` },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    killSignal: "SIGKILL",
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    // Of one that is killed, the end is waited for: until then it may write.
    child.on("error", (error) => child.pid === undefined && reject(error));
    child.once("close", resolve);
  });
  const code = await ended;
  signal.throwIfAborted();
  if (code === 0) return JSON.parse(said.stdout);
  throw new DatabaseNotReady(
    sentenceOf(said.stdout) ?? `scripts/${name}.ts ended with ${code ?? "a signal"}: ${said.stderr.trim().slice(-500)}`,
  );
}

/** Of a script that failed. */
function sentenceOf(stdout: string): string | null {
  try {
    const document: unknown = JSON.parse(stdout);
    return typeof document === "object" && document !== null && "error" in document ? String(document.error) : null;
  } catch {
    return null;
  }
}
