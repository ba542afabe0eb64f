import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";

/**
 * Sends and reads header values as UTF-8: metadata and Content-Disposition carry file names. Node writes and reads one byte a
 * character (Latin-1), so that by itself a Korean name could not be sent at all. What is sent are a value's UTF-8 bytes.
 *
 * Stores differ in what they take the signature to cover. Ceph and most others: these bytes. AWS reads the bytes as Latin-1
 * and covers the UTF-8 of that (aws-sdk-js#1297, where "ç" was accepted as one byte of Latin-1 and refused as two of UTF-8).
 * So what is refused one way is signed the other way, and the way that was taken is kept.
 */
export function speakUtf8Headers(client: S3Client): void {
  let covers: Covered = "bytes";
  const sentAsRead = new WeakSet<object>();

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const { request } = args;
      if (!hasHeaders(request) || Object.values(request.headers).every(isAscii)) return await next(args);
      const signed = (as: Covered) => {
        if (as === "bytes") sentAsRead.delete(context);
        else sentAsRead.add(context);
        // The signer signs a copy, so that the second attempt begins with the values as they were.
        const headers = as === "bytes" ? { ...request.headers } : mapValues(request.headers, toWire);
        return next({
          ...args,
          request: Object.assign(Object.create(Object.getPrototypeOf(request)), request, { headers }),
        });
      };
      try {
        return await signed(covers);
      } catch (error) {
        if (!(error instanceof Error && error.name === "SignatureDoesNotMatch")) throw error;
        const other = covers === "bytes" ? "latin1" : "bytes";
        const result = await signed(other);
        covers = other;
        return result;
      }
    },
    // Before the signature.
    { step: "build", priority: "low", name: "signUtf8Headers" },
  );

  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (hasHeaders(args.request)) {
        const { request } = args;
        const { "content-disposition": disposition = "" } = request.headers;
        if (!sentAsRead.has(context)) request.headers = mapValues(request.headers, toWire);
        // Node takes this one header for something else (it decodes it as UTF-8) when a request is sent with its body in
        // one piece: https://github.com/nodejs/node/pull/46528.
        if (!isAscii(disposition) && request.body instanceof Uint8Array) request.body = Readable.from([request.body]);
      }
      const result = await next(args);
      if (hasHeaders(result.response)) {
        result.response.headers = mapValues(fromWords(result.response.headers), fromWire);
      }
      return result;
    },
    // The last step before the wire; what a retry signs again is not this request but the one before it.
    { step: "deserialize", priority: "low", name: "speakUtf8Headers" },
  );
}

/** What a store takes the signature to cover: the bytes that were sent, or the UTF-8 of what Latin-1 makes of them. */
type Covered = "bytes" | "latin1";

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

/**
 * AWS gives metadata beyond ASCII back as one of MIME's words: the UTF-8 of what Latin-1 makes of the bytes. Becomes these
 * bytes again, as Node reads them. Any other word was written as such and stays.
 */
function fromWords(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const [, base64] = (name.startsWith("x-amz-meta-") && /^=\?UTF-8\?B\?([\w+/]+=*)\?=$/.exec(value)) || [];
      const read = Buffer.from(base64 ?? "", "base64").toString("utf8");
      const isBytes = !isAscii(read) && /^[\0-\u00ff]*$/.test(read) && fromWire(read) !== read;
      return [name, isBytes ? read : value];
    }),
  );
}
