import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { onTestFinished } from "vitest";

/** A PNG that no other number has. */
export const pictureOf = (n: number): Promise<Buffer> => {
  const background = { r: n & 255, g: (n >> 8) & 255, b: 90 };
  return sharp({ create: { width: 24, height: 16, channels: 3, background } })
    .png()
    .toBuffer();
};

/**
 * A server of pictures from outside (`/12.png` is number 12), of a text that claims to be one (`/page.png`), and of nothing else.
 * `spoil` says what happens to an address when it is asked for the first time.
 */
export async function startPictureServer(spoil: (n: number) => "503" | "cut" | null = () => null) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const isFirst = !asked.includes(path);
    asked.push(path);
    const number = /^\/(\d+)\.png/.exec(path)?.[1];
    if (path === "/page.png") {
      response.setHeader("content-type", "image/png").end("<html>no picture</html>");
      return;
    }
    if (number === undefined) {
      response.writeHead(404).end("none");
      return;
    }
    const body = await pictureOf(Number(number));
    const fault = isFirst ? spoil(Number(number)) : null;
    if (fault === "503") {
      response.writeHead(503).end("slow down");
      return;
    }
    response.writeHead(200, { "content-type": "image/png", "content-length": body.length });
    if (fault === "cut") response.write(body.subarray(0, 20), () => response.destroy());
    else response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return { host, asked, address: (path: string) => `http://${host}${path}` };
}
