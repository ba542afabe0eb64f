import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import { readAclHeaders } from "./acl";
import type { Traits } from "./index-schema";
import { readTaggingHeader } from "./tags";

const keptHeaders = [
  "cache-control",
  "content-disposition",
  "content-language",
  "content-type",
  "expires",
  "x-amz-website-redirect-location",
];

const storageClasses = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
]);

/** What a write gives its object beside the bytes. */
export function readTraits(context: S3Context, headers: Record<string, string>): Traits {
  return {
    headers: JSON.stringify(headersToKeep(headers)),
    storageClass: readStorageClass(context, headers),
    tags: readTaggingHeader(headers),
    acl: readAclHeaders(context, headers),
  };
}

function readStorageClass({ manners }: S3Context, headers: Record<string, string>): string {
  const name = headers["x-amz-storage-class"] ?? "STANDARD";
  const refusal = storageClasses.has(name) ? manners.otherStorageClasses : "InvalidStorageClass";
  if (name === "STANDARD" || refusal === null) return name;
  throw new S3Error(refusal, "The storage class you specified is not valid");
}

/** The headers of a request that stay with the object. */
function headersToKeep(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => keptHeaders.includes(name) || name.startsWith("x-amz-meta-"));
  // It says how the body travelled, which is over once it has arrived.
  const encoding = headers["content-encoding"]?.replace(/(^|,\s*)aws-chunked/, "").replace(/^,\s*/, "");
  return {
    "content-type": "binary/octet-stream",
    ...Object.fromEntries(kept),
    ...(encoding && { "content-encoding": encoding }),
  };
}

/** How an object's own headers go back: bytes beyond ASCII as the store's manners have it. */
export function headersToSend({ manners }: S3Context, row: Traits): Record<string, string> {
  const headers: Record<string, string> = JSON.parse(row.headers);
  const asSent = ([name, value]: [string, string]) => {
    const isWord = manners.headerText === "latin1" && name.startsWith("x-amz-meta-") && /[\u0080-\u00ff]/.test(value);
    return [name, isWord ? `=?UTF-8?B?${Buffer.from(value, "utf8").toString("base64")}?=` : value];
  };
  const tags: unknown[] = JSON.parse(row.tags ?? "[]");
  return {
    ...Object.fromEntries(Object.entries(headers).map(asSent)),
    ...(row.storageClass !== "STANDARD" && { "x-amz-storage-class": row.storageClass }),
    ...(tags.length > 0 && { "x-amz-tagging-count": String(tags.length) }),
  };
}
