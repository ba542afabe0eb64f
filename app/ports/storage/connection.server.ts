import { setMaxListeners } from "node:events";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Clock } from "~/ports/clock.server";
import type { Env } from "~/ports/env.server";
import { toStorageError } from "./errors/to-storage-error.server";
import { preferContentMd5 } from "./wire/content-md5.server";
import { type StorageCall, timeCalls } from "./wire/time-calls.server";
import { speakUtf8Headers } from "./wire/utf8-headers.server";

export type StorageEnv = Pick<
  Env,
  | "S3_BUCKET"
  | "AWS_REGION"
  | "AWS_ACCESS_KEY_ID"
  | "AWS_SECRET_ACCESS_KEY"
  | "AWS_SESSION_TOKEN"
  | "AWS_ENDPOINT_URL_S3"
  | "S3_FORCE_PATH_STYLE"
>;

export type StorageSettings = {
  /** What presigned links are dated by. */
  clock?: Clock;
  /** How long a connection may take to open. */
  connectTimeoutMs?: number;
  /** How long a connection may carry nothing, before or within an answer. */
  idleTimeoutMs?: number;
  /** Attempts a call, the first included. */
  maxAttempts?: number;
  /** Is told of each attempt that went over the wire. */
  onCall?: (call: StorageCall) => void;
};

/** The client of one bucket, and the one way to use it: `attempt` turns whatever is thrown into a StorageError. */
export type Connection = {
  client: S3Client;
  bucket: string;
  /** The endpoint's address, or "AWS S3, <region>". */
  endpoint: string;
  /** Set once the store has refused DeleteObjects for what it is, not for its keys: it is not asked again. */
  deletesOneByOne: boolean;
  attempt<T>(
    action: string,
    signal: AbortSignal | undefined,
    work: (options: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T>;
};

/** The SDK counts waiting for a free socket as connecting, so there are more than the app ever has calls in flight. */
const MAX_SOCKETS = 256;

export function connect(env: StorageEnv, settings: StorageSettings): Connection {
  // Otherwise, on Node 20, every process starts with eight lines that ask for Node 22. README.md says which Node to choose.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const client = new S3Client({
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_S3,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
    credentials:
      env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY
        ? {
            accessKeyId: env.AWS_ACCESS_KEY_ID,
            secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
            sessionToken: env.AWS_SESSION_TOKEN,
          }
        : undefined,
    // The SDK's own default adds checksums that compatible stores reject or take for a part of the body.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    retryMode: "adaptive",
    maxAttempts: settings.maxAttempts ?? 4,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: settings.connectTimeoutMs ?? 5_000,
      socketTimeout: settings.idleTimeoutMs ?? 15_000,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    }),
  });
  speakUtf8Headers(client);
  preferContentMd5(client);
  if (settings.onCall) timeCalls(client, settings.onCall);
  const bucket = env.S3_BUCKET;
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? `AWS S3, ${env.AWS_REGION}`;
  return {
    client,
    bucket,
    endpoint,
    deletesOneByOne: false,
    async attempt(action, signal, work) {
      // Hundreds of calls may share the signal of one run; Node takes more than ten listeners for a leak.
      if (signal) setMaxListeners(0, signal);
      try {
        return await work(signal ? { abortSignal: signal } : {});
      } catch (error) {
        throw toStorageError(error, { action, bucket, endpoint, signal });
      }
    },
  };
}
