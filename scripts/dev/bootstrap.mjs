/**
 * Makes a clone ready to run, with nothing but Node and npm: packages, Prisma's client and, with --web, the built
 * console. Each step runs only when its input changed. Then, with --run, runs a TypeScript file in this process.
 *
 * Old Node must be able to parse this file and what it imports, so that it can say that it is too old.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { installSteps } from "./bootstrap/install.mjs";
import { Refusal, runSteps } from "./bootstrap/steps.mjs";
import { prismaStep, webStep } from "./bootstrap/targets.mjs";

const usage = "Usage: node scripts/dev/bootstrap.mjs [--web] [--run FILE [ARGUMENT…]]";
const oldestNode = [20, 19];

function checkNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Refusal(`Node ${version} is too old: install Node ${oldestNode.join(".")} or newer and run this again.`);
}

/** Both folders that everything else writes to: better one sentence now than a stack trace in a minute. */
function checkWritable(root) {
  for (const folder of [join(root, "node_modules", ".cache", "diffs-ops"), join(root, ".data")]) {
    const probe = join(folder, `.probe-${process.pid}`);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(probe, "");
      rmSync(probe);
    } catch (error) {
      throw new Refusal(
        `Cannot write to ${folder} (${error.code}): make it writable for this user and run this again.`,
      );
    }
  }
}

function parseArguments(args) {
  const runAt = args.indexOf("--run");
  const own = runAt < 0 ? args : args.slice(0, runAt);
  const [file, ...rest] = runAt < 0 ? [] : args.slice(runAt + 1);
  if (own.some((argument) => argument !== "--web") || (runAt >= 0 && !file)) throw new Refusal(usage, 2);
  return { web: own.includes("--web"), file, rest };
}

/** npm runs this in a shell that passes no signal on: that npm was stopped shows only in who is still there. */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const atStart = launchers();
  setInterval(() => launchers() !== atStart && process.kill(process.pid, "SIGTERM"), 500).unref();
}

/** The ids of npm's shell and, where /proc tells it, of npm behind it. */
function launchers() {
  try {
    const [, name, parent] = readFileSync(`/proc/${process.ppid}/stat`, "utf8").match(/\((.*)\) \S (\d+)/);
    return /sh$/.test(name) ? `${process.ppid} ${parent}` : `${process.ppid}`;
  } catch {
    return `${process.ppid}`;
  }
}

async function main() {
  const root = resolve(new URL("../..", import.meta.url).pathname.replace(/^\/(?=[A-Za-z]:)/, ""));
  checkNode(process.versions.node);
  const { web, file, rest } = parseArguments(process.argv.slice(2));
  checkWritable(root);
  process.chdir(root);
  stopWithNpm();
  await runSteps([...installSteps(root), prismaStep(root), ...(web ? [webStep(root)] : [])]);
  if (!file) return;
  const script = resolve(root, file);
  process.argv.splice(1, process.argv.length, script, ...rest);
  await import(pathToFileURL(join(root, "node_modules", "tsx", "dist", "loader.mjs")).href);
  await import(pathToFileURL(script).href);
}

main().catch((error) => {
  console.error(error instanceof Refusal ? error.message : error);
  process.exit(error instanceof Refusal ? error.exitCode : 1);
});
