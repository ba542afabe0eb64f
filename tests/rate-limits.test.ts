import type { LoaderFunctionArgs } from "@remix-run/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { requireApiClient } from "~/web/server/require-api-client.server";
import { startTestConsole } from "./support/console";
import { productionEnv } from "./support/production-env";

const token = "the-token-of-the-image-agent-0123456789";

// The limits' windows are judged by this clock, so that none ends because the machine is slow.
beforeEach(() => void vi.setSystemTime("2026-11-20T10:00:00Z"));
afterEach(() => void vi.useRealTimers());

async function open(env: Record<string, string> = {}) {
  const guarded = {
    async loader({ request, context }: LoaderFunctionArgs) {
      await requireApiClient({ request, context });
      return Response.json({ asked: "well" });
    },
  };
  const begin = { loader: () => new Response("no"), action: () => new Response("to Google") };
  const { url } = await startTestConsole({
    routes: { "/api/probe": guarded, "/auth/google": begin, "/auth/google/callback": begin, "/page": begin },
    env: { ...env, REFERENCE_TOKEN: token },
  });
  const ask = (bearer: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/probe`, { headers: { Authorization: `Bearer ${bearer}`, ...headers } });
  const statuses = async (count: number, send: () => Promise<Response>) => {
    const seen = new Set<number>();
    for (let sent = 0; sent < count; sent += 1) seen.add((await send()).status);
    return [...seen];
  };
  return { url, ask, statuses };
}

test("wrong tokens from one address are limited, and then no token is looked at until the minute is over", async () => {
  const { ask, statuses } = await open();
  expect(await statuses(150, () => ask(token))).toEqual([200]);
  expect(await statuses(100, () => ask("a guess"))).toEqual([401]);
  const limited = await ask("a guess");
  expect(limited.status).toBe(429);
  expect(limited.headers.get("Retry-After")).toBe("60");
  expect(await limited.json()).toEqual({
    error: "Too many wrong tokens came from this network address. Try again in 1 minute.",
  });
  expect((await ask(token)).status).toBe(429);

  vi.setSystemTime("2026-11-20T10:01:01Z");
  expect((await ask(token)).status).toBe(200);
});

test("sign-ins from one address are limited; pages are not", async () => {
  const { url, statuses } = await open();
  const begin = () => fetch(`${url}/auth/google`, { method: "POST", headers: { Origin: url } });
  expect(await statuses(30, begin)).toEqual([200]);
  expect(await statuses(30, () => fetch(`${url}/auth/google/callback`))).toEqual([200]);
  const limited = await begin();
  expect(limited.status).toBe(429);
  expect(await limited.text()).toBe("Too many sign-ins came from your network address. Try again in 5 minutes.");
  expect((await fetch(`${url}/page`)).status).toBe(200);
});

test.each([
  ["counts the client that the proxy names", productionEnv, 200],
  ["believes no one who says to be a proxy where there is none", {}, 429],
])("a limit %s", async (_what, env, status) => {
  const { ask, statuses } = await open(env);
  const from = (client: string) => ({ "X-Forwarded-For": client });
  await statuses(101, () => ask("a guess", from("203.0.113.7")));
  expect((await ask(token, from("203.0.113.7"))).status).toBe(429);
  expect((await ask(token, from("203.0.113.8"))).status).toBe(status);
});
