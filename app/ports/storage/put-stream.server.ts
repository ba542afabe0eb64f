import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { CallFailure } from "./errors/call-failure.server";
import { StorageError } from "./errors/storage-error.server";
import { present, toRequest, withoutQuotes } from "./object-head.server";
import { headObject } from "./read-object.server";
import type { PutStreamOptions, Written } from "./types";
import { contentMd5 } from "./wire/content-md5.server";
import { putObject } from "./write-object.server";

/** S3 takes 5 MiB at least and 10,000 parts, so that an object may have 80 GiB; three of them are in memory at the most. */
const PART_BYTES = 8 * 1024 * 1024;

type Part = { PartNumber: number; ETag: string };

/** Puts what arrives in an object, by one PUT if it is short, else in parts, of which nothing is seen before the last. */
export async function putStream(
  connection: Connection,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  options: PutStreamOptions,
): Promise<Written> {
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
  { signal, ...headers }: PutStreamOptions,
): Promise<Written> {
  const { client, bucket, attempt } = connection;
  const target = { Bucket: bucket, Key: key };
  const write = <T>(work: (options: { abortSignal?: AbortSignal }) => Promise<T>) =>
    attempt(`write ${quoteKey(key)}`, signal, work);
  const { UploadId } = await write((options) =>
    client.send(new CreateMultipartUploadCommand({ ...target, ...toRequest(headers) }), options),
  );
  const upload = { ...target, UploadId: present(UploadId, "UploadId") };
  try {
    const parts: Part[] = [];
    const putPart = async (body: Buffer) => {
      const PartNumber = parts.length + 1;
      const part = { ...upload, PartNumber, Body: body, ContentLength: body.length, ContentMD5: contentMd5(body) };
      const { ETag } = await write((options) => client.send(new UploadPartCommand(part), options));
      parts.push({ PartNumber, ETag: present(ETag, "ETag") });
    };
    for (const body of begun.splice(0)) await putPart(body);
    for await (const body of rest) await putPart(body);
    const complete = { ...upload, MultipartUpload: { Parts: parts } };
    const done = write((options) => client.send(new CompleteMultipartUploadCommand(complete), options));
    const { ETag, VersionId } = await done.catch((error: unknown) =>
      findCompleted(connection, key, parts, error, signal),
    );
    // Ceph 16.2 leaves the ETag of this answer empty; there the object has the one that its parts make.
    return { etag: withoutQuotes(present(ETag, "ETag")) || etagOf(parts), versionId: VersionId ?? null };
  } catch (error) {
    // Parts that stay are billed until a rule of the bucket's removes them; what went wrong is told all the same.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}

/** The answer to an earlier attempt may have been lost after it had written: then the upload is gone, and the object is there. */
async function findCompleted(
  connection: Connection,
  key: string,
  parts: Part[],
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<{ ETag: string; VersionId: string | undefined }> {
  const attempts = error instanceof StorageError && error.cause instanceof CallFailure ? error.cause.attempts : 1;
  if (attempts === 1) throw error;
  const found = await headObject(connection, key, { signal });
  if (found?.etag !== etagOf(parts)) throw error;
  return { ETag: found.etag, VersionId: found.versionId ?? undefined };
}

/** The ETag of an object that was put in parts, unless the store encrypts it with a key of its own. */
function etagOf(parts: Part[]): string {
  const hash = createHash("md5");
  for (const { ETag } of parts) hash.update(withoutQuotes(ETag), "hex");
  return `${hash.digest("hex")}-${parts.length}`;
}
