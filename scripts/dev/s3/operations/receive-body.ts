import type { ReceivedBody } from "../objects/body-store";
import { checkDigests, createDigests } from "../objects/check-digests";
import type { S3Context } from "../s3-context";
import { decodeAwsChunked } from "../wire/aws-chunked";
import { S3Error } from "../wire/s3-error";
import type { S3Request } from "../wire/s3-request";

const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** Reads the request's body and holds it against every digest that came with it. */
export async function receiveBody(context: S3Context, request: S3Request, payload: string): Promise<ReceivedBody> {
  const { headers, stream } = request;
  const { bodies } = context;
  const body = await bodies.receive(payload.startsWith("STREAMING-") ? decodeAwsChunked(stream) : stream);
  try {
    const decodedLength = headers["x-amz-decoded-content-length"];
    if (decodedLength !== undefined && Number(decodedLength) !== body.bytes) {
      throw new S3Error("IncompleteBody", "The number of bytes differs from x-amz-decoded-content-length.");
    }
    checkDigests(context, body, { headers, payload });
  } catch (error) {
    bodies.discard(body);
    throw error;
  }
  return body;
}

/** A small XML document that came as a body. */
export async function receiveDocument(context: S3Context, request: S3Request, payload: string): Promise<string> {
  const { headers, stream } = request;
  const chunks: Buffer[] = [];
  const digests = createDigests();
  let bytes = 0;
  for await (const chunk of payload.startsWith("STREAMING-") ? decodeAwsChunked(stream) : stream) {
    bytes += chunk.length;
    if (bytes > MAX_DOCUMENT_BYTES) throw new S3Error("MalformedXML", "The document is too long.");
    chunks.push(chunk);
    digests.update(chunk);
  }
  checkDigests(context, digests.digest(), { headers, payload });
  return Buffer.concat(chunks).toString("utf8");
}
