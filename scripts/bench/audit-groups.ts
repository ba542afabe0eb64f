import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, openBench } from "./beside-rclone";

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

const folder = await mkdtemp(join(tmpdir(), "bench-audit-"));
try {
  const bench = openBench(folder);
  await mkdir(join(folder, "labels"));
  const schema = {
    attributes: { angle: { values: angles }, tone: { values: tones } },
    roots: [{ name: "Bench", prefix: PREFIX, group: "{angle}_{tone}" }],
  };
  await writeFile(join(folder, "labels/schema.json"), JSON.stringify(schema));
  const seedSeconds = await bench.seed(PREFIX, keys());
  await bench.migrate();
  const audits: { process: number; run: number }[] = [];
  const listings = { rclone: [] as number[], aws: [] as number[] };
  const counted = { audit: 0, rclone: 0, aws: 0 };
  for (let round = 0; round < rounds; round++) {
    const audit = await bench.script("scripts/audit-groups.ts", "--json");
    const report: { seconds: number; objects: number } = JSON.parse(audit.last);
    audits.push({ process: audit.seconds, run: report.seconds });
    counted.audit = report.objects;
    const lsf = await bench.rclone(PREFIX);
    listings.rclone.push(lsf.seconds);
    counted.rclone = lsf.lines;
    const ls = await bench.aws(PREFIX);
    listings.aws.push(ls.seconds);
    counted.aws = ls.lines;
  }
  const [first, ...later] = audits;
  const auditSeconds = median(later.map((one) => one.process));
  const medians = { audit: auditSeconds, rclone: median(listings.rclone), aws: median(listings.aws) };
  const result = {
    groups: ANGLES * TONES,
    objects: counted,
    seedSeconds,
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
