import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
import { addOperator } from "./add-operator.server";
import { changeRole } from "./change-role.server";
import { endSessions } from "./end-sessions.server";
import { listOperators } from "./list-operators.server";
import { findSignedIn, startSession } from "./operator-sessions.server";
import { releaseAccount } from "./release-account.server";
import { removeOperator } from "./remove-operator.server";
import { signInOperator } from "./sign-in-operator.server";

const lists = { adminEmails: ["mina@diffs.studio"], operatorEmails: ["jun@diffs.studio"], domains: ["diffs.studio"] };
const actor = { id: "operator:1", name: "Mina" };

/** Mina, an admin, is signed in as operator 1. */
async function open() {
  const db = await openTestDb();
  const ports = { db, clock: { now: () => new Date("2026-11-20T10:00:00Z") } };
  const signIn = async (email: string, sub = `sub-${email}`) => {
    const result = await signInOperator(ports, lists, { sub, email, name: email, organization: "diffs.studio" });
    if ("refusal" in result) throw new Error(result.refusal);
    return { id: result.operatorId, token: await startSession(ports, { ...result, sub }, null) };
  };
  return { ports, db, signIn, mina: await signIn("mina@diffs.studio") };
}

const said = async (db: Awaited<ReturnType<typeof openTestDb>>, action: string) =>
  (await db.auditEvent.findMany({ where: { action } })).map(({ actorName, sentence }) => `${actorName}: ${sentence}`);

test("an added address gets in on no list, with the role that the admin chose, and stays in", async () => {
  const { ports, db, signIn } = await open();
  const { operatorId } = await addOperator(ports, lists, { email: " New@Elsewhere.Example ", role: "operator", actor });
  expect(await listOperators(ports, lists)).toMatchObject([
    { email: "mina@diffs.studio", state: "in", letInBy: "admin-emails", sessions: 1 },
    { id: operatorId, email: "new@elsewhere.example", state: "account-unknown", letInBy: "admin", sessions: 0 },
  ]);
  const { id, token } = await signIn("new@elsewhere.example");
  expect(id).toBe(operatorId);
  expect(await findSignedIn(ports, token)).toMatchObject({ role: "operator" });
  expect(await said(db, "operator.add")).toEqual([
    "Mina: new@elsewhere.example was added to the operators as “operator”",
  ]);
});

test.each([
  ["", "“” is not an email address."],
  ["mina", "“mina” is not an email address."],
  ["mina@diffs", "“mina@diffs” is not an email address."],
  ["a@b.example, c@d.example", "“a@b.example, c@d.example” is not an email address."],
  [`${"a".repeat(250)}@b.example`, "The email address is longer than 254 characters."],
  ["Mina@diffs.studio", "mina@diffs.studio is an operator already, with the role “admin”. Change the role instead."],
])("the address %j is not added", async (email, message) => {
  const { ports, db } = await open();
  await expect(addOperator(ports, lists, { email, role: "viewer", actor })).rejects.toThrow(message);
  expect(await db.operator.count()).toBe(1);
});

test("an operator whom no list lets in any more comes back when an admin adds them", async () => {
  const { ports, signIn } = await open();
  const { id } = await signIn("jun@diffs.studio");
  const shorter = { ...lists, operatorEmails: [], domains: [] };
  expect(await listOperators(ports, shorter)).toMatchObject([{ id: 1 }, { id, state: "off-lists" }]);
  expect(await addOperator(ports, shorter, { email: "jun@diffs.studio", role: "viewer", actor })).toMatchObject({
    operatorId: id,
  });
  expect(await listOperators(ports, shorter)).toMatchObject([{ id: 1 }, { id, state: "in", role: "viewer" }]);
});

test("a role changes from the next request on", async () => {
  const { ports, db, signIn } = await open();
  const { id, token } = await signIn("jun@diffs.studio");
  await changeRole(ports, lists, { operatorId: id, role: "admin", actor });
  expect(await findSignedIn(ports, token)).toMatchObject({ role: "admin" });
  expect(await said(db, "operator.change-role")).toEqual([
    "Mina: The role of jun@diffs.studio is “admin”, no longer “operator”",
  ]);
  await expect(changeRole(ports, lists, { operatorId: id, role: "admin", actor })).rejects.toThrow("already");
});

test("the last admin who can sign in stays one", async () => {
  const { ports, db, signIn, mina } = await open();
  const last = "mina@diffs.studio is the last admin who can sign in.";
  const demotion = { operatorId: mina.id, role: "viewer", actor } as const;
  const removal = { operatorId: mina.id, actor };
  await expect(changeRole(ports, lists, demotion)).rejects.toThrow(last);
  await expect(removeOperator(ports, lists, removal)).rejects.toThrow(last);

  // One who never signed in, and one whom no list lets in any more, are none to rely on.
  await addOperator(ports, lists, { email: "typo@elsewhere.example", role: "admin", actor });
  const { id } = await signIn("jun@diffs.studio");
  await changeRole(ports, lists, { operatorId: id, role: "admin", actor });
  await expect(removeOperator(ports, { ...lists, operatorEmails: [], domains: [] }, removal)).rejects.toThrow(last);
  expect(await findSignedIn(ports, mina.token)).toMatchObject({ role: "admin" });

  await removeOperator(ports, lists, removal);
  expect(await findSignedIn(ports, mina.token)).toBeNull();
  expect(await said(db, "operator.remove")).toEqual(["Mina: mina@diffs.studio was removed from the operators"]);
});

test("an admin who never signed in, a mistyped address say, can be taken out though no one else is admin", async () => {
  const { ports, db, mina } = await open();
  const { operatorId } = await addOperator(ports, lists, { email: "typo@elsewhere.example", role: "admin", actor });
  await db.operator.update({ where: { id: mina.id }, data: { role: "viewer" } });
  await removeOperator(ports, lists, { operatorId, actor });
  expect(await listOperators(ports, lists)).toMatchObject([{ id: mina.id }, { id: operatorId, state: "removed" }]);
});

test("two admins who remove each other at once leave one", async () => {
  const { ports, db, signIn, mina } = await open();
  const { id } = await signIn("jun@diffs.studio");
  await changeRole(ports, lists, { operatorId: id, role: "admin", actor });
  const outcomes = await Promise.allSettled(
    [mina.id, id].map((operatorId) => removeOperator(ports, lists, { operatorId, actor })),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.operator.count({ where: { removedAt: null } })).toBe(1);
});

test("a release ends the sessions and lets another account of the address in as the same operator", async () => {
  const { ports, db, signIn } = await open();
  const { id, token } = await signIn("jun@diffs.studio");
  await expect(signIn("jun@diffs.studio", "another")).rejects.toThrow("another Google account");
  await releaseAccount(ports, { operatorId: id, actor });
  expect(await findSignedIn(ports, token)).toBeNull();
  expect((await signIn("jun@diffs.studio", "another")).id).toBe(id);
  await expect(signIn("jun@diffs.studio")).rejects.toThrow("another Google account");
  expect(await said(db, "operator.release")).toHaveLength(1);

  await releaseAccount(ports, { operatorId: id, actor });
  await expect(releaseAccount(ports, { operatorId: id, actor })).rejects.toThrow("No Google account");
});

test("ended sessions are over, and the operator may sign in again", async () => {
  const { ports, db, signIn } = await open();
  const { id, token } = await signIn("jun@diffs.studio");
  await signIn("jun@diffs.studio");
  expect(await endSessions(ports, { operatorId: id, actor })).toEqual({ email: "jun@diffs.studio", ended: 2 });
  expect(await findSignedIn(ports, token)).toBeNull();
  expect(await said(db, "operator.end-sessions")).toEqual(["Mina: jun@diffs.studio was signed out of 2 browsers"]);
  await expect(endSessions(ports, { operatorId: id, actor })).rejects.toThrow("is not signed in anywhere");
  expect(await findSignedIn(ports, (await signIn("jun@diffs.studio")).token)).toMatchObject({ id });
});

test.each([removeOperator, changeRole])("what was removed already is said so (%o)", async (work) => {
  const { ports } = await open();
  await expect(work(ports, lists, { operatorId: 99, role: "viewer", actor })).rejects.toMatchObject({
    code: "not-found",
  });
});
