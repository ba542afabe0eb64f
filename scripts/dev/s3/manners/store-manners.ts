import type { Manners, Refusal } from "./manners";

const notImplemented: Refusal = {
  code: "NotImplemented",
  message: "A header you provided implies functionality that is not implemented",
};
const unsupported = (name: string): Refusal => ({
  code: "InvalidArgument",
  message: `Unsupported header '${name}' received for this API call.`,
});

/**
 * AWS. Versions, conditions on writes and deletes, Object Lock and archive classes as its user guide has them
 * (docs.aws.amazon.com/AmazonS3/latest/userguide: Versioning, conditional-requests, conditional-deletes, object-lock-overview).
 * Headers beyond ASCII: its guide's example of UsingMetadata, aws-sdk-js#1297, and the string to sign that
 * Automattic/knox#223 was answered.
 */
const aws: Manners = {
  createOnly: "honored",
  ifMatchOnNothing: "NoSuchKey",
  knowsQuotedEtags: true,
  tellsJoinedEtag: true,
  copyConditions: "honored",
  copySourceConditions: "honored",
  deleteConditions: "honored",
  versions: "on-demand",
  namesVersions: true,
  stacksMarkers: true,
  deleteObjectsDigest: "any",
  verifiesChecksums: true,
  lockWantsDigest: true,
  copiedTags: "by-directive",
  copiesRedirect: false,
  acl: "object",
  otherStorageClasses: null,
  headerText: "latin1",
  refusedHeaders: {},
  refusedOperations: {},
};

/**
 * Backblaze B2. Conditional PUTs: obsidian-s3-sync-and-backup#78, #84. Checksum headers: home-assistant/core#143995,
 * django-storages#1498. Tags: Intrinsec/s3proxy#34. ACL, versions and the calls that exist: backblaze.com/docs,
 * “S3-Compatible API” (a canned ACL passes when it is the bucket's; a delete hides). What has no source is taken at its worst:
 * conditions on copies are refused, those on deletes ignored.
 */
const b2: Manners = {
  ...aws,
  deleteConditions: "ignored",
  versions: "always",
  deleteObjectsDigest: "md5",
  copiedTags: "with-metadata",
  acl: "bucket",
  otherStorageClasses: "InvalidStorageClass",
  headerText: "bytes",
  refusedHeaders: {
    "PUT if-none-match": notImplemented,
    "PUT if-match": notImplemented,
    "PUT x-amz-tagging": unsupported("x-amz-tagging"),
    "PUT x-amz-website-redirect-location": unsupported("x-amz-website-redirect-location"),
    "PUT x-amz-sdk-checksum-algorithm": unsupported("x-amz-sdk-checksum-algorithm"),
    "POST x-amz-sdk-checksum-algorithm": unsupported("x-amz-sdk-checksum-algorithm"),
  },
  refusedOperations: {
    GetObjectTagging: notImplemented,
    PutObjectTagging: notImplemented,
    DeleteObjectTagging: notImplemented,
  },
};

const swiftRefuses = (message: string): Refusal => ({ code: "NotImplemented", message });

/**
 * OpenStack Swift through s3api without object_versioning (github.com/openstack/swift, swift/common/middleware/s3api:
 * s3request.py `_validate_headers`, controllers/tagging.py, acl.py, versioning.py). Newer ones (since edd5eb29d) take
 * `If-None-Match: *`; the releases in use do not.
 */
const swift: Manners = {
  ...aws,
  deleteConditions: "ignored",
  versions: "none",
  copiedTags: "with-metadata",
  verifiesChecksums: false,
  acl: "bucket",
  otherStorageClasses: "InvalidStorageClass",
  headerText: "bytes",
  refusedHeaders: {
    "PUT if-none-match": swiftRefuses("Conditional object PUTs are not supported."),
    "PUT if-match": swiftRefuses("Conditional object PUTs are not supported."),
    "PUT x-amz-tagging": swiftRefuses("Object tagging is not supported."),
    "PUT x-amz-website-redirect-location": swiftRefuses("Website redirection is not supported."),
  },
  refusedOperations: {
    PutBucketVersioning: notImplemented,
    GetBucketCors: notImplemented,
    PutBucketCors: notImplemented,
    DeleteBucketCors: notImplemented,
    PutObjectTagging: swiftRefuses("The requested resource is not implemented"),
    DeleteObjectTagging: swiftRefuses("The requested resource is not implemented"),
    PutObjectAcl: notImplemented,
  },
};

/** Ceph RGW 16.2 (Debian 12), each as the contract suite sees it there (scripts/dev/ceph-rgw.sh). */
const ceph: Manners = {
  ...aws,
  createOnly: "ignored-with-versions",
  ifMatchOnNothing: "PreconditionFailed",
  knowsQuotedEtags: false,
  tellsJoinedEtag: false,
  copyConditions: "ignored",
  copySourceConditions: "ignored",
  deleteConditions: "ignored",
  namesVersions: false,
  stacksMarkers: false,
  deleteObjectsDigest: "none",
  verifiesChecksums: false,
  lockWantsDigest: false,
  copiedTags: "with-metadata",
  copiesRedirect: true,
  otherStorageClasses: "InvalidArgument",
  headerText: "bytes",
};

export const storeManners = { aws, b2, swift, ceph } satisfies Record<string, Manners>;

/** A store that the local S3 can play. */
export type StoreName = keyof typeof storeManners;

export const isStoreName = (name: string): name is StoreName => Object.hasOwn(storeManners, name);
