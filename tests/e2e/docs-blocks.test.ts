import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { indexImages } from "~/features/images/index/index-images";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { isFinished } from "~/features/job-runs/status";
import { signIn } from "../../scripts/dev/browser/check-pages";
import { openBrowser } from "../../scripts/dev/browser/http-browser";
import { bareEnv } from "../../scripts/dev/console/local-env";
import { findFreePorts } from "../../scripts/dev/console/ports";
import { type Block, commandsOf, nameOf, readBlocks } from "../support/docs-blocks";
import { openConsole } from "./support/console";

/** What each block that is run must print. */
const prints: Record<string, RegExp> = {
  "npm run build": /Applied 0001_init/,
  "npx tsx scripts/export-labels.ts": /have the same \d+ labels\./,
  "npx tsx scripts/operators.ts list": /jun@diffs\.studio +operator[\s\S]*once you add --apply\. Nothing has changed\./,
  "npx tsx scripts/api-tokens.ts add": /“image agent” has a token, once you add --apply[\s\S]*REFERENCE_TOKEN +valid/,
  'curl --fail-with-body -H "Authorization: Bearer $API_TOKEN" "$PUBLIC_URL/api/openapi.json"': /\{"openapi":"3\.1\.0"/,
  'curl --fail-with-body -H "Authorization: Bearer $API_TOKEN" \\\n  "$PUBLIC_URL/api/images': /\{"images":\[/,
  "npx tsx scripts/list.ts": /Lists, their pages[\s\S]*references\/01\. Model\/[\s\S]*"action":"run\./,
  "curl ": /"references":\[\{"group":/,
  "mkdir -p backups": /Backed up [\s\S]* checked\.\n[\s\S]*\.db is sound\. [\s\S]*Nothing has changed\./,
  "npx tsx scripts/backup.ts --to-bucket":
    /Back up database[\s\S]*UTC {2}backups\/[\s\S]*unpacked[\s\S]*is sound\. [\s\S]*Nothing has changed\./,
  "mkdir former": /^Restored ops\.db from backups\/\d{4}\/[\d-]+Z-\w{6}\.db\.gz[\s\S]*Do next:/,
};

/** Commands that serve until they are stopped, and how one sees that they do. */
const serving: Record<string, (own: Own) => Promise<boolean>> = {
  "npm start": ({ url }) =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  "npm run worker": async ({ folder }) => {
    const database = new Database(join(folder, "ops.db"), { timeout: 5_000 });
    try {
      return database.prepare('SELECT count(*) FROM "Schedule"').pluck().get() !== 0;
    } finally {
      database.close();
    }
  },
};

type Own = { folder: string; url: string; env: NodeJS.ProcessEnv };

const blocks = readBlocks().filter(({ info }) => info === "sh run");
const find = ({ text }: Block) => Object.entries(prints).find(([beginning]) => text.startsWith(beginning))?.[1];

const { url, env, ports } = await openConsole();
const project = openProject();
const [port = 0] = await findFreePorts(1);
/** A database of this folder's own, beside the demo's services, for what brings up and restores one. */
const ofProject = { DATABASE_URL: "file:ops.db", PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
const variables: NodeJS.ProcessEnv = {
  ...bareEnv(),
  ...{ APP_ENVIRONMENT: "local", HOST: env.HOST, PORT: String(env.PORT), PUBLIC_URL: env.PUBLIC_URL },
  ...{ DATABASE_URL: env.DATABASE_URL, API_TOKEN: env.REFERENCE_TOKEN ?? "" },
  ...{ AWS_ENDPOINT_URL_S3: env.AWS_ENDPOINT_URL_S3, GEMINI_BASE_URL: env.GEMINI_BASE_URL },
  GOOGLE_ISSUER: env.GOOGLE_ISSUER,
};

/** A folder that is this project to its commands, and where what they write harms nothing. */
function openProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-project-"));
  for (const name of readdirSync(".")) {
    if (name === "labels") cpSync(name, join(folder, name), { recursive: true });
    else if (!name.startsWith(".")) symlinkSync(resolve(name), join(folder, name));
  }
  return folder;
}

let isOver = false;
let work: Promise<number> | null = null;

/** The worker indexes or audits most of the time, so that it writes whatever else goes on. */
async function keepBusy(): Promise<number> {
  const actor = { id: "script:busy", name: "Busy" };
  for (let done = 0; ; done += 1) {
    const how = { actor, autoApply: true };
    const { runId } = await (done % 2
      ? startRun(ports, auditGroups, { payload: { root: null }, ...how })
      : startRun(ports, indexImages, { payload: { prefix: "" }, ...how }));
    const isDone = async () => isFinished((await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } })).status);
    while (!(await isDone())) await sleep(50);
    if (isOver) return done;
    await sleep(300);
  }
}

beforeAll(async () => {
  await signIn(openBrowser(), url, "jun@diffs.studio");
  work = keepBusy();
});
afterAll(async () => {
  isOver = true;
  const done = await work;
  rmSync(project, { recursive: true, force: true });
  expect(done).toBeGreaterThan(0);
});

/** Runs commands in the project's folder and in a process group of their own. */
function shell(commands: string, own: NodeJS.ProcessEnv) {
  const child = spawn("sh", ["-eu", "-c", commands], { cwd: project, env: own, detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const stop = (signal: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // All of the group have gone.
    }
  };
  onTestFinished(() => stop("SIGKILL"));
  const ended = new Promise<{ code: number | null; said: string }>((done) =>
    child.once("close", (code) => done({ code, said })),
  );
  return { stop: () => stop("SIGTERM"), said: () => said, ended };
}

/** Runs a block as a person would who keeps each thing that serves open in a terminal of its own. */
async function runBlock(block: Block, own: Own): Promise<string> {
  const commands = commandsOf(block);
  const first = commands.findIndex((command) => serving[command]);
  const { code, said } = await shell(first < 0 ? block.text : commands.slice(0, first).join("\n"), own.env).ended;
  expect({ code, said }).toMatchObject({ code: 0 });
  for (const command of first < 0 ? [] : commands.slice(first)) {
    const isUp = serving[command];
    if (!isUp) throw new Error(`${nameOf(block)}: “${command}” would have to wait for what serves above it.`);
    const server = shell(command, own.env);
    const ended = server.ended.then(({ said }) => {
      throw new Error(`“${command}” ended.\n${said}`);
    });
    await Promise.race([ended, expect.poll(() => isUp(own)).toBe(true)]);
    ended.catch(() => {});
    onTestFinished(async () => {
      server.stop();
      await server.ended;
    });
  }
  return said;
}

test("each block that is run is told what to print", () => {
  expect(blocks.filter((block) => !find(block)).map(nameOf)).toEqual([]);
  expect(blocks.length).toBe(Object.keys(prints).length);
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
const isRunnable = ({ text }: Block) => hasCurl || !text.startsWith("curl ");

test.each(blocks.filter(isRunnable).map((block) => [nameOf(block), block] as const))(
  "%s does what it says",
  async (_, block) => {
    const isOfProject = ["npm run build", "mkdir former"].some((beginning) => block.text.startsWith(beginning));
    const own = { ...variables, ...(isOfProject && ofProject) };
    const said = await runBlock(block, { folder: project, url: ofProject.PUBLIC_URL, env: own });
    expect(said).toMatch(find(block) ?? "what no block prints");
  },
);
