import { randomBytes } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { afterAll } from "vitest";
import { createStorage, type Storage, type StorageEnv, type StorageSettings } from "~/ports/storage.server";
import { startTestS3 } from "../support/store/s3";
import { makeBucket, rawClient, removeBucket } from "../support/store/test-bucket";
import { type TestStore, testStore } from "../support/store/test-store";
import { text } from "./helpers";

export type ContractServer = {
  store: TestStore;
  /** Whether it is shown many objects. The local stores share what lists them, so that one of them will do. */
  isThorough: boolean;
  env: StorageEnv;
  storage: Storage;
  /** Another port to the same server: another bucket, other credentials, another clock. */
  storageWith(env: Partial<StorageEnv>, settings?: StorageSettings): Storage;
  /** The SDK's own client, for what the port does not do; its bucket is `env.S3_BUCKET`. */
  client: S3Client;
  /** Puts a text of its own key, unless told another body. */
  put(key: string, body?: Buffer, at?: Storage): Promise<{ etag: string }>;
  listKeys(
    options: Parameters<Storage["list"]>[0],
  ): Promise<{ keys: string[]; prefixes: string[]; pageSizes: number[] }>;
};

/** A store by its name (tests/support/test-store.ts) with a new bucket, which goes when the file is done. */
export async function openContractServer(name: string): Promise<ContractServer> {
  const store = testStore(name);
  const base = store.real ? envOf(store.real) : (await startTestS3({}, undefined, name)).env;
  const env = { ...base, S3_BUCKET: `contract-${randomBytes(6).toString("hex")}` };
  const client = rawClient(env);
  await makeBucket(client, env.S3_BUCKET, store.versions);
  const storage = createStorage(env);
  afterAll(async () => {
    await removeBucket(client, env.S3_BUCKET);
    client.destroy();
  });
  return {
    store,
    isThorough: store.real !== null || name === "aws",
    env,
    storage,
    client,
    storageWith: (other, settings) => createStorage({ ...env, ...other }, settings),
    put: (key, body = text(key), at = storage) => at.put(key, body, { contentType: "text/plain" }),
    async listKeys(options) {
      const keys: string[] = [];
      const prefixes: string[] = [];
      const pageSizes: number[] = [];
      for await (const page of storage.list(options)) {
        keys.push(...page.objects.map((object) => object.key));
        prefixes.push(...page.prefixes);
        pageSizes.push(page.objects.length + page.prefixes.length);
      }
      return { keys, prefixes, pageSizes };
    },
  };
}

const envOf = (real: NonNullable<TestStore["real"]>) => ({
  AWS_REGION: real.region,
  AWS_ACCESS_KEY_ID: real.accessKey,
  AWS_SECRET_ACCESS_KEY: real.secretKey,
  AWS_ENDPOINT_URL_S3: real.endpoint,
  S3_FORCE_PATH_STYLE: true,
});
