import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage } from "~/ports/storage.server";
import { seedObjects } from "../dev/s3/objects/seed-objects";
import { startS3 } from "../dev/s3/start-s3";

// How long listings of a large bucket take, through the storage port and the local S3. Both share one process and thus one
// core, so listing in parallel shows its requests here, not its gain: that comes where waiting for the network is the cost.
// Usage: npx tsx scripts/bench/s3-listing.ts [KEYS]     (1,000,000 unless told; prints one JSON document)

const total = Number(process.argv[2] ?? 1_000_000);
const dataDir = mkdtempSync(join(tmpdir(), "bench-s3-"));
const bucket = "bench";
const keys = { accessKey: "bench", secretKey: "bench-secret" };

/** Nine tenths in 5,000 folders of an owner and month, one tenth flat. */
function* names() {
  for (let n = 0; n < total; n++) {
    const name = `${String(n).padStart(7, "0")}.png`;
    const owner = `owner-${String(n % 500).padStart(3, "0")}`;
    const month = String(1 + (Math.floor(n / 500) % 10)).padStart(2, "0");
    yield n % 10 === 0 ? `uploads/${name}` : `generated/${owner}/2026/${month}/${name}`;
  }
}

async function timed(work: () => Promise<number>) {
  const startedAt = performance.now();
  const found = await work();
  return { found, ms: Math.round((performance.now() - startedAt) * 10) / 10 };
}

const seeding = await timed(async () => {
  seedObjects({ dataDir, bucket, keys: names(), body: Buffer.from("x"), contentType: "image/png" });
  return total;
});
const s3 = await startS3({ port: 0, dataDir, buckets: [bucket], ...keys });
const storage = createStorage({
  S3_BUCKET: bucket,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: keys.accessKey,
  AWS_SECRET_ACCESS_KEY: keys.secretKey,
  AWS_ENDPOINT_URL_S3: s3.url,
  S3_FORCE_PATH_STYLE: true,
});

async function firstPage(options: Parameters<typeof storage.list>[0]) {
  for await (const page of storage.list(options)) return page.objects.length + page.prefixes.length;
  return 0;
}
async function all(pages: AsyncIterable<{ objects: unknown[]; prefixes: unknown[] }>) {
  let found = 0;
  for await (const page of pages) found += page.objects.length + page.prefixes.length;
  return found;
}

await storage.check();
const result = {
  keys: total,
  seeding,
  foldersAtRoot: await timed(() => firstPage({ delimiter: "/" })),
  foldersOfOwners: await timed(() => firstPage({ prefix: "generated/", delimiter: "/" })),
  pageDeepWithin: await timed(() =>
    firstPage({ prefix: "uploads/", startAfter: `uploads/${String(total / 2).padStart(7, "0")}` }),
  ),
  everythingInOrder: await timed(() => all(storage.list())),
  everythingInParallel: await timed(async () => {
    let found = 0;
    s3.requests.reset();
    for await (const objects of storage.listParallel("")) found += objects.length;
    return found;
  }),
  requestsInParallel: s3.requests.count(),
  residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
};
console.log(JSON.stringify(result, null, 2));
await s3.close();
rmSync(dataDir, { recursive: true, force: true });
