// Thumbnails of 12-megapixel JPEGs and of PNGs of 1,024 × 1,024 px beside bare sharp (shrinking as it loads, which looks at no damage):
// in memory, and as a run from S3 to S3 on the same store with the same eight lanes; beside vipsthumbnail and gm where they are. Each
// kind is measured by turns. Then the same once more while every tenth GET and PUT is refused and every hundredth picture is cut on its
// way, and someone looks at the pages meanwhile. Prints one JSON document; exit code 1 when a ratio is below its goal (0.70 in memory, 0.85 as
// a run), or when the faults left a mark.
// Usage: npm run bench -- thumbnails [COUNT [ROUNDS]]     (500 of each and 1)
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pMap from "p-map";
import { indexImages } from "~/features/images/index/index-images";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { startLocalConsole } from "../dev/console/local-console";
import { localEnv } from "../dev/console/local-env";
import { findFreePorts } from "../dev/console/ports";
import { jpegs, pngs } from "./thumbnails/pictures";
import { underFaults } from "./thumbnails/under-faults";
import { waitForRun } from "./wait-for-run";

const count = Number(process.argv[2] ?? 500);
const rounds = Number(process.argv[3] ?? 1);

const actor = { id: "script:bench", name: "Bench" };
const folder = mkdtempSync(join(tmpdir(), "bench-thumbnails-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const localPorts = { web, s3, gemini, google };
const variables = localEnv({ ports: localPorts, folder });

const pictures = { jpeg: await jpegs(), png: await pngs() };
const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const perImage = (ms: number, images: number) => Math.round((ms / images) * 10) / 10;

async function timed(script: string, args: string[], input = ""): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/bench/thumbnails/${script}`, ...args], {
    env: variables,
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(input);
  const ms = Number(await text(child.stdout));
  if (!(ms > 0)) throw new Error(`${script} ended without a measurement.`);
  return ms;
}

/** The median of each way's milliseconds, measured by turns. */
async function byTurns<Way extends string>(ways: Record<Way, () => Promise<number>>): Promise<Record<Way, number>> {
  const names = Object.keys(ways) as Way[];
  const took = new Map<Way, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) took.get(name)?.push(await ways[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(took.get(name) ?? [])])) as Record<Way, number>;
}

async function inMemory(kind: "jpeg" | "png") {
  const from = join(folder, kind);
  mkdirSync(from);
  for (const [n, bytes] of pictures[kind].entries()) writeFileSync(join(from, `${n}.${kind}`), bytes);
  const way = (name: string) => () => timed("in-memory.ts", [name, from, String(count)]);
  const ms = await byTurns({ ours: way("ours"), bare: way("bare"), bareThreads: way("bare-threads") });
  return { ms, fasterBare: Math.min(ms.bare, ms.bareThreads) };
}

/** Milliseconds an image of a command that makes one thumbnail, or null where it is not installed. */
function command(program: string, args: (from: string, to: string) => string[], kind: "jpeg" | "png"): number | null {
  if (spawnSync(program, ["--version"]).error) return null;
  const from = join(folder, kind, `0.${kind}`);
  const startedAt = performance.now();
  for (let n = 0; n < 5; n++) execFileSync(program, args(from, join(folder, "out.webp")), { stdio: "ignore" });
  return perImage(performance.now() - startedAt, 5);
}

async function asRun() {
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const { url, ports, cloud, stop } = await startLocalConsole({ ports: localPorts, folder, say });
  const keys = (["jpeg", "png"] as const).flatMap((kind) =>
    Array.from({ length: count }, (_, n) => ({
      key: `uploads/${String(n).padStart(6, "0")}.${kind}`,
      body: pictures[kind][n % pictures[kind].length] ?? Buffer.alloc(0),
      contentType: `image/${kind}`,
    })),
  );
  await pMap(keys, ({ key, body, contentType }) => ports.storage.put(key, body, { contentType }), { concurrency: 8 });
  async function backfill(force: boolean) {
    const { runId } = await startRun(ports, backfillThumbnails, { payload: { force }, actor, autoApply: false });
    const { planHash, planned } = await waitForRun(ports, runId, "planned");
    const startedAt = performance.now();
    if (planned === 0) return { ms: 0, planned, succeeded: 0 };
    await applyRun(ports, jobKinds, { runId, actor, planHash: planHash ?? "" });
    const { succeeded } = await waitForRun(ports, runId, "succeeded");
    return { ms: performance.now() - startedAt, planned, succeeded };
  }
  try {
    const index = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
    await waitForRun(ports, index.runId, "succeeded");
    const list = keys.map(({ key }) => key).join("\n");
    // The first run has the children started.
    const first = await backfill(false);
    const again = await backfill(false);
    const ms = await byTurns({
      ours: async () => (await backfill(true)).ms,
      bare: () => timed("bare-run.ts", [], list),
    });
    const faults = await underFaults({ ports, s3: cloud.s3, url, keys: keys.map(({ key }) => key) }, () =>
      backfill(true),
    );
    return { ms, made: first.succeeded, plannedAgain: again.planned, faults };
  } finally {
    await stop();
  }
}

try {
  const [jpeg, png] = [await inMemory("jpeg"), await inMemory("png")];
  const run = await asRun();
  const ratios = {
    inMemory: (jpeg.fasterBare + png.fasterBare) / (jpeg.ms.ours + png.ms.ours),
    inMemoryJpeg: jpeg.fasterBare / jpeg.ms.ours,
    inMemoryPng: png.fasterBare / png.ms.ours,
    run: run.ms.bare / run.ms.ours,
  };
  const of = (ms: Record<string, number>, images: number) =>
    Object.fromEntries(Object.entries(ms).map(([way, took]) => [way, perImage(took, images)]));
  process.stdout.write(
    `${JSON.stringify(
      {
        count,
        rounds,
        msAnImage: { jpeg: of(jpeg.ms, count), png: of(png.ms, count), run: of(run.ms, 2 * count) },
        vipsthumbnail: command("vipsthumbnail", (from, to) => [from, "--size", "512x512", "-o", `${to}[Q=80]`], "jpeg"),
        gm: command("gm", (from, to) => ["convert", "-size", "512x512", from, "-resize", "512x512", to], "jpeg"),
        made: run.made,
        plannedAgain: run.plannedAgain,
        underFaults: run.faults,
        ratios: Object.fromEntries(
          Object.entries(ratios).map(([name, ratio]) => [name, Math.round(ratio * 100) / 100]),
        ),
      },
      null,
      2,
    )}\n`,
  );
  const { failed, twice, different } = run.faults;
  if (ratios.inMemory < 0.7 || ratios.run < 0.85 || failed + twice + different > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
