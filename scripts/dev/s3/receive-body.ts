import { createHash } from "node:crypto";
import { decodeAwsChunked } from "./aws-chunked.ts";
import type { ReceivedBody } from "./body-store.ts";
import type { S3Context } from "./s3-context.ts";
import { S3Error } from "./s3-error.ts";
import type { S3Request } from "./s3-request.ts";

const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** Reads the request's body and holds it against every digest that came with it. */
export async function receiveBody({ bodies }: S3Context, request: S3Request, payload: string): Promise<ReceivedBody> {
  const { headers, stream } = request;
  const body = await bodies.receive(payload.startsWith("STREAMING-") ? decodeAwsChunked(stream) : stream);
  try {
    checkDigests(body, headers, payload);
  } catch (error) {
    bodies.discard(body);
    throw error;
  }
  return body;
}

function checkDigests(body: ReceivedBody, headers: Record<string, string>, payload: string) {
  const decodedLength = headers["x-amz-decoded-content-length"];
  if (decodedLength !== undefined && Number(decodedLength) !== body.bytes) {
    throw new S3Error("IncompleteBody", "The number of bytes differs from x-amz-decoded-content-length.");
  }
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== body.md5.toString("base64")) {
    throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== body.sha256) {
    throw new S3Error("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match.");
  }
}

/** A small XML document that came as a body. */
export async function receiveDocument({ stream }: S3Request, payload: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload.startsWith("STREAMING-") ? decodeAwsChunked(stream) : stream) {
    bytes += chunk.length;
    if (bytes > MAX_DOCUMENT_BYTES) throw new S3Error("MalformedXML", "The document is too long.");
    chunks.push(chunk);
  }
  const document = Buffer.concat(chunks);
  if (/^[0-9a-f]{64}$/.test(payload) && createHash("sha256").update(document).digest("hex") !== payload) {
    throw new S3Error("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match.");
  }
  return document.toString("utf8");
}
