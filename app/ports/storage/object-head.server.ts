import { StorageError } from "./storage-error.server.ts";
import type { NewHeaders, ObjectHead } from "./types.ts";

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

type Answer = {
  ETag?: string;
  LastModified?: Date;
  ContentType?: string;
  Metadata?: Record<string, string>;
  CacheControl?: string;
  ContentDisposition?: string;
  ContentEncoding?: string;
  ContentLanguage?: string;
};

/** What the answers to HEAD and GET have in common; `bytes` is the whole object's size. */
export function objectHead(key: string, bytes: number, answer: Answer): ObjectHead {
  return {
    key,
    bytes,
    etag: withoutQuotes(present(answer.ETag, "ETag")),
    modifiedAt: present(answer.LastModified, "Last-Modified"),
    contentType: answer.ContentType,
    metadata: answer.Metadata ?? {},
    cacheControl: answer.CacheControl,
    contentDisposition: answer.ContentDisposition,
    contentEncoding: answer.ContentEncoding,
    contentLanguage: answer.ContentLanguage,
  };
}

/** The headers as a request that writes an object names them. */
export const toRequest = (headers: NewHeaders) => ({
  ContentType: headers.contentType,
  Metadata: headers.metadata,
  CacheControl: headers.cacheControl,
  ContentDisposition: headers.contentDisposition,
  ContentEncoding: headers.contentEncoding,
  ContentLanguage: headers.contentLanguage,
});
