import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
} from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { CallFailure } from "./errors/call-failure.server";
import { StorageError } from "./errors/storage-error.server";
import { present, toRequest, withoutQuotes } from "./object-head.server";
import { headObject } from "./read-object.server";
import type { PutStreamOptions, UploadedPart, UploadInParts, WrittenInParts } from "./types";

type Signal = { signal?: AbortSignal | undefined };

export async function createUpload(
  { client, bucket, attempt }: Connection,
  key: string,
  { signal, ...headers }: PutStreamOptions,
): Promise<UploadInParts> {
  const create = new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...toRequest(headers) });
  const { UploadId } = await attempt(`write ${quoteKey(key)}`, signal, (options) => client.send(create, options));
  return { key, uploadId: present(UploadId, "UploadId") };
}

/** As S3 names an upload. */
export const uploadToRequest = ({ bucket }: Connection, { key, uploadId }: UploadInParts) => ({
  Bucket: bucket,
  Key: key,
  UploadId: uploadId,
});

export async function listParts(
  connection: Connection,
  upload: UploadInParts,
  { signal }: Signal = {},
): Promise<UploadedPart[] | null> {
  const parts: UploadedPart[] = [];
  let after: string | undefined;
  try {
    do {
      const list = new ListPartsCommand({ ...uploadToRequest(connection, upload), PartNumberMarker: after });
      const action = `see what has arrived of ${quoteKey(upload.key)}`;
      const page = await connection.attempt(action, signal, (options) => connection.client.send(list, options));
      for (const { PartNumber, ETag, Size } of page.Parts ?? []) {
        const [number, etag] = [present(PartNumber, "PartNumber"), withoutQuotes(present(ETag, "ETag"))];
        parts.push({ number, etag, bytes: present(Size, "Size") });
      }
      after = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (after !== undefined);
  } catch (error) {
    if (error instanceof StorageError && error.code === "not-found") return null;
    throw error;
  }
  return parts;
}

export async function completeUpload(
  connection: Connection,
  upload: UploadInParts,
  parts: Pick<UploadedPart, "number" | "etag">[],
  { signal }: Signal = {},
): Promise<WrittenInParts> {
  const complete = new CompleteMultipartUploadCommand({
    ...uploadToRequest(connection, upload),
    MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` })) },
  });
  const done = connection.attempt(`write ${quoteKey(upload.key)}`, signal, (options) =>
    connection.client.send(complete, options),
  );
  const { ETag } = await done.catch((error: unknown) => findCompleted(connection, upload.key, parts, error, signal));
  // Ceph 16.2 leaves the ETag of this answer empty; there the object has the one that its parts make.
  return { etag: withoutQuotes(present(ETag, "ETag")) || etagOf(parts) };
}

export async function abortUpload(
  connection: Connection,
  upload: UploadInParts,
  { signal }: Signal = {},
): Promise<void> {
  const abort = new AbortMultipartUploadCommand(uploadToRequest(connection, upload));
  const action = `give up what has arrived of ${quoteKey(upload.key)}`;
  await connection
    .attempt(action, signal, (options) => connection.client.send(abort, options))
    .catch((error: unknown) => {
      if (!(error instanceof StorageError && error.code === "not-found")) throw error;
    });
}

/** The answer to an earlier attempt may have been lost after it had written: then the upload is gone, and the object is there. */
async function findCompleted(
  connection: Connection,
  key: string,
  parts: Pick<UploadedPart, "etag">[],
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<{ ETag: string }> {
  const attempts = error instanceof StorageError && error.cause instanceof CallFailure ? error.cause.attempts : 1;
  if (attempts === 1) throw error;
  const found = await headObject(connection, key, { signal });
  if (found?.etag !== etagOf(parts)) throw error;
  return { ETag: found.etag };
}

/** The ETag of an object that was put in parts, unless the store encrypts it with a key of its own. */
function etagOf(parts: Pick<UploadedPart, "etag">[]): string {
  const hash = createHash("md5");
  for (const { etag } of parts) hash.update(etag, "hex");
  return `${hash.digest("hex")}-${parts.length}`;
}
