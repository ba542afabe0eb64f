import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, openBench } from "./beside-rclone";

// How long indexing takes beside `rclone lsf -R` of the same prefix, one after the other, each as a whole process: into
// an empty index, and again when nothing has changed.
// Usage: npm run bench -- index-folders [SHAPE] [ROUNDS]     (many and 5 unless told; prints one JSON document)
//   many   1,300 folders of 16 objects
//   wide   50 folders of 2,000
//   flat   1 folder of 100,000
// Needs rclone, and a bucket (S3_BUCKET, AWS_ENDPOINT_URL_S3, …) that it may fill below "bench-index-SHAPE/".

const shapes: Record<string, { folders: number; objects: number }> = {
  many: { folders: 1_300, objects: 16 },
  wide: { folders: 50, objects: 2_000 },
  flat: { folders: 1, objects: 100_000 },
};
const name = process.argv[2] ?? "many";
const rounds = Number(process.argv[3] ?? 5);
const shape = shapes[name];
if (!shape) throw new Error(`There is no shape ${name}. It is one of ${Object.keys(shapes).join(", ")}.`);
const prefix = `bench-index-${name}/`;

function* keys({ folders, objects }: { folders: number; objects: number }) {
  for (let folder = 0; folder < folders; folder++) {
    for (let n = 0; n < objects; n++) {
      yield `${prefix}owner-${String(folder).padStart(4, "0")}/${String(n).padStart(6, "0")}.png`;
    }
  }
}

const seconds = { first: [] as number[], again: [] as number[], rclone: [] as number[] };
const runs = { first: [] as number[], again: [] as number[] };
let seedSeconds = 0;
let counted = {};
for (let round = 0; round < rounds; round++) {
  const folder = await mkdtemp(join(tmpdir(), "bench-index-"));
  try {
    const bench = openBench(folder);
    seedSeconds += await bench.seed(prefix, keys(shape));
    await bench.migrate();
    for (const time of ["first", "again"] as const) {
      const index = await bench.script("scripts/index-images.ts", "--prefix", prefix, "--json");
      const report: { seconds: number; objects: number; planned: number } = JSON.parse(index.last);
      seconds[time].push(index.seconds);
      runs[time].push(report.seconds);
      counted = { objects: report.objects, items: report.planned };
    }
    const listed = await bench.rclone(prefix);
    seconds.rclone.push(listed.seconds);
    counted = { ...counted, rclone: listed.lines };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
const medians = { first: median(seconds.first), again: median(seconds.again), rclone: median(seconds.rclone) };
const ratio = (time: "first" | "again") => Math.round((medians[time] / medians.rclone) * 100) / 100;
const result = {
  shape: name,
  ...shape,
  counted,
  seedSeconds,
  medians,
  runs: { first: median(runs.first), again: median(runs.again) },
  toRclone: { first: ratio("first"), again: ratio("again") },
  all: seconds,
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
