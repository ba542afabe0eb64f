import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/storage.server";

// How long an audit of 2,000 groups with 100,000 objects takes beside `rclone lsf -R` and `aws s3 ls --recursive` of the
// same prefix, one after the other, each as a whole process; the first audit of a root, and later ones that change nothing.
// Usage: npm run bench -- audit-groups [ROUNDS]      (5 unless told; prints one JSON document)
// Needs rclone and aws, and a bucket (S3_BUCKET, AWS_ENDPOINT_URL_S3, …) that it may fill below "bench-audit/".

const rounds = Number(process.argv[2] ?? 5);
const ANGLES = 50;
const TONES = 40;
const IMAGES_A_GROUP = 50;
const PREFIX = "bench-audit/";

const names = (letter: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${letter}${String(n).padStart(2, "0")}`);
const angles = names("a", ANGLES);
const tones = names("t", TONES);

function* keys() {
  for (const angle of angles) {
    for (const tone of tones) {
      for (let n = 0; n < IMAGES_A_GROUP; n++) {
        yield `${PREFIX}${angle}_${tone}/${n === 0 ? "reference" : `image-${String(n).padStart(3, "0")}`}.png`;
      }
    }
  }
}

const env = loadEnv();
const storage = createStorage(env);

async function seed() {
  const present = new Set<string>();
  for await (const page of storage.listParallel(PREFIX)) for (const { key } of page) present.add(key);
  const missing = keys();
  const putNext = async () => {
    for (const key of missing) {
      if (!present.has(key)) await storage.put(key, Buffer.from(key), { contentType: "image/png" });
    }
  };
  await Promise.all(Array.from({ length: 16 }, putNext));
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

const median = (numbers: number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const mean = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return Math.round(mean * 100) / 100;
};

const project = resolve(import.meta.dirname, "../..");
const folder = await mkdtemp(join(tmpdir(), "bench-audit-"));
try {
  await mkdir(join(folder, "labels"));
  const schema = {
    attributes: { angle: { values: angles }, tone: { values: tones } },
    roots: [{ name: "Bench", prefix: PREFIX, group: "{angle}_{tone}" }],
  };
  await writeFile(join(folder, "labels/schema.json"), JSON.stringify(schema));
  const seedingAt = performance.now();
  await seed();
  const seedSeconds = (performance.now() - seedingAt) / 1000;

  const own = { ...process.env, DATABASE_URL: `file:${join(folder, "ops.db")}` };
  const tsx = [process.execPath, "--import", join(project, "node_modules/tsx/dist/esm/index.mjs")];
  const script = (path: string, ...args: string[]) =>
    timed(tsx[0] ?? "node", [...tsx.slice(1), join(project, path), ...args], {
      cwd: folder,
      env: { ...own, TSX_TSCONFIG_PATH: join(project, "tsconfig.json") },
    });
  await timed(process.execPath, [...tsx.slice(1), join(project, "scripts/db-migrate.ts")], { cwd: project, env: own });

  const rclone = {
    RCLONE_CONFIG_BENCH_TYPE: "s3",
    RCLONE_CONFIG_BENCH_PROVIDER: "Other",
    RCLONE_CONFIG_BENCH_ENV_AUTH: "true",
    RCLONE_CONFIG_BENCH_ENDPOINT: env.AWS_ENDPOINT_URL_S3 ?? "",
    RCLONE_CONFIG_BENCH_REGION: env.AWS_REGION,
  };
  const audits: { process: number; run: number }[] = [];
  const listings = { rclone: [] as number[], aws: [] as number[] };
  const counted = { audit: 0, rclone: 0, aws: 0 };
  for (let round = 0; round < rounds; round++) {
    const audit = await script("scripts/audit-groups.ts", "--json");
    const report: { seconds: number; objects: number } = JSON.parse(audit.last);
    audits.push({ process: audit.seconds, run: report.seconds });
    counted.audit = report.objects;
    const lsf = await timed("rclone", ["lsf", "-R", "--files-only", `bench:${env.S3_BUCKET}/${PREFIX}`], {
      cwd: folder,
      env: { ...own, ...rclone },
    });
    listings.rclone.push(lsf.seconds);
    counted.rclone = lsf.lines;
    const endpoint = env.AWS_ENDPOINT_URL_S3 ? ["--endpoint-url", env.AWS_ENDPOINT_URL_S3] : [];
    const ls = await timed("aws", [...endpoint, "s3", "ls", "--recursive", `s3://${env.S3_BUCKET}/${PREFIX}`], {
      cwd: folder,
      env: own,
    });
    listings.aws.push(ls.seconds);
    counted.aws = ls.lines;
  }
  const [first, ...later] = audits;
  const auditSeconds = median(later.map((one) => one.process));
  const medians = { audit: auditSeconds, rclone: median(listings.rclone), aws: median(listings.aws) };
  const result = {
    groups: ANGLES * TONES,
    objects: counted,
    seedSeconds: Math.round(seedSeconds),
    firstAudit: first,
    laterAudits: { processes: auditSeconds, runs: median(later.map((one) => one.run)) },
    medians,
    ratios: { toRclone: medians.audit / medians.rclone, toAws: medians.audit / medians.aws },
    all: { audits, ...listings },
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
