import type { ObjectRow } from "../objects/index-schema";
import { firstKeyBehind, listObjects, type Position } from "../objects/list-objects";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { requireBucket, xmlReply } from "./bucket-operations";
import { readListOptions } from "./list-options";

export function listObjectsV2(context: S3Context, { bucket, query }: S3Request): Reply {
  requireBucket(context, bucket);
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const { options, encode, contents, listing } = list(context, bucket, query, beginningV2(query));
  return xmlReply("ListBucketResult", {
    Name: bucket,
    Prefix: encode(options.prefix),
    Delimiter: options.delimiter ? encode(options.delimiter) : undefined,
    StartAfter: startAfter === undefined ? undefined : encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: listing.next ? token64(listing.next) : undefined,
    EncodingType: query.get("encoding-type"),
    MaxKeys: options.maxKeys,
    KeyCount: listing.objects.length + listing.prefixes.length,
    IsTruncated: listing.next !== null,
    ...contents,
  });
}

/** What the fault `emptyPage` answers. */
export function emptyPage(context: S3Context, { bucket, query }: S3Request): Reply {
  requireBucket(context, bucket);
  return xmlReply("ListBucketResult", {
    Name: bucket,
    NextContinuationToken: token64(beginningV2(query) ?? { key: query.get("prefix") ?? "", isInclusive: true }),
    EncodingType: query.get("encoding-type"),
    KeyCount: 0,
    IsTruncated: true,
  });
}

/** Where a listing is asked to begin; null: at the prefix. A token rules out `start-after`. */
function beginningV2(query: Map<string, string>): Position | null {
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  return token ? parseToken(token) : startAfter ? { key: startAfter, isInclusive: false } : null;
}

/** The older listing, which rclone still speaks: it goes on from a marker, a key or a common prefix. */
export function listObjectsV1(context: S3Context, { bucket, query }: S3Request): Reply {
  requireBucket(context, bucket);
  const marker = query.get("marker") ?? "";
  const delimiter = query.get("delimiter");
  const behind = delimiter && marker.endsWith(delimiter) ? firstKeyBehind(marker) : null;
  const from = behind ? { key: behind, isInclusive: true } : marker ? { key: marker, isInclusive: false } : null;
  const { options, encode, contents, listing } = list(context, bucket, query, from);
  const last = [listing.objects.at(-1)?.key ?? "", listing.prefixes.at(-1) ?? ""].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )[1];
  return xmlReply("ListBucketResult", {
    Name: bucket,
    Prefix: encode(options.prefix),
    Delimiter: options.delimiter ? encode(options.delimiter) : undefined,
    Marker: encode(marker),
    NextMarker: listing.next && last ? encode(last) : undefined,
    EncodingType: query.get("encoding-type"),
    MaxKeys: options.maxKeys,
    IsTruncated: listing.next !== null,
    ...contents,
  });
}

function list({ index }: S3Context, bucket: string, query: Map<string, string>, from: Position | null) {
  const { encode, ...options } = readListOptions(query);
  const listing = listObjects(index, bucket, { ...options, from });
  const contents = {
    Contents: listing.objects.map((row) => content(row, encode)),
    CommonPrefixes: listing.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
  return { options, encode, contents, listing };
}

const content = (row: ObjectRow, encode: (text: string) => string) => ({
  Key: encode(row.key),
  LastModified: new Date(row.modifiedAt).toISOString(),
  ETag: `"${row.etag}"`,
  Size: row.bytes,
  StorageClass: row.storageClass,
});

const token64 = ({ key, isInclusive }: Position) =>
  Buffer.from(`${isInclusive ? "=" : ">"}${key}`).toString("base64url");

function parseToken(token: string): Position {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!/^[=>]/.test(text)) throw new S3Error("InvalidArgument", "The continuation token provided is incorrect");
  return { key: text.slice(1), isInclusive: text.startsWith("=") };
}
