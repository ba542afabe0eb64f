import { expect, test } from "vitest";
import { openTestDb } from "../../tests/support/db";
import { rehearse } from "../run-script/rehearse";
import type { Change } from "./read-command";
import { steerOperator } from "./steer-operator";

const lists = { adminEmails: [], operatorEmails: [], domains: [] };
const actor = { id: "script:mina", name: "mina (script)" };

/** Mina and Jun are admins and signed in. */
async function open() {
  const db = await openTestDb();
  const clock = { now: () => new Date("2026-11-20T10:00:00Z") };
  for (const name of ["mina", "jun"]) {
    const operator = { email: `${name}@diffs.studio`, name, role: "admin", letInBy: "admin", sub: name };
    const sessions = { create: { id: name, sub: name, createdAt: clock.now(), expiresAt: new Date("2026-11-21") } };
    await db.operator.create({ data: { ...operator, createdAt: clock.now(), sessions } });
  }
  const state = async () => [
    await db.operator.findMany(),
    await db.session.findMany(),
    await db.auditEvent.findMany({ select: { action: true } }),
  ];
  return { db, clock, state };
}

const jun = "jun@diffs.studio";
const changes: [change: Change, sentence: string, action: string][] = [
  [{ do: "add", email: "new@mail.example", role: "viewer" }, "new@mail.example can sign in as “viewer”", "add"],
  [{ do: "role", email: jun, role: "viewer" }, "The role of jun@diffs.studio is “viewer”", "change-role"],
  [{ do: "remove", email: jun }, "jun@diffs.studio is removed", "remove"],
  [{ do: "release", email: jun }, "The Google account of jun@diffs.studio is released", "release"],
  [{ do: "end-sessions", email: jun }, "jun@diffs.studio is signed out of 1 browser", "end-sessions"],
];

test.each(changes)("%j is rehearsed, then done", async (change, sentence, action) => {
  const { db, clock, state } = await open();
  const before = await state();
  const steer = (to: Parameters<typeof rehearse>[0]) =>
    steerOperator({ reads: db, db: to, clock }, lists, change, actor);
  expect(await rehearse(db, steer)).toBe(sentence);
  expect(await state()).toEqual(before);
  expect(await steer(db)).toBe(sentence);
  const [, , events] = await state();
  expect(events).toEqual([{ action: `operator.${action}` }]);
});

test("a rehearsal is refused as the real one would be", async () => {
  const { db, clock } = await open();
  const change: Change = { do: "remove", email: "alex@elsewhere.example" };
  const work = rehearse(db, (to) => steerOperator({ reads: db, db: to, clock }, lists, change, actor));
  await expect(work).rejects.toThrow("alex@elsewhere.example is not an operator.");
});
