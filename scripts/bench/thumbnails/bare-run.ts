/**
 * GET, sharp, PUT for each key of stdin, one a line, eight at once: a backfill by the SDK and sharp alone. Prints the milliseconds.
 */
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import pMap from "p-map";
import sharp from "sharp";
import { loadEnv } from "~/ports/env.server";
import { bareThumbnail } from "./bare-thumbnail";

const env = loadEnv();
const { S3_BUCKET: Bucket, AWS_ENDPOINT_URL_S3: endpoint, AWS_REGION: region } = env;
const client = new S3Client({
  region,
  ...(endpoint && { endpoint }),
  forcePathStyle: true,
  credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" },
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
  requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 32 } }),
});
sharp.concurrency(1);
sharp.cache(false);

let text = "";
for await (const chunk of process.stdin) text += chunk;
const keys = text.trim().split("\n");

async function makeThumbnail(key: string) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
  const body = await bareThumbnail(Buffer.from((await Body?.transformToByteArray()) ?? []));
  await client.send(new PutObjectCommand({ Bucket, Key: `bare/${key}.webp`, Body: body, ContentType: "image/webp" }));
}
await pMap(keys.slice(0, 8), makeThumbnail, { concurrency: 8 });
const startedAt = performance.now();
await pMap(keys, makeThumbnail, { concurrency: 8 });
process.stdout.write(`${performance.now() - startedAt}\n`);
