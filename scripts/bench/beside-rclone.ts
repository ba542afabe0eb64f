import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/storage.server";

const project = resolve(import.meta.dirname, "../..");

/**
 * The bucket that a bench fills below a prefix of its own, and ways to run whole processes on it: scripts of ours with a
 * database in `folder`, and other tools beside them.
 */
export function openBench(folder: string) {
  const env = loadEnv();
  const storage = createStorage(env);
  const own = { ...process.env, DATABASE_URL: `file:${join(folder, "ops.db")}` };
  const rclone = {
    RCLONE_CONFIG_BENCH_TYPE: "s3",
    RCLONE_CONFIG_BENCH_PROVIDER: "Other",
    RCLONE_CONFIG_BENCH_ENV_AUTH: "true",
    RCLONE_CONFIG_BENCH_ENDPOINT: env.AWS_ENDPOINT_URL_S3 ?? "",
    RCLONE_CONFIG_BENCH_REGION: env.AWS_REGION,
  };
  const tsx = ["--import", join(project, "node_modules/tsx/dist/esm/index.mjs")];
  const script = (path: string, ...args: string[]) =>
    timed(process.execPath, [...tsx, join(project, path), ...args], {
      cwd: folder,
      env: { ...own, TSX_TSCONFIG_PATH: join(project, "tsconfig.json") },
    });
  return {
    script,
    /** Puts what is missing of `keys` below `prefix`, with a small body; returns the seconds that it took. */
    async seed(prefix: string, keys: Iterator<string> & Iterable<string>): Promise<number> {
      const startedAt = performance.now();
      const present = new Set<string>();
      for await (const page of storage.listParallel(prefix)) for (const { key } of page) present.add(key);
      const putNext = async () => {
        for (const key of keys) {
          if (!present.has(key)) await storage.put(key, Buffer.from(key), { contentType: "image/png" });
        }
      };
      await Promise.all(Array.from({ length: 16 }, putNext));
      return Math.round((performance.now() - startedAt) / 1000);
    },
    migrate: () =>
      timed(process.execPath, [...tsx, join(project, "scripts/db-migrate.ts")], { cwd: project, env: own }),
    rclone: (prefix: string) =>
      timed("rclone", ["lsf", "-R", "--files-only", `bench:${env.S3_BUCKET}/${prefix}`], {
        cwd: folder,
        env: { ...own, ...rclone },
      }),
    aws: (prefix: string) => {
      const endpoint = env.AWS_ENDPOINT_URL_S3 ? ["--endpoint-url", env.AWS_ENDPOINT_URL_S3] : [];
      const args = [...endpoint, "s3", "ls", "--recursive", `s3://${env.S3_BUCKET}/${prefix}`];
      return timed("aws", args, { cwd: folder, env: own });
    },
  };
}

/** Runs a command to its end; `lines` of its output. */
async function timed(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const startedAt = performance.now();
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  let lines = 0;
  let last = "";
  for await (const line of createInterface(child.stdout)) {
    lines += 1;
    last = line;
  }
  if (child.exitCode === null) await once(child, "exit");
  if (child.exitCode !== 0) throw new Error(`${command} ended with ${child.exitCode}`);
  return { seconds: (performance.now() - startedAt) / 1000, lines, last };
}

/** To two digits. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const mean = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return Math.round(mean * 100) / 100;
}
