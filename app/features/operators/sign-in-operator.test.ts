import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
import { holdToLists } from "./hold-to-lists.server";
import { findSignedIn, startSession } from "./operator-sessions.server";
import { removeOperator } from "./remove-operator.server";
import { signInOperator } from "./sign-in-operator.server";

const lists = {
  adminEmails: ["mina@diffs.studio"],
  operatorEmails: ["jun@diffs.studio"],
  domains: ["diffs.studio"],
};
const actor = { id: "script:test", name: "Test" };

async function open() {
  let now = new Date("2026-11-20T10:00:00Z");
  const db = await openTestDb();
  const ports = { db, clock: { now: () => now } };
  return {
    ports,
    db,
    setNow: (text: string) => {
      now = new Date(text);
    },
    /** Signs in; the token of a session, or the refusal. */
    async signIn(email: string, { sub = `sub-${email}`, organization = "diffs.studio" as string | null } = {}) {
      const result = await signInOperator(ports, lists, { sub, email, name: email, organization });
      if ("refusal" in result) return result.refusal;
      return startSession(ports, { operatorId: result.operatorId, sub }, null);
    },
    said: async (action: string) =>
      (await db.auditEvent.findMany({ where: { action }, orderBy: { id: "asc" } })).map(({ sentence }) => sentence),
  };
}

test("the lists rule whom they let in when the web process starts, sessions included", async () => {
  const { ports, db, signIn, said } = await open();
  const tokens = await Promise.all(["mina", "jun", "sofia"].map((name) => signIn(`${name}@diffs.studio`)));
  await db.operator.create({
    data: { email: "added@elsewhere.example", name: "A", role: "viewer", letInBy: "admin", createdAt: new Date() },
  });
  const roles = () =>
    Promise.all(tokens.map(async (token) => (await findSignedIn(ports, token))?.role ?? "signed out"));

  await holdToLists(ports, lists);
  expect(await roles()).toEqual(["admin", "operator", "viewer"]);

  await holdToLists(ports, { ...lists, adminEmails: [] });
  expect(await roles()).toEqual(["viewer", "operator", "viewer"]);

  await holdToLists(ports, { adminEmails: [], operatorEmails: ["jun@diffs.studio"], domains: [] });
  await holdToLists(ports, { adminEmails: [], operatorEmails: ["jun@diffs.studio"], domains: [] });
  expect(await roles()).toEqual(["signed out", "operator", "signed out"]);
  expect(await said("operator.change-role")).toEqual([
    "The role of mina@diffs.studio is “viewer”, no longer “admin”: they left the list that let them in",
  ]);
  expect(await said("operator.end-sessions")).toEqual([
    "mina@diffs.studio is signed out: no list lets them in any more",
    "sofia@diffs.studio is signed out: no list lets them in any more",
  ]);
});

test("who signs in after they left the admins' list has the role of another list, and the log says so", async () => {
  const { ports, db, signIn, said } = await open();
  await db.operator.create({
    data: {
      ...{ sub: "sub-sofia@diffs.studio", email: "sofia@diffs.studio", name: "S", role: "admin" },
      ...{ letInBy: "admin-emails", createdAt: new Date() },
    },
  });
  expect(await findSignedIn(ports, await signIn("sofia@diffs.studio"))).toMatchObject({ role: "viewer" });
  expect(await said("operator.change-role")).toEqual([
    "The role of sofia@diffs.studio is “viewer”, no longer “admin”: they left the list that let them in",
  ]);
});

test("a session from before accounts were kept ends where an organization must be asked for, and stays elsewhere", async () => {
  const { ports, db, said } = await open();
  const before = { name: "Before", role: "operator", createdAt: new Date() };
  const jun = await db.operator.create({ data: { ...before, email: "jun@diffs.studio" } });
  const free = await db.operator.create({ data: { ...before, email: "free@mail.example" } });
  const [ofJun, ofFree] = await Promise.all(
    [jun, free].map(({ id }) => startSession(ports, { operatorId: id, sub: null }, null)),
  );
  await holdToLists(ports, { ...lists, operatorEmails: ["jun@diffs.studio", "free@mail.example"] });
  expect(await findSignedIn(ports, ofJun ?? "")).toBeNull();
  expect(await findSignedIn(ports, ofFree ?? "")).toMatchObject({ email: "free@mail.example" });
  expect(await said("operator.end-sessions")).toEqual([
    "jun@diffs.studio is signed out: their Google account is not known yet; it is kept from their next sign-in on",
  ]);
});

test("a session of someone whom a domain let in ends at the start when the organization that managed their account is off", async () => {
  const { ports, signIn } = await open();
  const token = await signIn("sofia@diffs.studio");
  await ports.db.operator.updateMany({ data: { organization: "former.example" } });
  await holdToLists(ports, lists);
  expect(await findSignedIn(ports, token)).toBeNull();
});

test("an address that was removed and added again is a new operator's: no role and no history of the former", async () => {
  const { ports, db, signIn } = await open();
  await signIn("mina@diffs.studio");
  const former = await signIn("jun@diffs.studio");
  await db.operator.updateMany({ where: { email: "jun@diffs.studio" }, data: { role: "admin" } });
  const jun = await db.operator.findFirstOrThrow({ where: { email: "jun@diffs.studio" } });
  await db.savedView.create({
    data: { operatorId: jun.id, page: "/images", name: "Mine", address: "", createdAt: new Date() },
  });
  await removeOperator(ports, lists, { operatorId: jun.id, actor });
  expect(await signIn("jun@diffs.studio", { sub: "another" })).toContain("was removed");

  const added = { email: "jun@diffs.studio", name: "Jun", role: "viewer", letInBy: "admin", createdAt: new Date() };
  const { id } = await db.operator.create({ data: added });
  const token = await signIn("jun@diffs.studio", { sub: "another" });
  expect(await findSignedIn(ports, token)).toMatchObject({ id, role: "viewer" });
  expect(await findSignedIn(ports, former)).toBeNull();
  expect(await db.savedView.count({ where: { operatorId: id } })).toBe(0);
});

test("the same person added again keeps their saved views", async () => {
  const { ports, db, signIn } = await open();
  await signIn("sofia@diffs.studio");
  const sofia = await db.operator.findFirstOrThrow();
  await db.savedView.create({
    data: { operatorId: sofia.id, page: "/images", name: "Mine", address: "", createdAt: new Date() },
  });
  await removeOperator(ports, lists, { operatorId: sofia.id, actor });
  const added = { email: "sofia@diffs.studio", name: "S", role: "viewer", letInBy: "admin", createdAt: new Date() };
  const { id } = await db.operator.create({ data: added });
  await signIn("sofia@diffs.studio");
  expect(await db.savedView.findMany()).toMatchObject([{ operatorId: id, name: "Mine" }]);
});

test("two first sign-ins at once make one operator", async () => {
  const { db, signIn } = await open();
  await Promise.all([signIn("jun@diffs.studio"), signIn("jun@diffs.studio")]);
  expect(await db.operator.count()).toBe(1);
});

test("strangers cannot fill the audit log, nor hide what becomes of operators", async () => {
  const { signIn, said, setNow } = await open();
  await signIn("jun@diffs.studio");
  for (let stranger = 0; stranger < 40; stranger += 1) await signIn(`stranger-${stranger}@elsewhere.example`);
  await signIn("jun@diffs.studio", { sub: "another" });
  await signIn("jun@diffs.studio", { sub: "another" });
  const refusals = await said("operator.refuse");
  expect(refusals).toHaveLength(21);
  expect(refusals[19]).toContain("Further refusals of this hour are in the web process's log only.");
  expect(refusals[20]).toContain("jun@diffs.studio belongs to another Google account");

  setNow("2026-11-20T11:00:01Z");
  await signIn("stranger-1@elsewhere.example");
  expect(await said("operator.refuse")).toHaveLength(22);
});
