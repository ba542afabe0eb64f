import { createServer, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A piece of a page, which a slow line or a busy browser may show before the next has come. */
const PIECE_BYTES = 1_000;
const PAUSE_MS = 20;

/**
 * The same console at another address, whose pages come in pieces; all else comes as it is.
 * @param url of the console, `http://127.0.0.1:…`
 */
export async function serveInPieces(url: string): Promise<{ url: string; stop: () => void }> {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(url).host, "accept-encoding": "identity" };
    const sent = request(new URL(asked.url ?? "/", url), { method: asked.method, headers }, async (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      if (!got.headers["content-type"]?.startsWith("text/html")) return got.pipe(answer);
      for await (const chunk of got) {
        for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
          answer.write(chunk.subarray(at, at + PIECE_BYTES));
          await sleep(PAUSE_MS);
        }
      }
      answer.end();
    });
    sent.on("error", () => answer.destroy());
    asked.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
