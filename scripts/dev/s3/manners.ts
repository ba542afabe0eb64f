import type { S3ErrorCode } from "./s3-error.ts";

/** Which store the local S3 plays. */
export type StoreName = keyof typeof manners;

/** An operation or a header that a store does not take, and how it says so. */
type Refusal = { code: S3ErrorCode; message: string };

/** In what stores differ. Whatever is not named here they do as AWS does. */
export type Manners = {
  /**
   * PutObject and CompleteMultipartUpload with `If-None-Match: *`. `ignored-with-versions`: refused as it should be while a
   * bucket never had versions; ignored where they are kept; and where they are suspended, a key that was deleted counts as taken.
   */
  createOnly: "honored" | "ignored-with-versions";
  /** The answer to `If-Match` on a PUT of a key under which nothing lies. */
  ifMatchOnNothing: "NoSuchKey" | "PreconditionFailed";
  /** Conditions on the target of CopyObject. */
  copyConditions: "honored" | "ignored";
  /** Conditions on the source of CopyObject (`x-amz-copy-source-if-…`). */
  copySourceConditions: "honored" | "ignored";
  /** `If-Match` on DeleteObject. */
  deleteConditions: "honored" | "ignored";
  /** `on-demand`: PutBucketVersioning says. */
  versions: "on-demand" | "always" | "none";
  /** Whether answers tell of delete markers and of version ids that are none, or call everything NoSuchKey. */
  namesVersions: boolean;
  /** Whether a DELETE of a key whose latest version is a delete marker adds one more. */
  stacksMarkers: boolean;
  /** Which digest DeleteObjects must carry. */
  deleteObjectsDigest: "any" | "md5" | "none";
  /** Whether `x-amz-checksum-…` is compared with the body. */
  verifiesChecksums: boolean;
  /** Whether a bucket with Object Lock refuses a PUT without a digest. */
  lockWantsDigest: boolean;
  /** What decides on the tags of a copy: `x-amz-tagging-directive`, or they go with the metadata. */
  copiedTags: "by-directive" | "with-metadata";
  /** Whether a copy takes its source's website redirect along. AWS says that it is each object's own. */
  copiesRedirect: boolean;
  /** Whose ACL an object has: its own, or its bucket's, so that any other is refused. */
  acl: "object" | "bucket";
  /** Storage classes beside STANDARD. */
  storageClasses: "all" | "standard-only";
  /**
   * How header bytes beyond ASCII are read. `latin1`: one character a byte, so that the signature covers their UTF-8, and
   * metadata comes back as RFC 2047 words. `bytes`: signed, kept and given back as they came.
   */
  headerText: "latin1" | "bytes";
  /** Headers that some requests may not carry, by `METHOD name`. */
  refusedHeaders: Record<string, Refusal>;
  refusedOperations: Record<string, Refusal>;
};

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
 * Headers beyond ASCII: its guide's example of UsingMetadata, and the string to sign that Automattic/knox#223 was answered.
 */
const aws: Manners = {
  createOnly: "honored",
  ifMatchOnNothing: "NoSuchKey",
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
  storageClasses: "all",
  headerText: "bytes",
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
  storageClasses: "standard-only",
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
  storageClasses: "standard-only",
  headerText: "bytes",
  refusedHeaders: {
    "PUT if-none-match": swiftRefuses("Conditional object PUTs are not supported."),
    "PUT if-match": swiftRefuses("Conditional object PUTs are not supported."),
    "PUT x-amz-tagging": swiftRefuses("Object tagging is not supported."),
    "PUT x-amz-website-redirect-location": swiftRefuses("Website redirection is not supported."),
  },
  refusedOperations: {
    PutBucketVersioning: notImplemented,
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
  storageClasses: "standard-only",
  headerText: "bytes",
};

export const manners = { aws, b2, swift, ceph } satisfies Record<string, Manners>;
