import type { IncomingMessage } from "node:http";
import { quote } from "~/quote";
import { OutsideFailure, placeOf } from "./outside-failure";

/** Fewer bytes than `bytes` within `overMs` are taken for none. */
export type SlowLimit = { overMs: number; bytes: number };

type Options = { maxBytes: number; slow: SlowLimit; stop: AbortController };

/** Where a body does not tell its length, room for it begins with this. */
const FIRST_ROOM = 64 * 1024;

/**
 * Reads a body to its end.
 * @param options.stop ends the request where the body is too slow
 * @throws OutsideFailure for what can be told; what the connection failed with, also where the body is cut
 */
export async function readBody(url: URL, answer: IncomingMessage, options: Options): Promise<Buffer> {
  const { maxBytes } = options;
  const encoding = answer.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") {
    throw new OutsideFailure(
      "refused",
      `${placeOf(url)} answered compressed (${quote(encoding)}), which was not asked for and is not unpacked. Upload the image instead.`,
    );
  }
  const length = answer.headers["content-length"];
  const expected = length === undefined ? null : Number(length);
  if (expected !== null && expected > maxBytes) {
    throw tooLarge(url, `has ${expected} bytes, more than the ${maxBytes} allowed`);
  }
  return await collect(url, answer, { ...options, room: Math.min(expected ?? FIRST_ROOM, maxBytes) });
}

/** Straight into one place that grows: a million chunks of one byte each would take far more than what they hold. */
async function collect(
  url: URL,
  answer: IncomingMessage,
  { maxBytes, slow, stop, room }: Options & { room: number },
): Promise<Buffer> {
  let bytes = Buffer.allocUnsafeSlow(room);
  let came = 0;
  let before = 0;
  const pace = setInterval(() => {
    if (came - before < slow.bytes) stop.abort(tooSlow(url, slow));
    before = came;
  }, slow.overMs);
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      const needed = came + chunk.length;
      if (needed > maxBytes) throw tooLarge(url, `has more than the ${maxBytes} bytes allowed`);
      if (needed > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(2 * bytes.length, needed), maxBytes));
        bytes.copy(larger, 0, 0, came);
        bytes = larger;
      }
      chunk.copy(bytes, came);
      came = needed;
    }
    return bytes.subarray(0, came);
  } finally {
    clearInterval(pace);
  }
}

const tooLarge = (url: URL, what: string) =>
  new OutsideFailure("too-large", `${placeOf(url)} ${what}. Use a smaller image.`);

const tooSlow = (url: URL, { overMs, bytes }: SlowLimit) =>
  new OutsideFailure(
    "too-slow",
    `${placeOf(url)} sent fewer than ${bytes} bytes within ${overMs / 1_000} s, so it was given up. Try again later.`,
    { retryable: true },
  );
