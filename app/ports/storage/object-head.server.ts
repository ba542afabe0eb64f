import { quoteKey } from "~/quote";
import { StorageError } from "./errors/storage-error.server";
import type { NewHeaders, ObjectHead } from "./types";

/** Our types carry ETags bare; S3 quotes them. */
export const withoutQuotes = (etag: string) => etag.replace(/^(W\/)?"(.*)"$/, "$2");

/** Stands in for the ETag of an object that has none, so that another object at its key is still told from it. */
export const standIn = (bytes: number, modifiedAt: Date) => `none-${bytes}-${Math.floor(modifiedAt.getTime() / 1_000)}`;

/** As S3 takes an ETag for a condition; an object that has none can be put under no condition. */
export const toCondition = (etag: string | undefined) =>
  etag === undefined || etag.startsWith("none-") ? undefined : `"${etag}"`;

/** GLACIER_IR is read at once; which tier of INTELLIGENT_TIERING an object is in, no listing says. */
const ARCHIVE_CLASSES = ["GLACIER", "DEEP_ARCHIVE"];

/** Listings name STANDARD, other answers do not. */
export const storageClassOf = (named: string | undefined) => (named && named !== "STANDARD" ? named : null);

/** True for a class whose objects must be restored before they can be read. */
export const isArchiveClass = (storageClass: string | null | undefined) => ARCHIVE_CLASSES.includes(storageClass ?? "");

/** A key of a listing with EncodingType "url". AWS writes a space as "+" and a plus as "%2B"; others write "%20". */
export const decodeKey = (encoded: string) => decodeURIComponent(encoded.replaceAll("+", " "));

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
  StorageClass?: string;
  /** `x-amz-archive-status`: the archive tier of INTELLIGENT_TIERING. */
  ArchiveStatus?: string;
  /** `x-amz-restore`: ongoing-request="false" once there is a copy that can be read. */
  Restore?: string;
  ExpiresString?: string;
  WebsiteRedirectLocation?: string;
  VersionId?: string;
  TagCount?: number;
  ObjectLockMode?: string;
  ObjectLockLegalHoldStatus?: string;
  ServerSideEncryption?: string;
};

/** What the answers to HEAD and GET have in common; `bytes` is the whole object's size. */
export function objectHead(key: string, bytes: number, answer: Answer): ObjectHead {
  const modifiedAt = present(answer.LastModified, `Last-Modified for ${quoteKey(key)}`);
  return {
    key,
    bytes,
    etag: withoutQuotes(answer.ETag ?? "") || standIn(bytes, modifiedAt),
    modifiedAt,
    storageClass: storageClassOf(answer.StorageClass),
    isArchived:
      (answer.ArchiveStatus !== undefined || isArchiveClass(answer.StorageClass)) &&
      !answer.Restore?.includes('ongoing-request="false"'),
    contentType: answer.ContentType,
    metadata: answer.Metadata ?? {},
    cacheControl: answer.CacheControl,
    contentDisposition: answer.ContentDisposition,
    contentEncoding: answer.ContentEncoding,
    contentLanguage: answer.ContentLanguage,
    expires: answer.ExpiresString,
    websiteRedirect: answer.WebsiteRedirectLocation,
    versionId: answer.VersionId ?? null,
    tagCount: answer.TagCount,
    isLocked: answer.ObjectLockMode !== undefined || answer.ObjectLockLegalHoldStatus === "ON",
    hasKmsKey: answer.ServerSideEncryption?.startsWith("aws:kms") === true,
  };
}

/** The headers as a request that writes an object names them; Expires apart, which the SDK takes as a date only. */
export const toRequest = (headers: NewHeaders) => ({
  ContentType: headers.contentType,
  Metadata: headers.metadata,
  CacheControl: headers.cacheControl,
  ContentDisposition: headers.contentDisposition,
  ContentEncoding: headers.contentEncoding,
  ContentLanguage: headers.contentLanguage,
  WebsiteRedirectLocation: headers.websiteRedirect,
});
