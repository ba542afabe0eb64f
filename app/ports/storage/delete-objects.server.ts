import { DeleteObjectCommand, DeleteObjectsCommand } from "@aws-sdk/client-s3";
import pMap from "p-map";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { StorageError } from "./errors/storage-error.server";
import { toCondition } from "./object-head.server";
import type { Deletion, Storage } from "./types";

/** S3's own limit for one DeleteObjects. */
const KEYS_PER_CALL = 1_000;
const SINGLE_DELETES_IN_FLIGHT = 16;

/** Not all that a key may hold can be written in XML 1.0. */
const FITS_XML = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

export async function deleteObject(
  { client, bucket, attempt }: Connection,
  key: string,
  { versionId, ifMatch, signal }: NonNullable<Parameters<Storage["delete"]>[1]> = {},
): Promise<Deletion | null> {
  return await attempt(`delete ${quoteKey(key)}`, signal, async (options) => {
    const answer = await client.send(
      new DeleteObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        IfMatch: toCondition(ifMatch),
      }),
      options,
    );
    if (answer.VersionId === undefined) return null;
    return { versionId: answer.VersionId, isMarker: answer.DeleteMarker === true };
  });
}

/**
 * Deletes by 1,000 keys a call. What one call could not do is deleted key by key: all of it where the store does not
 * take DeleteObjects (which is remembered) or an error does not say which key it is about; else the keys that XML cannot
 * carry and those that the answer names as failed.
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

/** @returns the keys that are left to delete one by one */
async function deleteInOneCall(
  connection: Connection,
  keys: string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { client, bucket, attempt } = connection;
  const odd = keys.filter((key) => !FITS_XML.test(key));
  const plain = odd.length === 0 ? keys : keys.filter((key) => FITS_XML.test(key));
  if (connection.deletesOneByOne || plain.length === 0) return keys;
  try {
    const answer = await attempt(`delete ${plain.length} objects`, signal, (options) =>
      client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: plain.map((Key) => ({ Key })), Quiet: true } }),
        options,
      ),
    );
    const errors = answer.Errors ?? [];
    const named = errors.flatMap(({ Key }) => Key || []);
    return [...odd, ...(named.length < errors.length ? plain : named)];
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.code !== "invalid" && error.code !== "not-implemented") throw error;
    connection.deletesOneByOne = true;
    return keys;
  }
}

async function deleteOneByOne(connection: Connection, keys: string[], signal: AbortSignal | undefined) {
  const stayed: { key: string; reason: string }[] = [];
  const remove = async (key: string) => {
    try {
      await deleteObject(connection, key, signal ? { signal } : {});
    } catch (error) {
      if (!(error instanceof StorageError) || error.code === "no-bucket") throw error;
      stayed.push({ key, reason: error.message });
    }
  };
  await pMap(keys, remove, { concurrency: SINGLE_DELETES_IN_FLIGHT });
  return stayed;
}
