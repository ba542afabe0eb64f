// How well searches find: 360 portraits whose traits are known by the seeds that they are drawn from, with keys and prompts that tell a
// part of these, two in five in German or Korean, are embedded by a worker; then 39 searches in English, German and Korean are made by
// words alone, by likeness alone, and merged. Prints recall@10 of each, and a verdict for each language.
// Usage: npm run bench -- search-quality [--each]     (--each: a line for each search)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import { startEmbedding } from "~/features/embeddings/start-embedding.server";
import { findBest } from "~/features/image-search/find-best.server";
import { findNear } from "~/features/image-search/find-near.server";
import { rankByWords } from "~/features/image-search/rank-by-words.sql.server";
import { indexImages } from "~/features/images/index/index-images";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { startLocalCloud } from "../dev/console/local-cloud";
import { localEnv } from "../dev/console/local-env";
import { migrate } from "../dev/console/migrate";
import { findFreePorts } from "../dev/console/ports";
import { keepRunning } from "../dev/console/process";
import { table, verdicts } from "./images/report";
import { labeledPictures } from "./search-quality/pictures";
import { labeledQueries } from "./search-quality/queries";
import { mean, recallAt } from "./search-quality/recall";
import { languages } from "./search-quality/words";
import { waitForRun } from "./wait-for-run";

const K = 10;
/** How much less than the better of the two the merged ranking may find. */
const WITHIN = 0.02;
const actor = { id: "script:bench", name: "Bench" };
const schema = { roots: [], attributes: {} };

const folder = mkdtempSync(join(tmpdir(), "bench-search-quality-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const variables = localEnv({ ports: { web, s3, gemini, google }, folder });
const env = loadEnv(variables);
const cloud = await startLocalCloud(env, folder);
migrate(join(folder, "ops.db"));
const ports = await createPorts({ ...env, LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
const worker = keepRunning("jobs/index.ts", {
  env: variables,
  logFile: join(folder, "logs", "worker.log"),
  onDeath: (how) => process.stderr.write(`The worker ended: ${how}\n`),
});
const pictures = labeledPictures();

/** The pictures in the bucket and the index, each with the record of its prompt and with a vector. */
async function seed() {
  const { db, storage } = ports;
  await pMap(pictures, async ({ key, draw }) => storage.put(key, await draw(), { contentType: "image/png" }), {
    concurrency: 4,
  });
  const index = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
  await waitForRun(ports, index.runId, "succeeded");
  const rows = await db.image.findMany({ select: { id: true, key: true } });
  const idOf = new Map(rows.map(({ id, key }) => [key, id]));
  await db.generation.createMany({
    data: pictures.map(({ key, prompt }, number) => ({
      ...{ id: `g-${number}`, imageId: idOf.get(key) ?? null, prompt, createdAt: ports.clock.now() },
      ...{ record: "{}", hash: String(number) },
    })),
  });
  await db.image.updateMany({ data: { isTextDue: true } });
  await fillImageText(ports, new AbortController().signal);
  const embedding = await startEmbedding(ports, { budgetUsd: 1, actor, autoApply: true });
  const { succeeded } = await waitForRun(ports, embedding.runId, "succeeded");
  if (succeeded !== pictures.length) throw new Error(`Only ${succeeded} of ${pictures.length} have a vector.`);
  return new Map(pictures.map(({ key, traits }) => [idOf.get(key) ?? 0, traits]));
}

try {
  const startedAt = performance.now();
  const traitsOf = await seed();
  const seededSeconds = (performance.now() - startedAt) / 1_000;
  const found = await pMap(
    labeledQueries,
    async ({ text, language, traits }) => {
      const right = new Set(
        [...traitsOf].flatMap(([id, has]) => (traits.every((trait) => has.has(trait)) ? [id] : [])),
      );
      const asked = { find: text, like: null, picture: null, query: {}, schema, limit: K };
      const words = (await rankByWords(ports, { ...asked, text })).map(({ id }) => id);
      const near = await findNear(ports, asked);
      if (near.missing !== null) throw new Error(near.missing);
      const merged = (await findBest(ports, asked)).found.map(({ id }) => id);
      const recall = (ids: readonly number[]) => recallAt(K, ids, right);
      return {
        ...{ text, language, right: right.size, words: recall(words) },
        ...{ likeness: recall([...near.similarities.keys()]), fused: recall(merged) },
      };
    },
    { concurrency: 1 },
  );
  const inAll = (some: typeof found) => ({
    words: mean(some.map(({ words }) => words)),
    likeness: mean(some.map(({ likeness }) => likeness)),
    fused: mean(some.map(({ fused }) => fused)),
  });
  const groups = [
    ...languages.map((language) => ({ name: language, some: found.filter((one) => one.language === language) })),
    { name: "all", some: found },
  ].map(({ name, some }) => ({ name, searches: some.length, ...inAll(some) }));
  const columns = ["words", "likeness", "fused"] as const;
  const cells = (row: Record<(typeof columns)[number], number>) => columns.map((name) => row[name].toFixed(3));
  if (process.argv.includes("--each")) {
    table(
      ["search", "right", ...columns],
      found.map((row) => [row.text, row.right, ...cells(row)]),
    );
  }
  console.log(
    `Recall@${K} among ${pictures.length} pictures, which took ${seededSeconds.toFixed(0)} s to draw, index and embed:\n`,
  );
  table(
    ["language", "searches", ...columns],
    groups.map((row) => [row.name, row.searches, ...cells(row)]),
  );
  verdicts(
    groups.map(({ name, words, likeness, fused }) => {
      const better = Math.max(words, likeness);
      return {
        what: `fused within ${WITHIN} of the better of the two, or better, ${name}`,
        isMet: fused >= better - WITHIN,
        measured: `${fused.toFixed(3)}, the better ${better.toFixed(3)}`,
      };
    }),
  );
  console.log(
    "\nThe vectors are those of the local stand-in for Gemini, which knows some thirty words and what its own portraits look like:\n" +
      "likeness and fused measure how searches are merged and that stand-in, not what Gemini understands.",
  );
} finally {
  await worker.stop();
  await ports.db.$disconnect();
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
}
