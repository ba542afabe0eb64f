/** `npm run cloud`: the local S3, Gemini and Google alone, for a console that is started by hand. */
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/storage.server";
import { assertCloudPortsFree, portOptions, readArguments } from "./console/arguments";
import { startLocalCloud } from "./console/local-cloud";
import { localEnv } from "./console/local-env";
import { runUntilStopped } from "./console/run-until-stopped";
import { seedBucket } from "./sample-images";

const usage = `Usage: npm run cloud [-- --samples] [--cloud-port N] [--store NAME]
Serves the local S3, Gemini and Google on loopback until Ctrl-C; the bucket lies in .data/s3.
  --samples       puts the demo's sample images into the bucket, where they are missing
${portOptions}`;

await runUntilStopped(async (onStop) => {
  const { ports, store, has } = readArguments(usage, ["samples"]);
  await assertCloudPortsFree(ports);
  const env = loadEnv(localEnv({ ports, folder: ".data" }));
  const cloud = await startLocalCloud(env, ".data", store);
  onStop(cloud.close);
  if (has("samples")) await seedBucket(createStorage(env));
  process.stderr.write(
    [
      `S3      ${cloud.s3.url}   bucket ${env.S3_BUCKET}, in .data/s3, as ${store} would`,
      `Gemini  ${cloud.gemini.url}`,
      `Google  ${cloud.google.url}`,
      "Ctrl-C ends them.",
      "",
    ].join("\n"),
  );
});
