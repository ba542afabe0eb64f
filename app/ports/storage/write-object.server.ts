import { setTimeout as sleep } from "node:timers/promises";
import { CopyObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { quoteKey } from "~/quote";
import type { Connection } from "./connection.server";
import { CallFailure } from "./errors/call-failure.server";
import { StorageError } from "./errors/storage-error.server";
import { present, toCondition, toRequest, withoutQuotes } from "./object-head.server";
import { headObject } from "./read-object.server";
import { grantsToRequest, tagsToHeader } from "./tags-and-acl.server";
import type { CopyOptions, PutOptions, Written } from "./types";
import { contentMd5 } from "./wire/content-md5.server";
import { isRequest } from "./wire/middleware.server";

/** AWS answers a create-only put beside another write with 409, "ask again"; the SDK does not. */
const CONFLICT_WAITS_MS = [50, 200, 800];

export async function putObject(
  connection: Connection,
  key: string,
  body: Buffer,
  options: PutOptions,
): Promise<Written> {
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
  { createOnly = false, checksum = true, tags, acl, storageClass, signal, ...headers }: PutOptions,
): Promise<Written> {
  const { client, bucket, attempt } = connection;
  try {
    return await attempt(`write ${quoteKey(key)}`, signal, async (options) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentLength: body.length,
        ContentMD5: checksum ? contentMd5(body) : undefined,
        ...toRequest(headers),
        Tagging: tagsToHeader(tags),
        ...(acl && grantsToRequest(acl)),
        IfNoneMatch: createOnly ? "*" : undefined,
      });
      command.middlewareStack.add(addHeaders(headers.expires, storageClass), AS_BUILT);
      const answer = await client.send(command, options);
      return { etag: withoutQuotes(present(answer.ETag, "ETag")), versionId: answer.VersionId ?? null };
    });
  } catch (error) {
    if (!(createOnly && error instanceof StorageError && error.code === "changed")) throw error;
    if (failureOf(error)?.attempts !== 1) {
      // The answer to an earlier attempt may have been lost after it had written; then what exists is ours.
      const existing = await headObject(connection, key, { signal });
      if (existing?.etag === Buffer.from(contentMd5(body), "base64").toString("hex")) {
        return { etag: existing.etag, versionId: existing.versionId };
      }
    }
    throw taken(key, bucket);
  }
}

const taken = (key: string, bucket: string) =>
  new StorageError(
    "exists",
    `${quoteKey(key)} exists already in bucket ${quoteKey(bucket)} and was left as it is.`,
    false,
  );

const failureOf = (error: unknown) =>
  error instanceof StorageError && error.cause instanceof CallFailure ? error.cause : null;

export async function copyObject(
  { client, bucket, attempt }: Connection,
  from: string,
  to: string,
  { replace, fromEtag, createOnly = false, storageClass, signal }: CopyOptions = {},
): Promise<Written> {
  const copied = attempt(`copy ${quoteKey(from)} to ${quoteKey(to)}`, signal, async (options) => {
    const command = new CopyObjectCommand({
      Bucket: bucket,
      Key: to,
      // A header, so it must be URL-encoded; the SDK sends it as it is.
      CopySource: `${bucket}/${from.split("/").map(encodeURIComponent).join("/")}`,
      CopySourceIfMatch: toCondition(fromEtag),
      IfNoneMatch: createOnly ? "*" : undefined,
      ...(replace && { MetadataDirective: "REPLACE" as const, ...toRequest(replace) }),
    });
    command.middlewareStack.add(addHeaders(replace?.expires, storageClass), AS_BUILT);
    const answer = await client.send(command, options);
    const etag = withoutQuotes(present(answer.CopyObjectResult?.ETag, "ETag"));
    return { etag, versionId: answer.VersionId ?? null };
  });
  return await copied.catch((error: unknown) => {
    const isTaken = createOnly && fromEtag === undefined && error instanceof StorageError && error.code === "changed";
    throw isTaken ? taken(to, bucket) : error;
  });
}

const AS_BUILT = { step: "build", name: "addHeaders" } as const;

/** The SDK takes a date and AWS's own classes only; stores keep whatever text they were sent, and so do we. */
const addHeaders =
  (expires: string | undefined, storageClass: string | null | undefined) =>
  <Args extends { request: unknown }, Output>(next: (args: Args) => Output) =>
  (args: Args): Output => {
    if (isRequest(args.request)) {
      if (expires !== undefined) args.request.headers.expires = expires;
      if (storageClass) args.request.headers["x-amz-storage-class"] = storageClass;
    }
    return next(args);
  };
