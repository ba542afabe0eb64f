import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CopyObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CallFailure } from "./call-failure.server.ts";
import type { Connection } from "./connection.server.ts";
import { present, toRequest, withoutQuotes } from "./object-head.server.ts";
import { headObject } from "./read-object.server.ts";
import { StorageError } from "./storage-error.server.ts";
import type { PutOptions, Storage } from "./types.ts";

/** AWS answers a create-only put beside another write with 409, "ask again"; the SDK does not. */
const CONFLICT_WAITS_MS = [50, 200, 800];

export async function putObject(
  connection: Connection,
  key: string,
  body: Buffer,
  options: PutOptions,
): Promise<{ etag: string }> {
  for (const waitMs of options.createOnly ? CONFLICT_WAITS_MS : []) {
    try {
      return await putOnce(connection, key, body, options);
    } catch (error) {
      if (failureOf(error)?.status !== 409) throw error;
      await sleep(waitMs * (0.5 + Math.random()));
    }
  }
  return await putOnce(connection, key, body, options);
}

async function putOnce(
  connection: Connection,
  key: string,
  body: Buffer,
  { createOnly = false, signal, ...headers }: PutOptions,
): Promise<{ etag: string }> {
  const { client, bucket, attempt } = connection;
  try {
    return await attempt(`write "${key}"`, signal, async (options) => {
      const answer = await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentLength: body.length,
          ...toRequest(headers),
          IfNoneMatch: createOnly ? "*" : undefined,
        }),
        options,
      );
      return { etag: withoutQuotes(present(answer.ETag, "ETag")) };
    });
  } catch (error) {
    if (!(createOnly && error instanceof StorageError && error.code === "changed")) throw error;
    if (failureOf(error)?.attempts !== 1) {
      // The answer to an earlier attempt may have been lost after it had written; then what exists is ours.
      const existing = await headObject(connection, key, signal);
      if (existing?.etag === createHash("md5").update(body).digest("hex")) return { etag: existing.etag };
    }
    throw new StorageError("exists", `"${key}" exists already in bucket "${bucket}" and was left as it is.`, false);
  }
}

const failureOf = (error: unknown) =>
  error instanceof StorageError && error.cause instanceof CallFailure ? error.cause : null;

export async function copyObject(
  { client, bucket, attempt }: Connection,
  from: string,
  to: string,
  { replace, signal }: Parameters<Storage["copy"]>[2] = {},
): Promise<{ etag: string }> {
  return await attempt(`copy "${from}" to "${to}"`, signal, async (options) => {
    const answer = await client.send(
      new CopyObjectCommand({
        Bucket: bucket,
        Key: to,
        // A header, so it must be URL-encoded; the SDK sends it as it is.
        CopySource: `${bucket}/${from.split("/").map(encodeURIComponent).join("/")}`,
        ...(replace && {
          MetadataDirective: "REPLACE" as const,
          ...toRequest(replace),
        }),
      }),
      options,
    );
    return { etag: withoutQuotes(present(answer.CopyObjectResult?.ETag, "ETag")) };
  });
}
