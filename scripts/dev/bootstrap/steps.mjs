import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Something that a person must put right: one sentence, and the exit code. */
export class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs the steps whose input changed, in order, and says on stderr what each does and how long it took.
 * A step is { title, isCurrent(): boolean, run(): Promise }.
 */
export async function runSteps(steps) {
  const live = process.stderr.isTTY === true;
  for (const step of steps) {
    if (step.isCurrent()) continue;
    const startedAt = Date.now();
    const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
    process.stderr.write(live ? `${step.title} …` : `${step.title} …\n`);
    // Long steps go on saying that they are alive: in place on a terminal, as lines elsewhere.
    const sign = setInterval(
      () => process.stderr.write(live ? `\r${step.title} … ${seconds()} s` : `  still at it after ${seconds()} s\n`),
      live ? 500 : 20_000,
    );
    try {
      await step.run();
    } catch (error) {
      if (live) process.stderr.write("\n");
      throw error;
    } finally {
      clearInterval(sign);
    }
    process.stderr.write(live ? `\r${step.title} … ${seconds()} s\n` : `  done in ${seconds()} s\n`);
  }
}

/** SHA-256 over the names and contents of files and folders (as far as `keeps`), and over any further text. */
export function fingerprint(root, paths, { keeps = () => true, text = "" } = {}) {
  const hash = createHash("sha256").update(text);
  const visit = (path) => {
    if (!keeps(relative(root, path))) return;
    try {
      hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
    } catch (error) {
      if (error.code === "ENOENT") return;
      if (error.code !== "EISDIR") throw error;
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    }
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest("hex");
}

const stampFile = (root, name) => join(root, "node_modules", ".cache", "diffs-ops", name);

/** Whether the step was last done for just this fingerprint. */
export function isStamped(root, name, print) {
  try {
    return readFileSync(stampFile(root, name), "utf8") === print;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

export function stamp(root, name, print) {
  mkdirSync(dirname(stampFile(root, name)), { recursive: true });
  writeFileSync(stampFile(root, name), print);
}

/**
 * Runs a program of Node's and keeps what it prints.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(root, args, env = {}) {
  return run(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
}

/** As runNode, for any program. */
export function run(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code === null ? 1 : code, output }));
  });
}
