import type { S3Context } from "./s3-context.ts";
import { S3Error } from "./s3-error.ts";
import type { Reply, S3Request } from "./s3-request.ts";
import { xmlDocument } from "./xml.ts";

export function requireBucket({ index }: S3Context, bucket: string) {
  if (!index.hasBucket(bucket)) throw new S3Error("NoSuchBucket", "The specified bucket does not exist");
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

export function createBucket({ index }: S3Context, { bucket }: S3Request): Reply {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new S3Error("InvalidBucketName", "The specified bucket is not valid.");
  }
  if (index.hasBucket(bucket)) throw new S3Error("BucketAlreadyOwnedByYou", "You own this bucket already.");
  index.addBucket(bucket);
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

/** Clients ask before they remove a folder. Empty: never versioned. */
export function getBucketVersioning(context: S3Context, { bucket }: S3Request): Reply {
  requireBucket(context, bucket);
  return xmlReply("VersioningConfiguration", "");
}

export function deleteBucket(context: S3Context, { bucket }: S3Request): Reply {
  requireBucket(context, bucket);
  const { index } = context;
  if (index.rows(bucket, "", true, 1).length > 0) {
    throw new S3Error("BucketNotEmpty", "The bucket you tried to delete is not empty");
  }
  index.removeBucket(bucket);
  return { status: 204 };
}
