import type { BucketRow } from "../objects/index-schema";
import { versioningOf } from "../objects/versions";
import type { S3Context } from "../s3-context";
import { S3Error } from "../wire/s3-error";
import type { Reply, S3Request } from "../wire/s3-request";
import { xmlDocument, xmlText } from "../wire/xml";
import { receiveDocument } from "./receive-body";

export function requireBucket({ index }: S3Context, bucket: string): BucketRow {
  const row = index.bucket(bucket);
  if (!row) throw new S3Error("NoSuchBucket", "The specified bucket does not exist");
  return row;
}

export const xmlReply = (root: string, content: Parameters<typeof xmlDocument>[1]): Reply => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body: xmlDocument(root, content),
});

export function listBuckets({ index }: S3Context): Reply {
  return xmlReply("ListAllMyBucketsResult", {
    Owner: { ID: "local", DisplayName: "local" },
    Buckets: {
      Bucket: index.buckets().map(({ name, createdAt }) => ({
        Name: name,
        CreationDate: new Date(createdAt).toISOString(),
      })),
    },
  });
}

export function createBucket({ index }: S3Context, { bucket, headers }: S3Request): Reply {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new S3Error("InvalidBucketName", "The specified bucket is not valid.");
  }
  if (index.bucket(bucket)) throw new S3Error("BucketAlreadyOwnedByYou", "You own this bucket already.");
  const hasLock = headers["x-amz-bucket-object-lock-enabled"]?.toLowerCase() === "true";
  index.addBucket(bucket, hasLock ? { versioning: "Enabled", hasLock: 1 } : {});
  return { status: 200, headers: { location: `/${bucket}` } };
}

export function headBucket(context: S3Context, { bucket }: S3Request): Reply {
  requireBucket(context, bucket);
  return { status: 200, headers: { "x-amz-bucket-region": "us-east-1" } };
}

export function getBucketLocation(context: S3Context, { bucket }: S3Request): Reply {
  requireBucket(context, bucket);
  // Empty stands for us-east-1.
  return xmlReply("LocationConstraint", "");
}

/** Empty: never versioned. */
export function getBucketVersioning(context: S3Context, { bucket }: S3Request): Reply {
  const versioning = versioningOf(context, requireBucket(context, bucket));
  return xmlReply("VersioningConfiguration", versioning === "never" ? "" : { Status: versioning });
}

export async function putBucketVersioning(context: S3Context, request: S3Request, payload: string): Promise<Reply> {
  const { hasLock } = requireBucket(context, request.bucket);
  const status = xmlText(await receiveDocument(context, request, payload), "Status");
  if (status !== "Enabled" && status !== "Suspended") {
    throw new S3Error("MalformedXML", "The XML you provided was not well-formed or did not validate.");
  }
  if (status === "Suspended" && (hasLock || context.manners.versions === "always")) {
    throw new S3Error(
      "InvalidBucketState",
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    );
  }
  context.index.setVersioning(request.bucket, status);
  return { status: 200 };
}

export function deleteBucket(context: S3Context, { bucket }: S3Request): Reply {
  requireBucket(context, bucket);
  const { index } = context;
  if (index.rows(bucket, "", true, 1).length > 0 || index.versions.hasAny(bucket)) {
    throw new S3Error("BucketNotEmpty", "The bucket you tried to delete is not empty");
  }
  index.removeBucket(bucket);
  return { status: 204 };
}
