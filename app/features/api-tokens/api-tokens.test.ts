import { pino } from "pino";
import { expect, test } from "vitest";
import { createLog } from "~/ports/log.server";
import { openTestDb } from "../../../tests/support/db";
import { addApiToken } from "./add-api-token.server";
import { readClientName, readKeptDays } from "./api-token";
import { judgeApiToken } from "./judge-api-token.server";
import { listApiTokens } from "./list-api-tokens.server";
import { hashOf } from "./make-token.server";
import { noteTokenUse } from "./note-token-use.server";
import { revokeApiToken } from "./revoke-api-token.server";
import { rotateApiToken } from "./rotate-api-token.server";

const actor = { id: "script:mina", name: "mina (script)" };
const client = "image agent";

/** A database, and a clock that is set by hand. */
async function open() {
  const db = await openTestDb();
  const clock = { at: new Date("2026-11-20T10:00:00Z"), now: () => clock.at };
  const ports = { db, clock, log: createLog("silent") };
  const isTaken = async (token: string) => "token" in (await judgeApiToken(ports, token));
  const list = () => listApiTokens(ports, { hasEnvironmentToken: false });
  const states = async () => (await list()).map(({ id, state }) => [id, state]);
  const said = async () => (await db.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ sentence }) => sentence);
  return { db, clock, ports, isTaken, list, states, said };
}

test("a token is said once, and kept as its hash only", async () => {
  const { db, ports, list, isTaken, said } = await open();
  const { token, tokenId } = await addApiToken(ports, { client: " Image Agent ", actor });
  expect(token).toMatch(/^diffs_[\w-]{43}$/);
  expect(await isTaken(token)).toBe(true);
  expect(await list()).toEqual([
    {
      ...{ id: tokenId, client, ending: token.slice(-4), state: "valid", usedAt: null, endsAt: null },
      ...{ createdAt: new Date("2026-11-20T10:00:00Z"), createdBy: "script:mina" },
    },
  ]);
  expect(await db.apiToken.findMany({ select: { hash: true } })).toEqual([{ hash: hashOf(token) }]);
  expect(await said()).toEqual([`“image agent” was given a token for the API, which ends in “${token.slice(-4)}”`]);
  for (const wrong of [token.slice(0, -1), `${token}x`, token.toUpperCase(), hashOf(token), "", "diffs_"]) {
    expect(await judgeApiToken(ports, wrong)).toEqual({ refusal: "The token is wrong." });
  }
  await expect(addApiToken(ports, { client, actor })).rejects.toMatchObject({
    code: "conflict",
    message: `“image agent” has a token already, which ends in “${token.slice(-4)}”. Replace it instead.`,
  });
  expect(await db.apiToken.count()).toBe(1);
});

test("while a program changes over, its former token and the next are both taken", async () => {
  const { clock, ports, isTaken, states } = await open();
  const first = await addApiToken(ports, { client, actor });
  const second = await rotateApiToken(ports, { client, keptDays: 7, actor });
  expect(second.formerEndsAt).toEqual(new Date("2026-11-27T10:00:00Z"));
  expect(await states()).toEqual([
    [second.tokenId, "valid"],
    [first.tokenId, "ending"],
  ]);
  clock.at = new Date("2026-11-27T09:59:59Z");
  expect([await isTaken(first.token), await isTaken(second.token)]).toEqual([true, true]);
  clock.at = new Date("2026-11-27T10:00:00Z");
  expect(await judgeApiToken(ports, first.token)).toEqual({
    refusal: "This token ended 27 Nov 2026, 10:00:00 UTC. Ask an admin of the console for a new one.",
  });
  expect(await isTaken(second.token)).toBe(true);
});

test("rotating again lengthens no former token's time; with 0 days all former ones end at once", async () => {
  const { ports, isTaken, states, said } = await open();
  const first = await addApiToken(ports, { client, actor });
  const second = await rotateApiToken(ports, { client, keptDays: 1, actor });
  const third = await rotateApiToken(ports, { client, keptDays: 30, actor });
  expect((await listApiTokens(ports, { hasEnvironmentToken: false })).map(({ endsAt }) => endsAt)).toEqual([
    null,
    new Date("2026-12-20T10:00:00Z"),
    new Date("2026-11-21T10:00:00Z"),
  ]);
  const fourth = await rotateApiToken(ports, { client, keptDays: 0, actor });
  expect(await states()).toEqual([
    [fourth.tokenId, "valid"],
    [third.tokenId, "ended"],
    [second.tokenId, "ended"],
    [first.tokenId, "ended"],
  ]);
  expect(await isTaken(third.token)).toBe(false);
  expect((await said()).at(-1)).toBe(
    `“image agent” was given its next token for the API, which ends in “${fourth.token.slice(-4)}”; the former one has ended`,
  );
});

test("a revoked token is refused at once; its program may be given a first one again", async () => {
  const { ports, isTaken, said } = await open();
  const { token, tokenId } = await addApiToken(ports, { client, actor });
  const other = await addApiToken(ports, { client: "nightly script", actor });
  expect(await revokeApiToken(ports, { tokenId, actor })).toEqual({ client, ending: token.slice(-4) });
  expect([await isTaken(token), await isTaken(other.token)]).toEqual([false, true]);
  expect((await said()).at(-1)).toBe(`The token of “image agent” that ends in “${token.slice(-4)}” was revoked`);
  await expect(revokeApiToken(ports, { tokenId, actor })).rejects.toThrow(
    `There is no token ${tokenId}, or it has ended already.`,
  );
  await expect(rotateApiToken(ports, { client, keptDays: 7, actor })).rejects.toThrow(
    "No program called “image agent” has a token. Make one for it first.",
  );
  expect(await isTaken((await addApiToken(ports, { client, actor })).token)).toBe(true);
});

test("the last use is noted at most once in five minutes, also when the clock was set back", async () => {
  const { db, clock, ports } = await open();
  const uses = () => db.apiTokenUse.findMany();
  const steps: [at: string, noted: string][] = [
    ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"],
    ["2026-11-20T10:04:59Z", "2026-11-20T10:00:00Z"],
    ["2026-11-20T10:05:00Z", "2026-11-20T10:05:00Z"],
    ["2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z"],
  ];
  for (const [at, noted] of steps) {
    clock.at = new Date(at);
    await noteTokenUse(ports, "3");
    expect(await uses()).toEqual([{ token: "3", usedAt: new Date(noted) }]);
  }
});

test("a use that cannot be noted is said in the log, and tried again five minutes later", async () => {
  const { clock } = await open();
  let tries = 0;
  const fail = () => {
    tries += 1;
    throw new Error("the disk is full");
  };
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => lines.push(line) });
  const db = { apiTokenUse: new Proxy((await openTestDb()).apiTokenUse, { get: () => fail }) };
  await noteTokenUse({ db, clock, log }, "3");
  await noteTokenUse({ db, clock, log }, "3");
  expect([tries, lines.length]).toEqual([1, 1]);
  clock.at = new Date("2026-11-20T10:05:00Z");
  await noteTokenUse({ db, clock, log }, "3");
  expect(tries).toBe(2);
});

test("REFERENCE_TOKEN stands last, with its last use; ended tokens are shown for 90 days", async () => {
  const { db, clock, ports } = await open();
  const { tokenId } = await addApiToken(ports, { client, actor });
  await revokeApiToken(ports, { tokenId, actor });
  await noteTokenUse(ports, "environment");
  const shown = async () =>
    (await listApiTokens(ports, { hasEnvironmentToken: true })).map(({ id, client, usedAt }) => [id, client, usedAt]);
  const environment = [null, "environment", new Date("2026-11-20T10:00:00Z")];
  expect(await shown()).toEqual([[tokenId, client, null], environment]);
  clock.at = new Date("2027-02-18T10:00:00Z");
  expect(await shown()).toEqual([environment]);
  expect(await db.apiToken.count()).toBe(1);
});

test.each([
  ["Image Agent", { client: "image agent" }],
  ["  에이전트 2 ", { client: "에이전트 2" }],
  ["nightly_export.v2-b", { client: "nightly_export.v2-b" }],
  ["", { complaint: "Give the program a name." }],
  ["   ", { complaint: "Give the program a name." }],
  ["Environment", { complaint: "“environment” stands for REFERENCE_TOKEN. Choose another name." }],
  ["a".repeat(61), { complaint: "The program's name is longer than 60 characters." }],
  [
    "a/b",
    {
      complaint:
        "“a/b” cannot be a program's name: use letters, digits, spaces, and . _ -, and begin with a letter or a digit.",
    },
  ],
  ["-x", { complaint: expect.stringContaining("begin with a letter or a digit") }],
  ["a\u202eb", { complaint: expect.stringContaining("“a<U+202E>b” cannot be") }],
])("a program is called %j: %j", (written, read) => {
  expect(readClientName(written)).toEqual(read);
});

test.each([
  ["0", { days: 0 }],
  ["90", { days: 90 }],
  ["91", { complaint: "A former token goes on for 0 to 90 days, not “91”." }],
  ["-1", { complaint: "A former token goes on for 0 to 90 days, not “-1”." }],
  ["1.5", { complaint: "A former token goes on for 0 to 90 days, not “1.5”." }],
  ["", { complaint: "A former token goes on for 0 to 90 days, not “”." }],
])("%j days: %j", (written, read) => {
  expect(readKeptDays(written)).toEqual(read);
});
