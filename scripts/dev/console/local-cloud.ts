import { join } from "node:path";
import type { Env } from "~/ports/env.server";
import { demoKnobs } from "../gemini/knobs";
import { type Gemini, startGemini } from "../gemini/server";
import { type LocalGoogle, startGoogle } from "../google/google";
import type { StoreName } from "../s3/manners/store-manners";
import { type LocalS3, startS3 } from "../s3/start-s3";
import { Refusal } from "./ports";

export type LocalCloud = { s3: LocalS3; gemini: Gemini; google: LocalGoogle; close(): Promise<void> };

/** The port that a service of the environment is expected at. */
const portOf = (url: string | undefined) => Number(new URL(url ?? "").port);

/**
 * Starts what stands in for S3 (with the environment's bucket), Gemini and Google, each at the address and with the
 * keys that the environment names.
 * @param store whose manners the S3 has
 * @param folder keeps the bucket and the count of model calls; one local cloud at a time may use it
 * @throws Refusal when another does, or when it cannot be written
 */
export async function startLocalCloud(env: Env, folder: string, store: StoreName = "aws"): Promise<LocalCloud> {
  const s3 = await startS3({
    port: portOf(env.AWS_ENDPOINT_URL_S3),
    dataDir: join(folder, "s3"),
    accessKey: env.AWS_ACCESS_KEY_ID ?? "",
    secretKey: env.AWS_SECRET_ACCESS_KEY ?? "",
    buckets: [env.S3_BUCKET],
    pagesAt: new URL(env.PUBLIC_URL).origin,
    manners: store,
  }).catch((error: Error) => {
    // The bucket's index is locked for as long as it is served, so that it also guards what lies beside it.
    const isInUse = error.message.startsWith("Another process has");
    throw new Refusal(
      isInUse ? `${folder} is in use by another demo, dev or cloud: stop that one first.` : error.message,
    );
  });
  const gemini = await startGemini({
    port: portOf(env.GEMINI_BASE_URL),
    apiKey: env.GEMINI_API_KEY,
    dataDir: join(folder, "gemini"),
    knobs: demoKnobs,
  });
  const google = await startGoogle({
    port: portOf(env.GOOGLE_ISSUER),
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
  });
  return {
    s3,
    gemini,
    google,
    async close() {
      await Promise.all([s3.close(), gemini.close(), google.close()]);
    },
  };
}
