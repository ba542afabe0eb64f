import type { S3ErrorCode } from "../wire/s3-error";

/** An operation or a header that a store does not take, and how it says so. */
export type Refusal = { code: S3ErrorCode; message: string };

/** In what stores differ. Whatever is not named here they do as AWS does. */
export type Manners = {
  /**
   * PutObject and CompleteMultipartUpload with `If-None-Match: *`. `ignored-with-versions`: refused as it should be while a
   * bucket never had versions; ignored where they are kept (and `If-Match` always refused); and where they are suspended, a
   * key that was deleted counts as taken.
   */
  createOnly: "honored" | "ignored-with-versions";
  /** The answer to `If-Match` on a PUT of a key under which nothing lies. */
  ifMatchOnNothing: "NoSuchKey" | "PreconditionFailed";
  /** Whether an ETag in quotes is found to be the object's by `If-Match` on a PUT, or only a bare one. */
  knowsQuotedEtags: boolean;
  /** Whether the answer to CompleteMultipartUpload says which ETag the object has, or leaves it empty. */
  tellsJoinedEtag: boolean;
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
  /** With which error a PUT into another storage class than STANDARD is refused; null: it is taken. */
  otherStorageClasses: "InvalidStorageClass" | "InvalidArgument" | null;
  /**
   * How header bytes beyond ASCII are read. `latin1`: one character a byte, so that the signature covers their UTF-8, and
   * metadata comes back as RFC 2047 words. `bytes`: signed, kept and given back as they came.
   */
  headerText: "latin1" | "bytes";
  /** Headers that some requests may not carry, by `METHOD name`. */
  refusedHeaders: Record<string, Refusal>;
  refusedOperations: Record<string, Refusal>;
};
