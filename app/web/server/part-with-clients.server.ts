import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * For a process whose place another has taken: goes on answering, and says with each answer that it was this connection's
 * last. Closed while idle, a connection would lose the request that is on its way to it.
 * @returns once no connection is left, or those that stayed idle are past the time for which clients keep one
 */
export async function partWithClients(server: Server): Promise<void> {
  server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
  const countConnections = promisify(server.getConnections.bind(server));
  const until = performance.now() + server.keepAliveTimeout;
  while (performance.now() < until && (await countConnections()) > 0) await sleep(50);
}
