import { createServer } from "node:net";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import { onTestFinished } from "vitest";
import * as entry from "~/entry.server";
import { loadEnv } from "~/ports/env.server";
import { createLog, type Log } from "~/ports/log.server";
import { createModel } from "~/ports/model/model.server";
import { createStorage } from "~/ports/storage.server";
import { startServer } from "~/web/server/http-server.server";
import { openTestDb } from "./db";

/** What a loader or an action is handed, as `startServer` would do. */
export const contextOf = ({ env, ports }: Pick<AppLoadContext, "env" | "ports">): AppLoadContext => ({
  env,
  ports,
  cspNonce: "",
  whenTaken: async () => true,
});

type RouteModule = NonNullable<ServerBuild["routes"][string]>["module"];

/**
 * The web process of this test's own on a free port, serving `routes` (path → module of app/routes) over real HTTP.
 * Gone when the test is over.
 */
export async function startTestConsole(options: {
  routes: Record<string, Partial<RouteModule>>;
  env?: Record<string, string>;
  now?: () => Date;
  log?: Log;
}) {
  const port = await freePort();
  const env = loadEnv({ NODE_ENV: "test", PORT: String(port), LOG_LEVEL: "silent", ...options.env });
  const ports = {
    db: await openTestDb(),
    storage: createStorage(env),
    model: createModel(env),
    clock: { now: options.now ?? (() => new Date()) },
    log: options.log ?? createLog("silent"),
  };
  const build = buildOf(options.routes);
  const server = await startServer({ env, ports, mode: "production", build });
  onTestFinished(() => server.close());
  return { url: `http://127.0.0.1:${port}`, env, ports, build, close: () => server.close() };
}

/** What `remix vite:build` makes, of these routes alone. */
function buildOf(routes: Record<string, Partial<RouteModule>>): ServerBuild {
  const entries = Object.entries(routes).map(([path, module]) => {
    const id = path.slice(1);
    return [id, { id, path: id, module: { default: undefined, ...module } }] as const;
  });
  return {
    mode: "production",
    entry: { module: entry },
    routes: Object.fromEntries(entries),
    assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "test" },
    publicPath: "/",
    assetsBuildDirectory: "",
    isSpaMode: false,
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: false,
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}
