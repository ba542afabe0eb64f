import { randomBytes } from "node:crypto";
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll } from "vitest";
import { createStorage, type Storage, type StorageEnv, type StorageSettings } from "~/ports/storage.server";
import { startTestS3 } from "../support/s3.ts";

export type ContractServer = {
  env: StorageEnv;
  storage: Storage;
  /** Another port to the same server: another bucket, other credentials, another clock. */
  storageWith(env: Partial<StorageEnv>, settings?: StorageSettings): Storage;
};

/**
 * The server that the contract suite runs against, with a new bucket: the local S3, or when S3_CONTRACT_ENDPOINT is set
 * (http://127.0.0.1:7480, say) the real one there, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, unless it is
 * us-east-1, AWS_REGION. The credentials must be allowed to create a bucket, which goes when the file is done.
 */
export async function openContractServer(): Promise<ContractServer> {
  const endpoint = process.env.S3_CONTRACT_ENDPOINT;
  const local = endpoint ? null : await startTestS3();
  const base = local?.env ?? realServer(endpoint ?? "");
  const env = { ...base, S3_BUCKET: `contract-${randomBytes(6).toString("hex")}` };
  const client = new S3Client({
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_S3,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
  });
  await client.send(new CreateBucketCommand({ Bucket: env.S3_BUCKET }));
  const storage = createStorage(env);
  afterAll(async () => {
    for await (const page of storage.list()) {
      const stayed = await storage.deleteMany(page.objects.map((object) => object.key));
      if (stayed.length > 0) throw new Error(`Could not empty the bucket: ${JSON.stringify(stayed.slice(0, 3))}`);
    }
    await client.send(new DeleteBucketCommand({ Bucket: env.S3_BUCKET }));
    client.destroy();
  });
  return { env, storage, storageWith: (other, settings) => createStorage({ ...env, ...other }, settings) };
}

function realServer(endpoint: string) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION = "us-east-1" } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error("S3_CONTRACT_ENDPOINT needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it.");
  }
  return {
    AWS_REGION,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_ENDPOINT_URL_S3: endpoint,
    S3_FORCE_PATH_STYLE: true,
  };
}
