import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect, createServer as createRaw, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Lookup } from "~/ports/outside/ask-host.server";
import { createOutside } from "~/ports/outside/outside.server";

type Options = NonNullable<Parameters<typeof createOutside>[1]>;

export const maxBytes = 1_000_000;
export const never = new AbortController().signal;
/** No picture: whoever fetches does not look. */
export const image = Buffer.from("an image, as it were");

export async function listen(server: Server, at: { host: string; port?: number }): Promise<number> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket.on("error", () => {}));
  });
  server.listen({ port: 0, ...at });
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}

/** A server that is listed as a test host, so that it can be read from. */
export async function serve(answer: RequestListener, options: Options = {}) {
  const host = `127.0.0.1:${await listen(createServer(answer), { host: "127.0.0.1" })}`;
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [host] }, options);
  const read = (path = "/images/a.png?signature=keep-this", given = {}) =>
    outside.read(`http://${host}${path}`, { maxBytes, signal: never, ...given });
  return { host, read };
}

/** A server that says what no HTTP server would. */
export async function serveRaw(say: (socket: Socket) => void, options: Options = {}) {
  const server = createRaw((socket) => void socket.once("data", () => say(socket)));
  const host = `127.0.0.1:${await listen(server, { host: "127.0.0.1" })}`;
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [host] }, options);
  return { host, read: () => outside.read(`http://${host}/a.png?signature=keep-this`, { maxBytes, signal: never }) };
}

/** Listens on loopback, IPv4 and IPv6, at one port. `connections` counts up to a connection of its own: any before are in. */
export async function watchLoopback() {
  let count = 0;
  const told = () =>
    createRaw((socket) => {
      count++;
      socket.end();
    });
  const port = await listen(told(), { host: "127.0.0.1" });
  const hosts = ["127.0.0.1"];
  await listen(told(), { host: "::1", port }).then(
    () => hosts.push("::1"),
    () => {}, // This machine has no IPv6.
  );
  return {
    port,
    async connections(): Promise<number> {
      for (const host of hosts) await once(connect({ host, port }).resume(), "close");
      return count - hosts.length;
    },
  };
}

/** Gives each list of addresses once, then the last for ever. */
export function lookupOf(...answers: string[][]): Lookup & { names: string[] } {
  const names: string[] = [];
  const lookup: Lookup = (name, _options, tell) => {
    const addresses = answers[Math.min(names.length, answers.length - 1)] ?? [];
    names.push(name);
    tell(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { names });
}
