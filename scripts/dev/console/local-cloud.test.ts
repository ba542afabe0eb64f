import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { assertConsolePortsFree } from "./arguments";
import { startLocalCloud } from "./local-cloud";
import { localEnv } from "./local-env";
import { findFreePorts } from "./ports";

async function envIn(folder: string) {
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  return loadEnv(localEnv({ ports: { web, s3, gemini, google }, folder }));
}

test("one folder serves one local cloud at a time, whatever its ports", async () => {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-cloud-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await startLocalCloud(await envIn(folder), folder);
  await expect(startLocalCloud(await envIn(folder), folder)).rejects.toThrow(
    `${folder} is in use by another demo, dev or cloud: stop that one first.`,
  );
  await first.close();
  const next = await startLocalCloud(await envIn(folder), folder);
  await next.close();
});

test("a port that is wanted twice is refused before anything starts", async () => {
  const [s3 = 0, gemini = 0, google = 0] = await findFreePorts(3);
  await expect(assertConsolePortsFree({ web: gemini, s3, gemini, google })).rejects.toThrow(
    `Port ${gemini} is wanted for the console and for the local Gemini: choose another with --port or --cloud-port.`,
  );
});
