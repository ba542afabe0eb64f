import { expect, test } from "vitest";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { productionEnv } from "./support/production-env";

test("tokens are made, listed and revoked from a shell; without --apply nothing changes and none is printed", async () => {
  const db = await openTestDb();
  const run = async (...words: string[]) => {
    const env = { ...productionEnv, DATABASE_URL: `file:${db.file}` };
    const { code, stdout, stderr } = await runProcess(["scripts/api-tokens.ts", ...words], env).ended;
    return { code, said: `${stdout}${stderr}` };
  };
  expect(await run("add", "Image agent")).toEqual({
    code: 0,
    said: "“image agent” has a token, once you add --apply. Nothing has changed.\n",
  });
  expect([await db.apiToken.count(), await db.auditEvent.count()]).toEqual([0, 0]);

  const added = await run("add", "Image agent", "--apply");
  expect(added.code).toBe(0);
  const [, ending] =
    /^“image agent” has a token\. It is not shown again:\ndiffs_[\w-]{39}([\w-]{4})\n$/.exec(added.said) ?? [];
  expect(await db.apiToken.findMany({ select: { client: true, ending: true } })).toEqual([
    { client: "image agent", ending },
  ]);
  expect((await db.auditEvent.findFirstOrThrow()).actor).toMatch(/^script:/);

  const rotated: unknown = JSON.parse((await run("rotate", "image agent", "--apply", "--json")).said);
  expect(rotated).toEqual({
    ...{ action: "rotate", client: "image agent", applied: true },
    sentence: expect.stringMatching(/^“image agent” has its next token, and the former one ends .* UTC$/),
    token: expect.stringMatching(/^diffs_/),
  });
  expect((await run("revoke", "1", "--apply")).said).toBe(
    `The token of “image agent” that ends in “${ending}” is revoked.\n`,
  );
  expect(await run("revoke", "1")).toEqual({
    code: 1,
    said: "There is no token 1, or it has ended already.\n",
  });
  expect((await run("list")).said).toMatch(/^2 +image agent +….{4} +valid +never used\n1 +image agent +….{4} +ended /);
});
