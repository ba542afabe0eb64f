import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Reply } from "./s3-request";

/** Sends an answer; `isCut` closes the connection after half of its body. */
export async function sendReply(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers = {}, body }: Reply,
  { isCut = false } = {},
) {
  const isBodiless = incoming.method === "HEAD" || status === 204 || status === 304;
  const whole = typeof body === "string" ? Buffer.from(body) : body;
  const length = Buffer.isBuffer(whole)
    ? String(whole.length)
    : (headers["content-length"] ?? (whole ? undefined : "0"));
  outgoing.writeHead(status, {
    "x-amz-request-id": "local",
    ...headers,
    ...(length !== undefined && status !== 204 && status !== 304 && { "content-length": length }),
  });
  if (isBodiless || whole === undefined) return void outgoing.end();
  const stream = Buffer.isBuffer(whole) ? Readable.from([whole]) : whole;
  if (!isCut) return await pipeline(stream, outgoing);
  let left = Math.floor(Number(length) / 2);
  for await (const chunk of stream) {
    const piece = Buffer.from(chunk).subarray(0, left);
    left -= piece.length;
    if (piece.length > 0 && !outgoing.write(piece)) await once(outgoing, "drain");
    if (left === 0) break;
  }
  // Destroying drops what is still in the socket's buffer, and the fault is to be half a body, not none.
  await new Promise((resolve) => setTimeout(resolve, 20));
  outgoing.destroy();
}
