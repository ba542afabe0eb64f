import { UploadPartCommand } from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { present, withoutQuotes } from "./object-head.server";
import type { PutStreamOptions, WrittenInParts } from "./types";
import { abortUpload, completeUpload, createUpload, uploadToRequest } from "./uploads.server";
import { contentMd5 } from "./wire/content-md5.server";
import { putObject } from "./write-object.server";

/** S3 takes 5 MiB at least and 10,000 parts, so that an object may have 80 GiB; three of them are in memory at the most. */
const PART_BYTES = 8 * 1024 * 1024;

/** Puts what arrives in an object, by one PUT if it is short, else in parts, of which nothing is seen before the last. */
export async function putStream(
  connection: Connection,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  options: PutStreamOptions,
): Promise<WrittenInParts> {
  const parts = inParts(chunks);
  try {
    const first = await parts.next();
    const second = await parts.next();
    if (second.done) return await putObject(connection, key, first.value ?? Buffer.alloc(0), options);
    return await putParts(connection, key, [first.value ?? Buffer.alloc(0), second.value], parts, options);
  } finally {
    // What reads the chunks is told that no one takes them any more.
    await parts.return(undefined);
  }
}

async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    bytes += chunk.length;
    if (bytes < PART_BYTES) continue;
    yield Buffer.concat(gathered);
    [gathered, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(gathered);
  return undefined;
}

async function putParts(
  connection: Connection,
  key: string,
  begun: Buffer[],
  rest: AsyncGenerator<Buffer>,
  options: PutStreamOptions,
): Promise<WrittenInParts> {
  const { client, attempt } = connection;
  const { signal } = options;
  const upload = await createUpload(connection, key, options);
  try {
    const parts: { number: number; etag: string }[] = [];
    const putPart = async (body: Buffer) => {
      const number = parts.length + 1;
      const target = { ...uploadToRequest(connection, upload), PartNumber: number };
      const part = { ...target, Body: body, ContentLength: body.length, ContentMD5: contentMd5(body) };
      const { ETag } = await attempt(`write ${quoteKey(key)}`, signal, (options) =>
        client.send(new UploadPartCommand(part), options),
      );
      parts.push({ number, etag: withoutQuotes(present(ETag, "ETag")) });
    };
    for (const body of begun.splice(0)) await putPart(body);
    for await (const body of rest) await putPart(body);
    return await completeUpload(connection, upload, parts, { signal });
  } catch (error) {
    // Parts that stay are billed until a rule of the bucket's removes them; what went wrong is told all the same.
    await abortUpload(connection, upload).catch(() => {});
    throw error;
  }
}
