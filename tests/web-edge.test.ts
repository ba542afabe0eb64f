import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { noteTime } from "~/features/clock-watch/note-time.server";
import { DomainError, type DomainErrorCode } from "~/features/domain-error";
import { StorageError, type StorageErrorCode } from "~/ports/storage.server";
import * as healthz from "~/routes/healthz/route";
import * as readyz from "~/routes/readyz/route";
import { readForm } from "~/web/forms/read-form.server";
import { startServer } from "~/web/server/http-server.server";
import { startTestConsole } from "./support/console";
import { productionEnv } from "./support/production-env";

/** Says that it was reached. */
const reached = {
  loader: () => new Response("reached"),
  action: async ({ request }: LoaderFunctionArgs) => new Response(`reached with ${(await request.text()).length}`),
};

const nothing = { loader: () => new Response("There is none.", { status: 404 }) };

const form = { "Content-Type": "application/x-www-form-urlencoded" };

const open = (env: Record<string, string> = {}) => startTestConsole({ env, routes: { "/page": reached } });

describe("headers", () => {
  test("a policy with a new nonce each time, and its companions", async () => {
    const { url, env } = await open();
    const [one, two] = await Promise.all([fetch(`${url}/page`), fetch(`${url}/page`)]);
    const policy = one.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}';/);
    expect(policy).not.toBe(two.headers.get("Content-Security-Policy"));
    expect(policy).toContain(`img-src 'self' data: ${env.AWS_ENDPOINT_URL_S3};`);
    expect(policy).toContain(`form-action 'self' ${env.GOOGLE_ISSUER};`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ${env.AWS_ENDPOINT_URL_S3};`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(Object.fromEntries(one.headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
    });
    expect(one.headers.has("Strict-Transport-Security")).toBe(false);
    expect(one.headers.has("X-Powered-By")).toBe(false);
  });

  test("pictures may come from the bucket's own host, https is kept to", async () => {
    const { url } = await open({ ...productionEnv, PUBLIC_ASSET_BASE_URL: "https://images.example.com/file/studio" });
    const { headers } = await fetch(`${url}/page`);
    const policy = headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain(
      "img-src 'self' data: https://diffs-pictures.s3.eu-central-1.amazonaws.com https://images.example.com;",
    );
    expect(policy).toContain("form-action 'self' https://accounts.google.com;");
    expect(policy).toContain("upgrade-insecure-requests");
    expect(headers.get("Strict-Transport-Security")).toBe("max-age=31536000");
  });
});

describe("a change of state", () => {
  test.each<[string, Record<string, string>]>([
    ["our own origin", { Origin: "self" }],
    ["a plain form of a no-referrer page of ours", { Origin: "null", "Sec-Fetch-Site": "same-origin" }],
  ])("is accepted from %s", async (_who, headers) => {
    const { url } = await open();
    const sent = { ...headers, ...(headers.Origin === "self" && { Origin: url }) };
    const response = await fetch(`${url}/page`, { method: "POST", headers: sent, body: "a=1" });
    expect(await response.text()).toBe("reached with 3");
    // What a page's scripts send, which Remix checks once more by itself.
    const data = await fetch(`${url}/page.data`, { method: "POST", headers: sent, body: "a=1" });
    expect([data.status, await data.text()]).toEqual([200, expect.stringContaining("reached with 3")]);
  });

  test.each<[string, Record<string, string>]>([
    ["another site", { Origin: "https://evil.example" }],
    ["another site that claims to be us", { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" }],
    ["another port of this machine", { Origin: "http://127.0.0.1:1" }],
    ["our name over another scheme", { Origin: "https" }],
    ["a sandboxed frame", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
    ["a sibling domain", { "Sec-Fetch-Site": "same-site" }],
    ["nobody knows whom", {}],
    ["nobody, with Host forged", { "X-Forwarded-Host": "evil.example", Origin: "http://evil.example" }],
  ])("is refused from %s", async (_who, headers) => {
    const { url } = await open();
    const sent = { ...headers, ...(headers.Origin === "https" && { Origin: url.replace("http:", "https:") }) };
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const response = await send(`${url}/page`, { method, headers: sent });
      expect(response.status).toBe(403);
      expect(response.body).toBe(`Changes are accepted from ${url} only.`);
    }
  });

  test("is refused beyond 1 MiB, said or streamed", async () => {
    const { url } = await open();
    const headers = { Origin: url };
    const big = { method: "POST", headers: { ...headers, "Content-Length": String(1024 * 1024 + 1) } };
    expect((await send(`${url}/page`, big)).status).toBe(413);
    expect((await send(`${url}/page`, { method: "POST", headers, body: "chunked" })).status).toBe(413);
  });
});

test("TRACE is refused, whoever asks", async () => {
  const { url } = await open();
  expect(await send(`${url}/page`, { method: "TRACE", headers: { Origin: url } })).toMatchObject({ status: 405 });
});

describe("addresses", () => {
  test("a page opened under another name of this machine leads to the one that Google returns to", async () => {
    const { url } = await open();
    const headers = { Host: "localhost:1", "Sec-Fetch-Mode": "navigate" };
    const response = await send(`${url}/page?a=1`, { method: "GET", headers });
    expect(response).toMatchObject({ status: 302, location: `${url}/page?a=1` });
  });

  test("//host is a path of ours, not another site", async () => {
    const { url } = await open();
    const headers = { Host: "localhost:1", "Sec-Fetch-Mode": "navigate" };
    const { location } = await send(`${url}//evil.example/x`, { method: "GET", headers });
    expect(new URL(location ?? "").origin).toBe(url);
  });
});

describe("what a client got wrong is its own, answered with a sentence and no line of ours in the log", () => {
  const schema = z.object({ pages: z.coerce.number("Give a number.") });
  const action = async ({ request }: LoaderFunctionArgs) => Response.json(await readForm(request, schema));

  async function openLogged() {
    const lines: string[] = [];
    const log = pino({ level: "warn" }, { write: (line: string) => lines.push(line) });
    return { ...(await startTestConsole({ routes: { "/page": { ...reached, action }, "/*": nothing }, log })), lines };
  }

  test.each(["/%c0%80", "/attribute-groups/%E0%A4%A", "/page/%ff.data", "/assets/%E0%A4%A"])(
    "an address that cannot be read: %s",
    async (path) => {
      const { url, lines } = await openLogged();
      const response = await send(url + path, { method: "GET", headers: {} });
      expect(response).toMatchObject({ status: 400, body: "This address cannot be read." });
      expect(lines).toEqual([]);
    },
  );

  test.each([
    ["GET * HTTP/1.1", 400],
    ["OPTIONS * HTTP/1.1", 400],
    ["GET mailto:mina@diffs.studio HTTP/1.1", 400],
    ["GET http:// HTTP/1.1", 404],
    ["GET http://evil.example/page?a=1 HTTP/1.1", 200],
    ["GET HTTP://EVIL.example:99/nowhere HTTP/1.1", 404],
    ["GET http://evil.example HTTP/1.1", 404],
    ["POST http://evil.example/page HTTP/1.1", 403],
    ["GET //evil.example/page HTTP/1.1", 404],
    ["GET /page;a=1?%%% HTTP/1.1", 404],
    ["PROPFIND /page HTTP/1.1", 403],
  ])("a request line that no browser sends: %s", async (line, status) => {
    const { url, lines } = await openLogged();
    expect(await statusOf(url, line)).toBe(status);
    expect(lines).toEqual([]);
  });

  test.each<[string, Record<string, string>, string | undefined, string]>([
    ["JSON", { "Content-Type": "application/json" }, "{}", "The request carries no form."],
    ["nothing", {}, undefined, "The request carries no form."],
    ["half a form", { "Content-Type": "multipart/form-data; boundary=x" }, "--x\r\n", "The request carries no form."],
    ["a value that is none", form, "pages=many", "pages: Give a number."],
    ["a form without its field", form, "", "pages: Give a number."],
  ])("a body that is no such form: %s", async (_what, headers, body, sentence) => {
    const { url, lines } = await openLogged();
    const response = await fetch(`${url}/page`, { method: "POST", headers: { Origin: url, ...headers }, body });
    expect([response.status, await response.text()]).toEqual([400, sentence]);
    expect(lines).toEqual([]);
  });

  test("while a form that is right is read", async () => {
    const { url } = await openLogged();
    const response = await fetch(`${url}/page`, {
      method: "POST",
      headers: { Origin: url, ...form },
      body: "pages=12",
    });
    expect(await response.json()).toEqual({ pages: 12 });
  });
});

describe("errors that a feature explains", () => {
  test.each<[Error, number]>([
    [new DomainError("not-found" satisfies DomainErrorCode, "There is no such run."), 404],
    [new DomainError("stale-plan" satisfies DomainErrorCode, "Plan it again."), 409],
    [new DomainError("invalid" satisfies DomainErrorCode, "A folder cannot be empty."), 422],
    [new StorageError("unavailable" satisfies StorageErrorCode, "S3 did not answer.", true), 503],
  ])("%s", async (error, status) => {
    const fail = () => {
      throw error;
    };
    const { url } = await startTestConsole({ routes: { "/page": { loader: fail, action: fail } } });
    for (const method of ["GET", "POST"]) {
      const response = await fetch(`${url}/page`, { method, headers: { Origin: url } });
      expect([response.status, await response.text()]).toEqual([status, error.message]);
    }
  });

  test("any other says nothing of its inside", async () => {
    const fail = () => {
      throw new Error("password=hunter2");
    };
    const { url } = await startTestConsole({ routes: { "/page": { loader: fail } } });
    const response = await fetch(`${url}/page`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
  });
});

describe("health", () => {
  const routes = { "/healthz": healthz, "/readyz": readyz };

  test("both answer when all is well", async () => {
    const { url } = await startTestConsole({ routes });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        checks: [
          { check: "database", ok: true, says: "answers" },
          { check: "migrations", ok: true, says: "all applied" },
          { check: "worker", ok: true, says: "was never seen yet: run npm run worker" },
        ],
      },
    ]);
  });

  test("not ready while a migration is missing, alive all the same", async () => {
    const { url, ports } = await startTestConsole({ routes });
    await ports.db.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name = '0001_init'`;
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      checks: [{ ok: true }, { ok: false, says: expect.stringContaining("0001_init; run npm run db:migrate") }],
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe("ready while a worker lives", () => {
  const at = new Date("2026-11-29T12:00:00Z");

  test.each([
    [60, 200, true, "was last seen 1\u202fmin 0\u202fs ago"],
    [300, 200, true, "was last seen 5\u202fmin 0\u202fs ago"],
    [301, 503, false, "was last seen 5\u202fmin 1\u202fs ago: run npm run worker; its log says why it ended"],
  ])("one that was last seen %i s ago: %i", async (seconds, status, ok, says) => {
    const { url, ports } = await startTestConsole({ routes: { "/readyz": readyz }, now: () => at });
    await noteTime({ db: ports.db, clock: { now: () => new Date(at.getTime() - seconds * 1_000) } });
    const response = await fetch(`${url}/readyz`);
    const checks = [{ ok: true }, { ok: true }, { check: "worker", ok, says }];
    expect([response.status, await response.json()]).toMatchObject([status, { ready: ok, checks }]);
  });
});

describe("the process", () => {
  test("says which port is taken", async () => {
    const { env, ports, build } = await open();
    await expect(startServer({ env, ports, build, mode: "production" })).rejects.toThrow(
      `Port ${env.PORT} on 127.0.0.1 is in use: stop what uses it, or set PORT to another.`,
    );
  });

  test("finishes what is under way when it closes, and takes nothing new", async () => {
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = {
      loader: async () => {
        begun();
        await sleep(300);
        return new Response("done");
      },
    };
    const { url, close } = await startTestConsole({ routes: { "/slow": slow } });
    const answer = fetch(`${url}/slow`).then((response) => response.text());
    await hasBegun;
    const closed = close();
    await expect(fetch(`${url}/slow`)).rejects.toThrow();
    expect(await answer).toBe("done");
    await closed;
  });

  test("logs each request without its query", async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => lines.push(line) });
    const { url } = await startTestConsole({ routes: { "/page": reached }, log });
    await fetch(`${url}/page?code=secret-code`, { headers: { Cookie: "diffs-session=secret-token" } });
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      method: "GET",
      path: "/page",
      status: 200,
      ms: expect.any(Number),
    });
    expect(lines.join()).not.toContain("secret");
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["its own", {}, /^[\da-f-]{36}$/],
    ["a proxy's", { "X-Request-Id": "req_4f2a91-0007" }, /^req_4f2a91-0007$/],
    ["its own instead of what is no name", { "X-Request-Id": 'a b"c' }, /^[\da-f-]{36}$/],
  ])("names a request in each line that it leads to, and in its answer, by %s id", async (_whose, headers, id) => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => lines.push(line) });
    const loader = ({ context }: LoaderFunctionArgs) => {
      context.ports.log.warn("from a feature");
      throw new Error("Something broke.");
    };
    const { url } = await startTestConsole({ routes: { "/page": { loader } }, log });
    const answer = await fetch(`${url}/page`, { headers });
    await expect.poll(() => lines.length).toBe(3);
    const said = lines.map((line) => JSON.parse(line));
    expect(said.map(({ msg }) => msg)).toEqual(["from a feature", "A request failed", "request"]);
    const ids = new Set([...said.map(({ requestId }) => requestId), answer.headers.get("X-Request-Id")]);
    expect([...ids]).toEqual([expect.stringMatching(id)]);
  });

  test("logs what only repeats for debugging, unless it fails, and no long path whole", async () => {
    const lines: string[] = [];
    const log = pino({ level: "debug" }, { write: (line: string) => lines.push(line) });
    const { url } = await startTestConsole({
      routes: { "/page": reached, "/work-in-progress": reached, "/*": nothing },
      log,
    });
    const seen = async (path: string, headers = {}) => {
      const before = lines.length;
      await fetch(url + path, { headers });
      await expect.poll(() => lines.length).toBe(before + 1);
      const { level, path: logged } = JSON.parse(lines.at(-1) ?? "");
      return [pino.levels.labels[level], logged];
    };
    expect(await seen("/page")).toEqual(["info", "/page"]);
    expect(await seen("/page", { "X-Poll": "yes" })).toEqual(["debug", "/page"]);
    expect(await seen("/work-in-progress")).toEqual(["debug", "/work-in-progress"]);
    expect(await seen("/nowhere", { "X-Poll": "yes" })).toEqual(["info", "/nowhere"]);
    expect(await seen(`/${"a".repeat(3_000)}`)).toEqual(["info", `/${"a".repeat(199)}…`]);
  });
});

/** The status of the answer to a request line as it is. */
function statusOf(url: string, line: string): Promise<number> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(Number(answer.split(" ")[1])));
    socket.write(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
}

/** A request with headers that fetch does not let one set; a body is sent in chunks. */
function send(url: string, options: { method: string; headers: Record<string, string>; body?: string }) {
  return new Promise<{ status: number | undefined; location: string | undefined; body: string }>((resolve, reject) => {
    const outgoing = request(url, { method: options.method, headers: options.headers }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode, location: response.headers.location, body });
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    if (options.body) outgoing.write(options.body);
    else if (options.headers["Content-Length"]) outgoing.flushHeaders();
    if (!options.headers["Content-Length"]) outgoing.end();
  });
}
