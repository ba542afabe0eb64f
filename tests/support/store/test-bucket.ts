import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { StorageEnv } from "~/ports/storage.server";
import type { Versions } from "./test-store";

/** A client of the SDK's own, for what the storage port does not do. */
export const rawClient = (env: StorageEnv) =>
  new S3Client({
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_S3,
    forcePathStyle: true,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });

export async function makeBucket(client: S3Client, Bucket: string, versions: Versions) {
  await client.send(new CreateBucketCommand({ Bucket }));
  await setVersions(client, Bucket, versions);
}

export async function setVersions(client: S3Client, Bucket: string, versions: Versions) {
  // Suspended without ever having been enabled is what no bucket in use is.
  const steps = { off: [], enabled: ["Enabled"], suspended: ["Enabled", "Suspended"] } as const;
  for (const Status of steps[versions]) {
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  }
}

/** Removes a bucket with every version in it. */
export async function removeBucket(client: S3Client, Bucket: string) {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const left = [...Versions, ...DeleteMarkers].values();
    const worker = async () => {
      for (const { Key, VersionId } of left) await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    if (Versions.length + DeleteMarkers.length === 0) break;
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
}
