import { expect, test } from "vitest";
import { openBrowser } from "../scripts/dev/browser/http-browser";
import { freePort } from "./support/console";
import { openTestDb } from "./support/db";
import { startTestGoogle } from "./support/google";
import { runProcess } from "./support/process";

const mina = "mina@diffs.studio";

/** Two web processes over one database, as pm2 runs them, each with a port of its own here. */
async function startTwo() {
  const db = await openTestDb();
  const google = await startTestGoogle();
  const ports = [await freePort(), await freePort()];
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const [first = "", second = ""] = urls;
  const started = ports.map((port) =>
    runProcess(["tests/support/sign-in-process.ts"], {
      APP_ENVIRONMENT: "local",
      DATABASE_URL: `file:${db.file}`,
      GOOGLE_ISSUER: google.url,
      PUBLIC_URL: first,
      PORT: String(port),
      LOG_LEVEL: "silent",
    }),
  );
  for (const { said } of started) await expect.poll(() => said).toEqual({ stdout: "serving\n", stderr: "" });
  return { db, first, second };
}

/** Chooses an account at Google; the address that it leads back to. */
async function choose(authorize: string, account: string): Promise<URL> {
  const response = await fetch(`${authorize}&account=${account}`, { redirect: "manual" });
  return new URL(response.headers.get("Location") ?? "");
}

test("two web processes act as one", async () => {
  const { db, first, second } = await startTwo();

  // A sign-in that came back to one counts at no other.
  const browser = openBrowser();
  const authorize = (await browser.post(`${first}/auth/google`)).headers.get("Location") ?? "";
  const kept = new Map(browser.cookies);
  const answer = await choose(authorize, mina);
  expect((await browser.get(answer.href)).headers.get("Location")).toBe("/");
  const thief = openBrowser();
  for (const [name, value] of kept) thief.cookies.set(name, value);
  const again = await choose(authorize, mina);
  const refused = await thief.get(`${second}${again.pathname}${again.search}`);
  expect(refused.headers.get("Location")).toBe("/login?refused");
  expect(await db.session.count()).toBe(1);

  // What a limit counts, it counts at both: the three requests above, and these.
  const begin = (url: string) =>
    fetch(`${url}/auth/google`, { method: "POST", headers: { Origin: first }, redirect: "manual" });
  const guess = (url: string) =>
    fetch(`${url}/api/references/resolve`, { headers: { Authorization: "Bearer a-guess" } });
  const ask = async () => {
    const answers = [await begin(first), await begin(second), await guess(first), await guess(second)];
    return answers.map(({ status }) => status);
  };
  expect(await ask()).toEqual([302, 302, 401, 401]);
  const counts = { orderBy: { key: "asc" }, select: { key: true, requests: true } } as const;
  expect(await db.requestCount.findMany(counts)).toEqual([
    { key: "sign-in 127.0.0.1", requests: 5 },
    { key: "token 127.0.0.1", requests: 2 },
  ]);
  await db.requestCount.updateMany({ data: { requests: 100 } });
  expect(await ask()).toEqual([429, 429, 429, 429]);
});
