// A bucket of 1,000,000 images in 100,000 articles: how long its listing and a snapshot of it take in a process of their own,
// how long the snapshot holds the lock, and how long reading the page's data takes. Prints one JSON document.
// Usage: npm run bench -- storage [IMAGES [ROUNDS]]     (1,000,000 and 3 unless told)
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { loadEnv } from "~/ports/env.server";
import { startLocalCloud } from "../dev/console/local-cloud";
import { localEnv } from "../dev/console/local-env";
import { migrate } from "../dev/console/migrate";
import { findFreePorts } from "../dev/console/ports";
import { seedObjects } from "../dev/s3/objects/seed-objects";
import { benchPorts } from "./images/bench-ports";
import { seedRows, storageKeys } from "./storage/seed-storage.sql.server";

const images = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);

const folder = mkdtempSync(join(tmpdir(), "bench-storage-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const variables = localEnv({ folder, ports: { web, s3, gemini, google } });
const env = loadEnv(variables);
try {
  migrate(join(folder, "ops.db"));
  const ports = await benchPorts(folder);
  await seedRows(ports, images);
  seedObjects({
    dataDir: join(folder, "s3"),
    bucket: env.S3_BUCKET,
    keys: storageKeys(images),
    body: Buffer.from("x"),
    contentType: "image/png",
  });
  const cloud = await startLocalCloud(env, folder);
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "scripts/bench/storage/take-snapshots.ts", String(rounds)],
    { env: variables, stdio: ["ignore", "pipe", "inherit"] },
  );
  process.stdout.write(await text(child.stdout));
  await cloud.close();
  await ports.db.$disconnect();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
