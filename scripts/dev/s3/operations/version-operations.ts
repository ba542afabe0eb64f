import { firstKeyBehind } from "../objects/list-objects";
import { listVersions } from "../objects/list-versions";
import type { VersionPosition } from "../objects/version-index";
import { ageOfVersionId, NULL_VERSION } from "../objects/versions";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { requireBucket, xmlReply } from "./bucket-operations";
import { readListOptions } from "./list-options";
import { requireVersionId } from "./object-operations";

export function listObjectVersions(context: S3Context, { bucket, query }: S3Request): Reply {
  requireBucket(context, bucket);
  const { prefix, delimiter, maxKeys, encode } = readListOptions(query);
  const keyMarker = query.get("key-marker") ?? "";
  const versionIdMarker = query.get("version-id-marker") ?? "";
  const from = beginning(context, bucket, { keyMarker, versionIdMarker, delimiter });
  const { versions, prefixes, next } = listVersions(context.index, bucket, { prefix, delimiter, from, maxKeys });
  // Versions and delete markers come in one order, so that names of elements alternate.
  const entries = versions.map(({ isMarker, ...row }) => {
    const common = {
      Key: encode(row.key),
      VersionId: row.versionId,
      IsLatest: row.isLatest,
      LastModified: new Date(row.modifiedAt).toISOString(),
    };
    const Owner = { ID: "local", DisplayName: "local" };
    if (isMarker) return { DeleteMarker: { ...common, Owner } };
    return {
      Version: { ...common, ETag: `"${row.etag}"`, Size: row.bytes, StorageClass: row.storageClass, Owner },
    };
  });
  return xmlReply("ListVersionsResult", [
    {
      Name: bucket,
      Prefix: encode(prefix),
      Delimiter: delimiter ? encode(delimiter) : undefined,
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionIdMarker,
      NextKeyMarker: next ? encode(next.key) : undefined,
      NextVersionIdMarker: next?.versionId,
      EncodingType: query.get("encoding-type"),
      MaxKeys: maxKeys,
      IsTruncated: next !== null,
    },
    ...entries,
    { CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })) },
  ]);
}

function beginning(
  { index }: S3Context,
  bucket: string,
  { keyMarker, versionIdMarker, delimiter }: { keyMarker: string; versionIdMarker: string; delimiter: string },
): VersionPosition | null {
  if (keyMarker === "") {
    if (versionIdMarker === "") return null;
    throw new S3Error("InvalidArgument", "A version-id marker cannot be specified without a key marker.");
  }
  if (versionIdMarker === "") {
    const behind = delimiter && keyMarker.endsWith(delimiter) ? firstKeyBehind(keyMarker) : null;
    return behind ? { key: behind, age: -Infinity } : { key: keyMarker, age: Infinity };
  }
  requireVersionId(versionIdMarker);
  if (versionIdMarker !== NULL_VERSION) return { key: keyMarker, age: ageOfVersionId(versionIdMarker) };
  const current = index.object(bucket, keyMarker);
  const marked = current?.versionId === NULL_VERSION ? current : index.versions.find(bucket, keyMarker, NULL_VERSION);
  // Removed in the meantime: what is left of the key is shown once more.
  return { key: keyMarker, age: marked?.age ?? -Infinity };
}
