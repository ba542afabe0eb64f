import { expect, test } from "vitest";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";

test("operators are added, refused and listed from a shell; without --apply nothing changes", async () => {
  const db = await openTestDb();
  const run = async (...words: string[]) => {
    const env = { DATABASE_URL: `file:${db.file}`, ADMIN_EMAILS: "", OPERATOR_EMAILS: "", OPERATOR_DOMAINS: "" };
    const { code, stdout, stderr } = await runProcess(["scripts/operators.ts", ...words], env).ended;
    return { code, said: `${stdout}${stderr}` };
  };
  expect(await run("add", "mina@elsewhere.example", "--role", "admin")).toEqual({
    code: 0,
    said: "mina@elsewhere.example can sign in as “admin”, once you add --apply. Nothing has changed.\n",
  });
  expect([await db.operator.count(), await db.auditEvent.count()]).toEqual([0, 0]);

  expect(await run("add", "mina@elsewhere.example", "--role", "admin", "--apply", "--json")).toEqual({
    code: 0,
    said: `${JSON.stringify({ action: "add", email: "mina@elsewhere.example", applied: true, sentence: "mina@elsewhere.example can sign in as “admin”" })}\n`,
  });
  const event = await db.auditEvent.findFirstOrThrow();
  expect(event.actor).toMatch(/^script:/);
  expect(event.sentence).toBe("mina@elsewhere.example was added to the operators as “admin”");

  // A dry run is refused as the real one would be.
  expect(await run("end-sessions", "mina@elsewhere.example")).toEqual({
    code: 1,
    said: "mina@elsewhere.example is not signed in anywhere.\n",
  });
  expect((await run("list")).said).toBe(
    "mina@elsewhere.example  admin  Account not known yet  let in by: An admin  never signed in  0 browsers\n",
  );
});
