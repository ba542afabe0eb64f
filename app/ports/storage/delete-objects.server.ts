import { DeleteObjectCommand, DeleteObjectsCommand } from "@aws-sdk/client-s3";
import type { Connection } from "./connection.server.ts";
import { StorageError } from "./storage-error.server.ts";

/** S3's own limit for one DeleteObjects. */
const KEYS_PER_CALL = 1_000;
const SINGLE_DELETES_IN_FLIGHT = 16;

export async function deleteObject(
  { client, bucket, attempt }: Connection,
  key: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await attempt(`delete "${key}"`, signal, (options) =>
    client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), options),
  );
}

/**
 * Deletes by 1,000 keys a call. What one call could not do is deleted key by key: all of it where the store does not
 * know DeleteObjects, its XML cannot carry a key, or an error does not say which key it is about; else the keys that the
 * answer names as failed.
 * @returns the keys that stayed, with the reason
 */
export async function deleteObjects(
  connection: Connection,
  keys: string[],
  signal: AbortSignal | undefined,
): Promise<{ key: string; reason: string }[]> {
  const stayed: { key: string; reason: string }[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_CALL) {
    const left = await deleteInOneCall(connection, keys.slice(start, start + KEYS_PER_CALL), signal);
    stayed.push(...(await deleteOneByOne(connection, left, signal)));
  }
  return stayed;
}

async function deleteInOneCall(
  { client, bucket, attempt }: Connection,
  keys: string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  try {
    const answer = await attempt(`delete ${keys.length} objects`, signal, (options) =>
      client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } }),
        options,
      ),
    );
    const errors = answer.Errors ?? [];
    const named = errors.flatMap(({ Key }) => Key || []);
    return named.length < errors.length ? keys : named;
  } catch (error) {
    if (error instanceof StorageError && error.code === "invalid") return keys;
    throw error;
  }
}

async function deleteOneByOne(connection: Connection, keys: string[], signal: AbortSignal | undefined) {
  const queue = keys.values();
  const stayed: { key: string; reason: string }[] = [];
  const worker = async () => {
    for (const key of queue) {
      try {
        await deleteObject(connection, key, signal);
      } catch (error) {
        if (!(error instanceof StorageError) || error.code === "no-bucket") throw error;
        stayed.push({ key, reason: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: SINGLE_DELETES_IN_FLIGHT }, worker));
  return stayed;
}
