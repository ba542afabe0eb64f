import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { localEnv } from "./local-env";

const ports = { web: 3000, s3: 9000, gemini: 9001, google: 9002 };

test("nothing of the shell's environment reaches the demo", () => {
  vi.stubEnv("S3_BUCKET", "production-images");
  vi.stubEnv("AWS_ENDPOINT_URL_S3", "https://s3.example.com");
  vi.stubEnv("AWS_PROFILE", "production");
  vi.stubEnv("APP_ENVIRONMENT", "production");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const variables = localEnv({ ports, folder: ".data" });
  expect(loadEnv(variables)).toMatchObject({
    APP_ENVIRONMENT: "local",
    S3_BUCKET: "diffs-local",
    AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9000",
    GEMINI_BASE_URL: "http://127.0.0.1:9001",
    GOOGLE_ISSUER: "http://127.0.0.1:9002",
    DATABASE_URL: "file:.data/ops.db",
  });
  expect(variables).not.toHaveProperty("AWS_PROFILE");
});

test("a .env beside package.json has no say in the processes that the demo starts", () => {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-env-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, ".env"), "S3_BUCKET=production-images\nAWS_SECRET_ACCESS_KEY=real\nUNHEARD_OF=1\n");
  const here = process.cwd();
  const paths = { "~/*": [join(here, "app/*")] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { paths } }));
  const script = `
    import { localEnv } from "${here}/scripts/dev/console/local-env.ts";
    import { execFileSync } from "node:child_process";
    const child = 'import { loadEnv } from "${here}/app/ports/env.server.ts"; console.log(JSON.stringify(loadEnv()))';
    const env = localEnv({ ports: ${JSON.stringify(ports)}, folder: ".data" });
    process.stdout.write(execFileSync(process.execPath, ["--import", "${here}/node_modules/tsx/dist/loader.mjs", "--input-type=module", "-e", child], { env }));
  `;
  const args = ["--import", join(here, "node_modules/tsx/dist/loader.mjs"), "--input-type=module", "-e", script];
  const printed = JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }));
  expect(printed).toMatchObject({ S3_BUCKET: "diffs-local", AWS_SECRET_ACCESS_KEY: "local-secret" });
});
