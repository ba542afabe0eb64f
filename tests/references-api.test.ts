import Database from "better-sqlite3";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { addApiToken } from "~/features/api-tokens/add-api-token.server";
import { revokeApiToken } from "~/features/api-tokens/revoke-api-token.server";
import { rotateApiToken } from "~/features/api-tokens/rotate-api-token.server";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import * as resolve from "~/routes/api.references.resolve/route";
import { startTestConsole } from "./support/console";
import { productionEnv } from "./support/production-env";
import { etagOf, storeSnapshot } from "./support/snapshot";

const token = "the-token-of-the-image-agent-0123456789";
const path = "/api/references/resolve";
const frontWarm = "?root=Model&mode=tone%2Bangle&tone=warm&angle=front";
const schema = await loadLabelSchema();
const root = findRoot(schema, "Model");

/** The API over a database with an audit of these objects; none: never audited. */
async function open(paths: string[], env: Record<string, string> = { REFERENCE_TOKEN: token }) {
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
  const console = await startTestConsole({ routes: { [path]: resolve }, env, log });
  if (paths.length > 0) await storeSnapshot(console.ports.db, { schema, root, paths });
  const ask = async (query: string, init: RequestInit = { headers: { Authorization: `Bearer ${token}` } }) => {
    const response = await fetch(console.url + path + query, init);
    const text = await response.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    return { status: response.status, headers: response.headers, body };
  };
  return { ...console, ask, lines };
}

test.each(["tone%2Bangle", "tone+angle", "tone%20angle"])("mode=%s: the references, kept by no cache", async (mode) => {
  const { ask } = await open(["front_warm/reference.png", "front_cool/a.png"]);
  const { status, headers, body } = await ask(`?root=Model&mode=${mode}&tone=warm&angle=front`);
  expect(status).toBe(200);
  expect(headers.get("Content-Type")).toMatch(/^application\/json/);
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(headers.getSetCookie()).toEqual([]);
  const key = "references/01. Model/front_warm/reference.png";
  expect(body).toEqual({
    root: "Model",
    mode: "tone+angle",
    attributes: { angle: "front", tone: "warm" },
    ageRange: null,
    snapshotId: 1,
    asOf: "1970-01-01T00:00:00.000Z",
    references: [
      {
        group: "front_warm",
        prefix: "references/01. Model/front_warm/",
        attributes: { angle: "front", tone: "warm" },
        key,
        etag: etagOf(key),
        why: "“front_warm” stands for angle front, tone warm; “reference.png” is its only image named “reference” or “ref”.",
      },
    ],
    missing: [],
  });
});

test("by tone alone, in Korean and with an alias: what the folders say counts", async () => {
  const { ask } = await open(["side_cool/정면.png", "front_cool/reference.png"]);
  expect((await ask("?root=Model&mode=tone&tone=COOL")).body).toMatchObject({
    references: [{ group: "front_cool" }, { group: "side_cool", key: "references/01. Model/side_cool/정면.png" }],
    missing: [{ attributes: { angle: "three-quarter" } }, { attributes: { angle: "back" } }],
  });
});

describe("401", () => {
  test.each<[string, Record<string, string>, string]>([
    ["no token", {}, 'Bearer realm="diffs-ops"'],
    ["another scheme", { Authorization: `Basic ${btoa(`agent:${token}`)}` }, 'Bearer realm="diffs-ops"'],
    ["the token without a scheme", { Authorization: token }, 'Bearer realm="diffs-ops"'],
    ["an empty token", { Authorization: "Bearer " }, 'Bearer realm="diffs-ops"'],
    ["the token and more", { Authorization: `Bearer ${token} ${token}` }, 'Bearer realm="diffs-ops"'],
    ["another token", { Authorization: `Bearer ${token}x` }, 'Bearer realm="diffs-ops", error="invalid_token"'],
    [
      "part of it",
      { Authorization: `Bearer ${token.slice(0, -1)}` },
      'Bearer realm="diffs-ops", error="invalid_token"',
    ],
    [
      "it in capitals",
      { Authorization: `Bearer ${token.toUpperCase()}` },
      'Bearer realm="diffs-ops", error="invalid_token"',
    ],
    ["it in a cookie", { Cookie: `diffs-session=${token}` }, 'Bearer realm="diffs-ops"'],
  ])("for %s", async (_what, headers, challenge) => {
    const { ask } = await open(["front_warm/a.png"]);
    const refusal = await ask(frontWarm, { headers });
    expect(refusal.status).toBe(401);
    expect(refusal.headers.get("WWW-Authenticate")).toBe(challenge);
    expect(refusal.headers.get("Cache-Control")).toBe("no-store");
    expect(refusal.body).toEqual({ error: expect.stringMatching(/token.*\.$/) });
  });

  test("for everyone where no program has a token", async () => {
    const { ask } = await open(["front_warm/a.png"], productionEnv);
    for (const given of [token, "undefined", "null", "a-reference-token-of-the-local-machine-only"]) {
      const refusal = await ask(frontWarm, { headers: { Authorization: `Bearer ${given}` } });
      expect([refusal.status, refusal.body]).toEqual([401, { error: "The token is wrong." }]);
    }
  });

  test("before anything else is looked at", async () => {
    const { ask } = await open([]);
    expect((await ask("?nonsense=1", {})).status).toBe(401);
  });
});

describe("refused, with a sentence", () => {
  test.each([
    ["?root=Modle&mode=tone&tone=warm", 404, "no attribute root called “Modle”"],
    ["?root=Model&mode=tone&tone=purple", 404, "There is no tone called “purple”; there is warm, neutral, cool."],
    ["?root=Model&mode=tone&tone=neutral", 404, "No image of “Model” stands for tone neutral."],
    ["?root=Model&mode=tone&tone=cool", 409, "“cool front” and “front_cool” stand for the same"],
    [
      "?root=Model&mode=tone&tone=warm&ageRange=21",
      404,
      "There is no age range called “21”; there is child, teen, 20s",
    ],
    ["?root=Model&mode=tone&tone=warm&ageRange=", 404, "There is no age range called “”"],
    ["?root=Model&mode=tone&tone=warm&ageRange=20s&ageRange=30s", 400, "Give “ageRange” once."],
    [
      "?root=Model&mode=tone&tone=warm&ageRange=20s",
      404,
      "No image of “Model” stands for tone warm, age range 20s. The reference image of “front_warm”, “a.png”, is not indexed as the audit saw it",
    ],
    ["?root=Model&mode=tone", 400, "tone is missing"],
    ["?root=Model&mode=tone&tone=warm&angle=front", 400, "“angle” is too much"],
    ["?root=Model&mode=tone%2Bangle&tone=warm", 400, "angle is missing"],
    ["?root=Model&mode=angle&angle=front", 400, "The parameter “mode” must be “tone” or “tone+angle”."],
    ["?root=Model&tone=warm", 400, "The parameter “mode” must be “tone” or “tone+angle”."],
    ["?mode=tone&tone=warm", 400, "The parameter “root” is missing"],
    ["?root=Model&mode=tone&tone=warm&tone=cool", 400, "Give “tone” once."],
    [
      "?root=Model&mode=tone&tone=warm&mood=x&token=y",
      400,
      "There is no parameter “mood”, “token”; there is root, mode, tone, angle, ageRange.",
    ],
    ["?__proto__=1", 400, "There is no parameter “__proto__”"],
  ])("%s", async (query, status, sentence) => {
    const { ask } = await open(["front_warm/a.png", "front_cool/a.png", "cool front/a.png"]);
    const refusal = await ask(query);
    expect([refusal.status, refusal.body]).toEqual([status, { error: expect.stringContaining(sentence) }]);
    expect(refusal.headers.get("Cache-Control")).toBe("no-store");
  });

  test("a root that was never audited", async () => {
    const { ask } = await open([]);
    expect(await ask(frontWarm)).toMatchObject({
      status: 409,
      body: { error: "“Model” has not been audited yet. Audit it first." },
    });
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s, whoever sends it", async (method) => {
    const { ask, url } = await open(["front_warm/a.png"]);
    for (const headers of [new Headers({ Authorization: `Bearer ${token}` }), new Headers({ Origin: url })]) {
      const refusal = await ask(frontWarm, { method, headers });
      expect([refusal.status, refusal.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
      expect(refusal.body).toEqual({ error: `${method} is not supported here; use GET.` });
    }
  });
});

test("a program's own token is taken beside REFERENCE_TOKEN, both while it is replaced, and each use is noted", async () => {
  const { ask, ports } = await open(["front_warm/a.png"]);
  const actor = { id: "operator:1", name: "Mina" };
  const statusOf = async (bearer: string) =>
    (await ask(frontWarm, { headers: { Authorization: `Bearer ${bearer}` } })).status;
  const first = await addApiToken(ports, { client: "image agent", actor });
  const second = await rotateApiToken(ports, { client: "image agent", keptDays: 7, actor });
  expect([await statusOf(first.token), await statusOf(second.token), await statusOf(token)]).toEqual([200, 200, 200]);
  const used = async () => (await ports.db.apiTokenUse.findMany({ orderBy: { token: "asc" } })).map((use) => use.token);
  await expect.poll(used).toEqual(["1", "2", "environment"]);
  await revokeApiToken(ports, { tokenId: first.tokenId, actor });
  expect([await statusOf(first.token), await statusOf(second.token)]).toEqual([401, 200]);
});

test("bulk work that holds the lock delays no answer: its use is noted afterwards", async () => {
  const { ask, ports } = await open(["front_warm/a.png"]);
  const { token: own } = await addApiToken(ports, { client: "agent", actor: { id: "operator:1", name: "Mina" } });
  const other = new Database(ports.db.$file);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  const { status } = await ask(frontWarm, { headers: { Authorization: `Bearer ${own}` } });
  expect([status, await ports.db.apiTokenUse.count()]).toEqual([200, 0]);
  other.exec("COMMIT");
  await expect.poll(() => ports.db.apiTokenUse.count()).toBe(1);
});

test("the log has a line for each request and the token in none", async () => {
  const { ask, lines } = await open(["front_warm/a.png"]);
  await ask(frontWarm);
  await ask(`${frontWarm}&token=${token}`);
  await ask(frontWarm, { headers: { Authorization: `Bearer ${token}x` } });
  await expect.poll(() => lines.filter((line) => line.includes(path)).length).toBe(3);
  expect(lines.join("")).not.toContain(token);
});
