// How long the web process takes over the overview with many open findings, runs and images, as a page and as what a page that
// polls asks for. Prints one JSON document. Usage: npm run bench -- overview [FINDINGS [RUNS [IMAGES]]]
// (20,000, 50 and 100,000 unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jobKinds } from "~/features/job-kinds.server";
import { readOverview } from "~/features/monitoring/overview/read-overview.server";
import { signIn } from "../dev/browser/check-pages";
import { openBrowser } from "../dev/browser/http-browser";
import { startLocalConsole } from "../dev/console/local-console";
import { measureOnce } from "../dev/console/main-job";
import { findFreePorts } from "../dev/console/ports";

const findings = Number(process.argv[2] ?? 20_000);
const runs = Number(process.argv[3] ?? 50);
const images = Number(process.argv[4] ?? 100_000);
const OWNERS = 100;
const CHUNKS_A_RUN = 100;
const REQUESTS = 40;

const folder = mkdtempSync(join(tmpdir(), "bench-overview-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const console_ = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say: () => {} });
const { ports, url } = console_;

async function seed() {
  const at = new Date();
  const severities = ["info", "warning", "warning", "error"];
  for (let start = 0; start < findings; start += 1_000) {
    await ports.db.finding.createMany({
      data: Array.from({ length: Math.min(1_000, findings - start) }, (_, n) => ({
        root: "Model",
        type: "unexpected-object",
        severity: severities[n % severities.length] ?? "info",
        subject: `references/01. Model/group ${start + n}/notes.txt`,
        sentence: `The group “group ${start + n}” holds “notes.txt”, which is no image.`,
        evidence: '{"groups":[],"objects":[],"more":0}',
        firstSnapshotId: 1,
        lastSnapshotId: 1,
        firstSeenAt: at,
        lastSeenAt: at,
      })),
    });
  }
  await ports.db.owner.createMany({
    data: Array.from({ length: OWNERS }, (_, n) => ({ id: `u-${n}`, name: `Owner ${n}`, createdAt: at })),
  });
  for (let start = 0; start < images; start += 1_000) {
    await ports.db.image.createMany({
      data: Array.from({ length: Math.min(1_000, images - start) }, (_, n) => ({
        key: `uploads/u-${n % OWNERS}/2026/11/${start + n}.png`,
        etag: "e",
        bytes: 1_000_000n,
        kind: "upload",
        ownerId: n % 4 === 0 ? null : `u-${n % OWNERS}`,
        thumbnailEtag: n % 10 === 0 ? null : "e",
        modifiedAt: at,
        createdAt: at,
      })),
    });
  }
  for (let n = 0; n < runs; n++) {
    const { id } = await ports.db.jobRun.create({
      data: {
        kind: n % 2 === 0 ? "audit-groups" : "backfill-thumbnails",
        title: "Bench",
        lane: 1,
        status: "succeeded",
        payload: "{}",
        planned: CHUNKS_A_RUN * 500,
        actor: "script:bench",
        actorName: "Bench",
        createdAt: at,
        startedAt: at,
        finishedAt: at,
      },
    });
    await ports.db.jobChunk.createMany({
      data: Array.from({ length: CHUNKS_A_RUN }, (_, seq) => ({
        runId: id,
        seq,
        firstSeq: seq * 500,
        lastSeq: seq * 500 + 499,
        succeeded: 490,
        failed: 5,
        skipped: 5,
      })),
    });
  }
}

/** The median of so many requests, one after the other, in ms. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = -5; n < REQUESTS; n++) {
    const startedAt = performance.now();
    await work();
    if (n >= 0) times.push(performance.now() - startedAt);
  }
  const [median = 0] = times.toSorted((a, b) => a - b).slice(REQUESTS / 2);
  return Math.round(median * 10) / 10;
}

try {
  await seed();
  await measureOnce(ports);
  const browser = openBrowser();
  await signIn(browser, url, "mina@diffs.studio");
  const read = async (path: string) => {
    const answer = await browser.get(url + path);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  };
  const result = {
    findings,
    runs,
    images,
    requests: REQUESTS,
    pageMs: await measure(() => read("/")),
    pollMs: await measure(() => read("/_root.data")),
    readOverviewMs: await measure(() => readOverview(ports, jobKinds)),
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  await console_.stop();
  rmSync(folder, { recursive: true, force: true });
}
