import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { indexImages } from "~/features/images/index/index-images";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { openBrowser } from "../../scripts/dev/browser/http-browser";
import { followRun } from "../../scripts/dev/console/follow-run";
import { startLocalCloud } from "../../scripts/dev/console/local-cloud";
import { localEnv } from "../../scripts/dev/console/local-env";
import { migrate } from "../../scripts/dev/console/migrate";
import { findFreePorts } from "../../scripts/dev/console/ports";
import { askSteadily } from "./steady-requests";

/** docs/operations.md names this version. */
const PM2 = "pm2@7.0.4";
/** Load before and after a reload, so that a gap at its edges is seen. */
const AROUND_MS = 3_000;

const run = promisify(execFile);
const repository = process.cwd();
const root = mkdtempSync(join(tmpdir(), "diffs-ops-pm2-"));

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/dev/bootstrap.mjs", "--web"], { stdio: ["ignore", "ignore", "inherit"] });
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefix", join(root, "pm2"), PM2], { stdio: "ignore" });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const listed = z.array(
  z.object({
    name: z.string(),
    pid: z.number(),
    pm2_env: z.object({ status: z.string(), exec_mode: z.string(), APP_ENVIRONMENT: z.string() }),
  }),
);

/** A database, a local cloud, and a pm2 of its own home, which is gone when the test is over. */
async function open(name: string) {
  const folder = join(root, name);
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  const variables = localEnv({ ports: { web, s3, gemini, google }, folder });
  const env = loadEnv(variables);
  const cloud = await startLocalCloud(env, folder);
  onTestFinished(() => cloud.close());
  migrate(join(folder, "ops.db"));
  const ports = await createPorts({ ...env, LOG_LEVEL: "silent" }, { busyTimeoutMs: 1_000 });
  onTestFinished(() => ports.db.$disconnect());
  /** What a shell has that knows nothing of the console. */
  const bare: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: home, NODE_ENV: "production" };
  const pm2 = async (cwd: string, args: string[], shell: NodeJS.ProcessEnv = bare) =>
    (await run(join(root, "pm2/node_modules/.bin/pm2"), args, { cwd, env: shell, maxBuffer: 64 << 20 })).stdout;
  onTestFinished(async () => void (await pm2(home, ["kill"])));
  const list = async () => {
    const said = await pm2(home, ["jlist"]);
    return listed.parse(JSON.parse(said.slice(said.lastIndexOf("\n[{") + 1)));
  };
  return { home, ports, variables, url: env.PUBLIC_URL, bare, pm2, list };
}

/** Signs in at the local Google; the header that shows who it is. */
async function signIn(url: string): Promise<Record<string, string>> {
  const browser = openBrowser();
  const toGoogle = (await browser.post(`${url}/auth/google`)).headers.get("Location") ?? "";
  const back = await fetch(`${toGoogle}&account=mina@diffs.studio`, { redirect: "manual" });
  const signedIn = await browser.get(back.headers.get("Location") ?? "");
  expect(signedIn.headers.get("Location")).toBe("/");
  return { Cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
}

/** Pages answer, the worker works, and a reload loses no request. */
async function expectWhole(
  { ports, url, list, pm2, home }: Awaited<ReturnType<typeof open>>,
  reload: () => Promise<unknown>,
) {
  const before = await list();
  expect(before.map(({ name, pm2_env }) => [name, pm2_env.status, pm2_env.exec_mode, pm2_env.APP_ENVIRONMENT])).toEqual(
    [
      ["diffs-ops-web", "online", "cluster_mode", "local"],
      ["diffs-ops-worker", "online", "fork_mode", "local"],
      ["diffs-ops-web", "online", "cluster_mode", "local"],
    ],
  );
  const headers = await signIn(url);
  const stop = askSteadily(`${url}/`, headers);
  await sleep(AROUND_MS);
  await reload();
  await sleep(AROUND_MS);
  const answered = await stop();
  console.info(`${home}: ${JSON.stringify(answered)}`);
  expect(answered.outcomes).toEqual({ 200: answered.sent });

  const after = await list();
  expect(after.map(({ pm2_env }) => pm2_env.APP_ENVIRONMENT)).toEqual(["local", "local", "local"]);
  const pids = new Set(before.map(({ pid }) => pid));
  expect(after.filter(({ pid }) => pids.has(pid))).toEqual([]);
  const log = readFileSync(join(home, ".pm2/logs/diffs-ops-web-error-0.log"), "utf8");
  expect(log).toContain(`Diffs Ops is at ${url}`);

  const actor = { id: "script:test", name: "Test" };
  const { runId } = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
  expect((await followRun(ports, runId)).status).toBe("succeeded");
  await pm2(home, ["delete", "all"]);
}

test("in the folder of the repository, with the variables of the shell", async () => {
  const world = await open("one");
  const shell = { ...world.variables, ...world.bare };
  await world.pm2(repository, ["start", "ecosystem.config.cjs"], shell);
  await expectWhole(world, () => world.pm2(repository, ["reload", "ecosystem.config.cjs"], shell));
});

test("in another folder, with another home and an .env, by a shell that is elsewhere and knows nothing", async () => {
  const world = await open("two");
  const elsewhere = join(root, "a place", "diffs ops");
  const leftOut = new Set(["node_modules", ".git", ".data"]);
  cpSync(repository, elsewhere, {
    recursive: true,
    filter: (source) => !leftOut.has(relative(repository, source).split(sep)[0] ?? ""),
  });
  symlinkSync(join(repository, "node_modules"), join(elsewhere, "node_modules"));
  const { PATH: _path, HOME: _home, NODE_ENV: _mode, ...ours } = world.variables;
  writeFileSync(
    join(elsewhere, ".env"),
    Object.entries(ours)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(""),
  );
  const config = join(elsewhere, "ecosystem.config.cjs");
  await world.pm2("/", ["start", config]);
  await expectWhole(world, () => world.pm2(tmpdir(), ["reload", config]));
});
