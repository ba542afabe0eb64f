import { StorageError } from "./storage-error.server.ts";
import type { ObjectHead } from "./types.ts";

/** Our types carry ETags bare; S3 quotes them. */
export const withoutQuotes = (etag: string) => etag.replace(/^(W\/)?"(.*)"$/, "$2");

/** What S3 always sends. A server that leaves it out is none, and guessing would plant wrong data in the index. */
export function present<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new StorageError(
    "invalid",
    `The answer has no ${name}. Check that AWS_ENDPOINT_URL_S3 is an S3 endpoint.`,
    false,
  );
}

/** What the answers to HEAD and GET have in common; `bytes` is the whole object's size. */
export function objectHead(
  key: string,
  bytes: number,
  answer: { ETag?: string; LastModified?: Date; ContentType?: string; Metadata?: Record<string, string> },
): ObjectHead {
  return {
    key,
    bytes,
    etag: withoutQuotes(present(answer.ETag, "ETag")),
    modifiedAt: present(answer.LastModified, "Last-Modified"),
    contentType: answer.ContentType,
    metadata: answer.Metadata ?? {},
  };
}
