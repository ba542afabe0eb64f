import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";

const require = createRequire(import.meta.url);

/** What pm2 reads in a clone that lies in any folder. */
function readIn(folder: string): { apps: { script: string; cwd: string; env: Record<string, string> }[] } {
  const config = join(folder, "ecosystem.config.cjs");
  copyFileSync("ecosystem.config.cjs", config);
  return require(config);
}

test.each([
  ["the shell", { shell: "staging", file: "APP_ENVIRONMENT=production\n" }, "staging"],
  [".env", { shell: "", file: '# here\nAPP_ENVIRONMENT="staging"\n' }, "staging"],
  ["neither: production, which starts with nothing missing only", { shell: "", file: "PORT=3000\n" }, "production"],
])("pm2's processes run where the clone lies, with APP_ENVIRONMENT from %s", (_from, { shell, file }, environment) => {
  const folder = mkdtempSync(join(tmpdir(), "diffs ops "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, ".env"), file);
  vi.stubEnv("APP_ENVIRONMENT", shell);
  onTestFinished(() => void vi.unstubAllEnvs());
  const env = { NODE_ENV: "production", APP_ENVIRONMENT: environment };
  expect(readIn(folder).apps.map(({ script, cwd, env }) => ({ script, cwd, env }))).toEqual([
    { script: "server.mjs", cwd: folder, env },
    { script: "jobs/index.ts", cwd: folder, env },
  ]);
});
