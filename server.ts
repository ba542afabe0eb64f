/** The web process: `tsx server.ts`, with `--dev` reloading what changes. */
import { isKnownError } from "~/features/known-error";
import { EnvError, loadEnv } from "~/ports/env.server";
import { createPorts, DatabaseNotReady, watchParent } from "~/ports/index.server";

import { startServer } from "~/web/server/http-server.server";
import { StartError } from "~/web/server/start-error";

async function main() {
  let drain = async (_cause: string): Promise<void> => process.exit(0);
  if (await watchParent(() => drain("the parent is gone"))) return;

  const mode = process.argv.includes("--dev") ? "development" : "production";
  // React picks its build by it when the pages are loaded.
  process.env.NODE_ENV = mode;
  const env = loadEnv();
  const ports = await createPorts(env, { busyTimeoutMs: 100 });
  const server = await startServer({ env, ports, mode });
  ports.log.info(`Diffs Ops is at ${server.url}`);

  drain = async (cause) => {
    ports.log.info(`${cause}: finishing what is under way`);
    await server.close();
    await ports.db.$disconnect();
    // All is done; without this a timer that Remix leaves behind with each page would hold the process for seconds.
    process.exit(0);
  };
  process.once("SIGTERM", drain);
  process.once("SIGINT", drain);
}

main().catch((error: unknown) => {
  const isExplained = error instanceof EnvError || error instanceof DatabaseNotReady || error instanceof StartError;
  const isPlain = isExplained || isKnownError(error, "DomainError");
  console.error(isPlain ? error.message : error);
  process.exit(1);
});
