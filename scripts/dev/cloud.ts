/** `npm run cloud`: the local S3, Gemini and Google alone, for a console that is started by hand. */
import { loadEnv } from "~/ports/env.server";
import { assertCloudPortsFree, portOptions, readArguments } from "./console/arguments";
import { startLocalCloud } from "./console/local-cloud";
import { localEnv } from "./console/local-env";
import { runUntilStopped } from "./console/run-until-stopped";

const usage = `Usage: npm run cloud [-- --cloud-port N] [--store NAME]
Serves the local S3, Gemini and Google on loopback until Ctrl-C; the bucket lies in .data/s3.
${portOptions}`;

await runUntilStopped(async (onStop) => {
  const { ports, store } = readArguments(usage, []);
  await assertCloudPortsFree(ports);
  const env = loadEnv(localEnv({ ports, folder: ".data" }));
  const cloud = await startLocalCloud(env, ".data", store);
  onStop(cloud.close);
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
