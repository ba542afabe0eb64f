import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { createLog } from "~/ports/log.server";
import { systemMachine } from "~/ports/machine.server";
import { createModel } from "~/ports/model/model.server";
import { createOutside } from "~/ports/outside/outside.server";
import { createStorage } from "~/ports/storage.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { asksFirst } from "./support/asks-first";
import { contextOf } from "./support/console";
import { openTestDb } from "./support/db";
import { routeModules } from "./support/route-modules";

/** What anyone may ask for, and why. */
const open: Record<string, string> = {
  "auth.google loader": "It only leads to the sign-in page.",
  "auth.google action": "It begins a sign-in.",
  "auth.google_.callback loader": "It ends a sign-in: whose role it is, is known only then.",
  "healthz loader": "The process's keeper asks, and is told “ok”.",
  "login loader": "It is the page for who is not signed in.",
  "logout loader": "It only leads to the overview.",
  "logout action": "It ends the session that it is sent, whatever the role.",
  "metrics loader": "Prometheus asks, by a token of its own.",
  "readyz loader": "Whoever watches the console asks, and is told which checks passed.",
  "theme loader": "It only leads to the overview.",
};

/** What changes something and yet asks for a viewer only, and why. */
const forViewers: Record<string, string> = {
  "image-exports.$file action": "It reads: a selection may be too long for an address.",
  "saved-views action": "A view is its operator's own.",
  "theme action": "The theme is this browser's own.",
};

type Part = "loader" | "action";
type At = { part: Part; file: string };
type Handler = (args: ActionFunctionArgs) => unknown;

/** Every part that the server would call, by what the module exports: however it is written there. */
const found = (
  await Promise.all(
    routeModules.map(async ({ route, file }) => {
      const module: object = await import(file);
      const parts = (["loader", "action"] as const).filter((part) => part in module);
      return parts.map((part): [name: string, at: At] => [`${route} ${part}`, { part, file }]);
    }),
  )
).flat();
const guarded = found.filter(([name]) => !(name in open));

const advice = (name: string) =>
  `The ${name} of app/routes does not ask for a role before anything else. Begin it with requireOperator, or answer with answerForm; what anyone may ask for is listed with its reason in tests/role-first.test.ts.`;

test.each(guarded)("%s asks first, by its text", (name, { part, file }) => {
  expect(asksFirst(file, part), advice(name)).toBe(true);
});

test.each(guarded)("%s does nothing for who is not signed in", async (name, at) => {
  const outcome = await ask(at, null);
  expect(["302 /login", "302 /login?returnTo=%2Fpage", "401"], `${advice(name)} ${outcome}`).toContain(outcome);
});

const changing = guarded.filter(([name, { part }]) => part === "action" && !(name in forViewers));

test.each(changing)("%s does nothing for a viewer", async (name, at) => {
  const outcome = await ask(at, "viewer");
  expect(outcome, `${advice(name)} A change needs an operator. ${outcome}`).toBe("403");
});

test("what is listed as open is there", () => {
  const names = found.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining([...Object.keys(open), ...Object.keys(forViewers)]));
});

async function load({ file, part }: At): Promise<Handler> {
  const module: Partial<Record<Part, Handler>> = await import(file);
  const handler = module[part];
  if (!handler) throw new Error(`${file} has no ${part}.`);
  return handler;
}

/**
 * What comes of a request where everything but the table of sessions is a trip wire: the ports, the body, the address's
 * ids, and the files of the project.
 */
async function ask(at: At, role: "viewer" | null): Promise<string> {
  const handler = await load(at);
  const env = loadEnv({ NODE_ENV: "test", PORT: "3000", LOG_LEVEL: "silent" });
  const ports = {
    db: await openTestDb(),
    storage: createStorage(env),
    model: createModel(env),
    clock: { now: () => new Date() },
    log: createLog("silent"),
    machine: systemMachine,
    settings: env,
    webhook: null,
    outside: createOutside(env),
  };
  const url = "http://127.0.0.1:3000/page";
  const headers = new Headers();
  if (role) {
    const data = { email: "sofia@diffs.studio", name: "Sofia Reyes", role, createdAt: new Date() };
    const { id } = await ports.db.operator.create({ data });
    const setCookie = await signIn({ request: new Request(url), context: contextOf({ env, ports }) }, id);
    headers.set("Cookie", setCookie.split(";")[0] ?? "");
  }
  const tripped: string[] = [];
  const trip = (what: string): never => {
    tripped.push(what);
    throw new Error(`It looked at ${what}.`);
  };
  const request = new Request(url, { method: at.part === "action" ? "POST" : "GET", headers });
  for (const name of ["formData", "text", "json", "arrayBuffer", "blob", "clone", "body"]) {
    Object.defineProperty(request, name, { get: () => trip("the request's body") });
  }
  const context = contextOf({ env, ports: onlySessions(ports, trip) });
  const outcome = await inEmptyFolder(() => handler({ request, params: {}, context }));
  if (tripped.length > 0) return `It looked at ${tripped.join(" and ")}.`;
  if (!(outcome instanceof Response)) return `It went on: ${outcome}`;
  return [outcome.status, outcome.headers.get("Location")].filter((said) => said !== null).join(" ");
}

/** Ports of which only a session can be looked up, and only refusals counted, which the door itself does. */
function onlySessions(ports: Ports, trip: (what: string) => never): Ports {
  const session = new Proxy(ports.db.session, {
    get: (target, name) => (name === "findUnique" ? target.findUnique.bind(target) : trip(`session.${String(name)}`)),
  });
  const counts: Pick<Ports["db"], "requestCount" | "$write"> = {
    requestCount: ports.db.requestCount,
    $write: (work) =>
      ports.db.$write((tx) =>
        work(
          new Proxy(tx, {
            get: (target, name) => (name === "requestCount" ? target.requestCount : trip(`tx.${String(name)}`)),
          }),
        ),
      ),
  };
  const db = new Proxy(ports.db, {
    get: (_, name) => {
      if (name === "session") return session;
      return name === "requestCount" || name === "$write" ? counts[name] : trip(`db.${String(name)}`);
    },
  });
  return new Proxy(ports, {
    get: (target, name) => (name === "db" ? db : name === "clock" ? target.clock : trip(`ports.${String(name)}`)),
  });
}

/** What `work` gives or throws, while the project's files are out of reach. */
async function inEmptyFolder(work: () => unknown): Promise<unknown> {
  const home = process.cwd();
  const empty = mkdtempSync(join(tmpdir(), "diffs-ops-empty-"));
  process.chdir(empty);
  try {
    return await work();
  } catch (error) {
    return error;
  } finally {
    process.chdir(home);
    rmSync(empty, { recursive: true });
  }
}
