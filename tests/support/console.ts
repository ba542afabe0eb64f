import { createServer } from "node:net";
import type { AppLoadContext } from "@remix-run/node";
import { onTestFinished } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createLog, type Log } from "~/ports/log.server";
import { systemMachine } from "~/ports/machine.server";
import type { ProcessMetrics } from "~/ports/metrics/process-metrics.server";
import { createModel } from "~/ports/model/model.server";
import { createOutside } from "~/ports/outside/outside.server";
import { createStorage } from "~/ports/storage.server";
import { createWebhook } from "~/ports/webhook/webhook.server";
import { startServer } from "~/web/server/http-server.server";
import { buildOf, type RouteModules } from "./build-of";
import { openTestDb } from "./db";

/** What a loader or an action is handed, as `startServer` would do. */
export const contextOf = ({ env, ports }: Pick<AppLoadContext, "env" | "ports">): AppLoadContext => ({
  env,
  ports,
  cspNonce: "",
  client: "127.0.0.1",
  whenTaken: async () => true,
  whenAnswered: (work) => work(),
});

/**
 * The web process of this test's own on a free port, serving `routes` (path → module of app/routes) over real HTTP.
 * Gone when the test is over.
 */
export async function startTestConsole(options: {
  routes: RouteModules;
  env?: Record<string, string>;
  now?: () => Date;
  log?: Log;
  metrics?: ProcessMetrics;
}) {
  const port = await freePort();
  const env = loadEnv({ NODE_ENV: "test", PORT: String(port), LOG_LEVEL: "silent", ...options.env });
  const ports = {
    db: await openTestDb(),
    storage: createStorage(env, { onCall: options.metrics?.observeStorageCall }),
    model: createModel(env),
    clock: { now: options.now ?? (() => new Date()) },
    log: options.log ?? createLog("silent"),
    machine: systemMachine,
    settings: env,
    webhook: createWebhook(env),
    outside: createOutside(env),
  };
  const build = buildOf(options.routes);
  const server = await startServer({ env, ports, mode: "production", build, metrics: options.metrics });
  onTestFinished(() => server.close());
  return { url: `http://127.0.0.1:${port}`, env, ports, build, close: server.close };
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}
