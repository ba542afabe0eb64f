/** The web process of its environment with the pages of signing in and the agent's API alone; says when it serves. */
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { startServer } from "~/web/server/http-server.server";
import { buildOf } from "./build-of";
import { routeModules } from "./route-modules";

const served = [
  ["/auth/google", "auth.google"],
  ["/auth/google/callback", "auth.google_.callback"],
  ["/api/references/resolve", "api.references.resolve"],
] as const;

const modules = served.map(async ([path, name]) => {
  const { file = name } = routeModules.find(({ route }) => route === name) ?? {};
  return [path, await import(file)] as const;
});
const env = loadEnv();
await startServer({
  env,
  ports: await createPorts(env),
  mode: "production",
  build: buildOf(Object.fromEntries(await Promise.all(modules))),
});
console.log("serving");
