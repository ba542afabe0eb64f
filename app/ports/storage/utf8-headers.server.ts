import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";

/**
 * Sends and reads header values as UTF-8: metadata and Content-Disposition carry file names. S3 signs and stores bytes, and
 * the SDK signs a value's UTF-8; but Node writes and reads one byte a character (Latin-1), so that a Korean name cannot be
 * sent at all and an accented one does not match its signature. Once a request is signed, each value becomes what Node
 * writes as these very bytes; answers are read the other way round.
 */
export function speakUtf8Headers(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      if (hasHeaders(args.request)) {
        const { request } = args;
        const { "content-disposition": disposition = "" } = request.headers;
        request.headers = mapValues(request.headers, toWire);
        // Node takes this one header for something else (it decodes it as UTF-8) when a request is sent with its body in
        // one piece: https://github.com/nodejs/node/pull/46528.
        if (!isAscii(disposition) && request.body instanceof Uint8Array) request.body = Readable.from([request.body]);
      }
      const result = await next(args);
      if (hasHeaders(result.response)) result.response.headers = mapValues(result.response.headers, fromWire);
      return result;
    },
    // The last step before the wire; what a retry signs again is not this request but the one before it.
    { step: "deserialize", priority: "low", name: "speakUtf8Headers" },
  );
}

type WithHeaders = { headers: Record<string, string>; body?: unknown };

const hasHeaders = (message: unknown): message is WithHeaders =>
  typeof message === "object" && message !== null && "headers" in message;

const mapValues = (headers: Record<string, string>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isAscii(value) ? value : change(value)]));

const isAscii = (value: string) => /^\p{ASCII}*$/u.test(value);

const toWire = (value: string) => Buffer.from(value, "utf8").toString("latin1");

const strict = new TextDecoder("utf-8", { fatal: true });

/** A value that is not UTF-8 (an old tool sent Latin-1) is read as Node reads it. */
function fromWire(value: string): string {
  try {
    return strict.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}
