// Images that are nearest to a vector of 768 numbers, among so many: how long the build of an index takes and what it holds, then searches
// without a filter and with such as keep half, a tenth and a hundredth, beside comparing all vectors one by one in the same run. Vectors
// lie in clusters. Prints a table and a verdict for each thing asked, with how busy the machine was.
// Usage: npm run bench -- similar [VECTORS] [--folder F]     (200,000 unless told)
// With --folder the database and its index stay in F, and what is there already is taken: build once, measure later.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { buildIndex } from "~/features/similar-images/build/build-index.server";
import { indexFolder, type Sidecar } from "~/features/similar-images/file/index-file";
import { listSidecars } from "~/features/similar-images/file/list-sidecars.server";
import { findSimilar } from "~/features/similar-images/find-similar.server";
import { benchPorts } from "./images/bench-ports";
import { percentile } from "./images/percentile";
import { table, verdicts } from "./images/report";
import { embeddedDatabase, readVectors } from "./similar/embedded-database";
import { exactSearch } from "./similar/exact";
import { filtersOf } from "./similar/filters";

const { values: told, positionals } = parseArgs({ allowPositionals: true, options: { folder: { type: "string" } } });
const [images = 200_000] = positionals.map(Number);
const space = { model: "bench-model", dimensions: 768 };
const K = 10;
const SEARCHES = 200;
/** Comparing all is slow, and every time the same. */
const COMPARED = 30;
const schema = { roots: [], attributes: {} };
const MB = 1_000_000;

const folder = told.folder ?? mkdtempSync(join(tmpdir(), "bench-similar-"));
mkdirSync(folder, { recursive: true });
try {
  const { file, vectorOf } = await embeddedDatabase(folder, images, space);
  const ports = await benchPorts(folder);
  const said = listSidecars(indexFolder(file), space)[0]?.said ?? (await build());
  const sizes = [said.index, said.codes].map((part) => statSync(join(indexFolder(file), part.file)).size / MB);
  console.log(
    `The index of ${said.count} vectors takes ${sizes[0]?.toFixed(0)} MB and the codes ${sizes[1]?.toFixed(0)} MB.`,
  );

  async function build(): Promise<Sidecar> {
    let builderMb = 0;
    const look = setInterval(() => {
      builderMb = Math.max(builderMb, ...childrenMb());
    }, 1_000);
    const buildAt = performance.now();
    const built = await buildIndex(ports, space, { signal: new AbortController().signal });
    const buildSeconds = (performance.now() - buildAt) / 1_000;
    clearInterval(look);
    if (!built) throw new Error("Another process builds.");
    console.log(
      `${images} vectors: built in ${buildSeconds.toFixed(0)} s with ${availableParallelism()} threads, in which the builder held ` +
        `${builderMb.toFixed(0)} MB at most; ${busy()}.`,
    );
    return built;
  }

  // Read after the build, which needs the memory, and before this process is looked at.
  const compareAll = exactSearch({
    vectors: readVectors(file, images, space.dimensions),
    dimensions: space.dimensions,
  });

  const before = process.memoryUsage().rss;
  const openAt = performance.now();
  await findSimilar(ports, { ...{ model: space.model, k: K, schema }, like: { vector: vectorOf(images) }, query: {} });
  const openSeconds = (performance.now() - openAt) / 1_000;

  const rows: (string | number)[][] = [];
  const all: { name: string; p95: number; recall: number; factor: number }[] = [];
  let stalledMs = 0;
  for (const { name, query, isAsked } of filtersOf(file, images)) {
    const share = isAsked.reduce((sum, one) => sum + one, 0) / images;
    const [times, exactTimes]: [number[], number[]] = [[], []];
    let hits = 0;
    for (let n = 0; n < SEARCHES; n++) {
      const vector = vectorOf(images + 1 + n);
      const stalls = monitorEventLoopDelay({ resolution: 1 });
      stalls.enable();
      const startedAt = performance.now();
      const found = await findSimilar(ports, { ...{ model: space.model, k: K, schema, query }, like: { vector } });
      times.push(performance.now() - startedAt);
      stalls.disable();
      stalledMs = Math.max(stalledMs, stalls.max / 1e6);
      if (found.kind !== "found" || found.images.length !== K) throw new Error(`${name}: ${JSON.stringify(found)}`);
      if (n >= COMPARED) continue;
      const exactAt = performance.now();
      const best = new Set(compareAll(vector, K, isAsked));
      exactTimes.push(performance.now() - exactAt);
      hits += found.images.filter(({ imageId }) => best.has(imageId - 1)).length;
    }
    const recall = hits / (COMPARED * K);
    const [median, p95, exact] = [percentile(times, 0.5), percentile(times, 0.95), percentile(exactTimes, 0.5)];
    rows.push([name, `${(100 * share).toFixed(1)} %`, median, p95, recall.toFixed(3), exact]);
    all.push({ name, p95, recall, factor: exact / median });
  }
  const after = process.memoryUsage().rss;
  table(["filter", "finds", "median ms", "p95 ms", `recall@${K}`, "comparing all: median ms"], rows);
  console.log(
    `Opening took ${openSeconds.toFixed(1)} s; with all searches this process grew by ${((after - before) / MB).toFixed(0)} MB, ` +
      `mapped pages of the index included; the longest stall was ${stalledMs.toFixed(0)} ms; ${busy()}.`,
  );
  const most = images > 200_000 ? 100 : 30;
  const none = all.find(({ name }) => name === "none");
  verdicts([
    ...all.flatMap(({ name, p95, recall }) => [
      { what: `p95 below ${most} ms, filter ${name}`, isMet: p95 < most, measured: `${p95} ms` },
      { what: `recall@${K} of at least 0.95, filter ${name}`, isMet: recall >= 0.95, measured: recall.toFixed(3) },
    ]),
    {
      what: "without a filter at least 20 times as fast as comparing all",
      isMet: (none?.factor ?? 0) >= 20,
      measured: `${none?.factor.toFixed(0)} times`,
    },
  ]);
  await ports.db.$disconnect();
} finally {
  if (!told.folder) rmSync(folder, { recursive: true, force: true });
}

/** How busy the machine is; this process is 1 of it. */
function busy(): string {
  return `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(", ")}`;
}

/** What this process' children hold, in MB. */
function childrenMb(): number[] {
  const lines = execFileSync("ps", ["-o", "rss=", "--ppid", String(process.pid)])
    .toString()
    .trim()
    .split("\n");
  return lines.map((kb) => (Number(kb) * 1_024) / MB);
}
