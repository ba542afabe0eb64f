import { createServer } from "node:net";

/** A reason to stop that one sentence explains. */
export class Refusal extends Error {
  override name = "Refusal";
}

/** The code of the error that listening there meets, or null where no one listens. */
function tryPort(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(null)));
  });
}

/**
 * Asks before anything starts, so that a taken port is one sentence and leaves nothing half started.
 * @param wanted what each port is for, and the option that chooses another
 * @throws Refusal
 */
export async function assertPortsFree(wanted: { name: string; port: number; option: string }[]): Promise<void> {
  for (const { name, port, option } of wanted) {
    const problem = await tryPort(port);
    if (problem === "EADDRINUSE") {
      throw new Refusal(`Port ${port} (${name}) is in use: stop what uses it, or choose another with ${option}.`);
    }
    if (problem)
      throw new Refusal(`Port ${port} (${name}) cannot be opened (${problem}): choose another with ${option}.`);
  }
}

/** Ports that were free a moment ago. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
