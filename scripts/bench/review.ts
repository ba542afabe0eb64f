// The review of one label run: how long the page, each of its parts and each decision take. Prints tables and a verdict for
// each thing asked. Usage: npm run bench -- review [PROPOSALS]     (20,000 unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { decideMany } from "~/features/labeling/review/decide-many.sql.server";
import { decideOne } from "~/features/labeling/review/decide-one.server";
import { exportReview, readReview } from "~/features/labeling/review/read-review.server";
import type { ReviewFilter, ReviewOrder, ReviewPlace } from "~/features/labeling/review/review-filter";
import { undoDecision } from "~/features/labeling/review/undo-decision.sql.server";
import { signIn } from "../dev/browser/check-pages";
import { openBrowser } from "../dev/browser/http-browser";
import { startLocalConsole } from "../dev/console/local-console";
import { findFreePorts } from "../dev/console/ports";
import { percentile } from "./images/percentile";
import { table, verdicts } from "./images/report";
import { timePieces } from "./longest-piece";
import { fillReview, RUN } from "./review/fill-review";
import { timeWrites } from "./time-writes.sql.server";

const proposals = Number(process.argv[2] ?? 20_000);
const rounds = proposals > 100_000 ? 3 : 40;
const actor = { id: "operator:1", name: "Bench" };

const folder = mkdtempSync(join(tmpdir(), "bench-review-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const console_ = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say: () => {} });

type Row = [what: string, p50: number, p95: number, cpu: number, piece: number];

async function time(what: string, work: () => Promise<unknown>, times = rounds): Promise<Row> {
  const taken: number[] = [];
  const worked: number[] = [];
  let piece = 0;
  for (let n = -1; n < times; n++) {
    const before = process.cpuUsage();
    const { ms, pieceMs } = await timePieces(work);
    if (n < 0) continue;
    taken.push(ms);
    piece = Math.max(piece, pieceMs);
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1_000);
  }
  return [what, percentile(taken, 0.5), percentile(taken, 0.95), percentile(worked, 0.5), piece];
}

/** An answer read to its end, as a browser takes it. */
function load(path: string, cookie: string, form?: Record<string, string>): Promise<void> {
  const headers = { Cookie: cookie, "Accept-Encoding": "gzip, br", Origin: console_.url };
  const body = form && String(new URLSearchParams(form));
  const type = body ? { "Content-Type": "application/x-www-form-urlencoded" } : {};
  return new Promise((resolve, reject) => {
    const asked = request(
      console_.url + path,
      { method: form ? "POST" : "GET", headers: { ...headers, ...type } },
      (answer) => {
        answer.resume();
        answer.on("end", () => {
          if ((answer.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`${path} answered ${answer.statusCode}`));
        });
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

try {
  // First, while the local Google's connections are fresh: what follows lets this process answer nothing for seconds.
  const browser = openBrowser();
  await signIn(browser, console_.url, "mina@diffs.studio");
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  fillReview(join(folder, "ops.db"), proposals);
  const { ports, holds } = timeWrites(console_.ports);
  const schema = await loadLabelSchema();
  const read = (filter: ReviewFilter, order: ReviewOrder = "confidence-asc", from: ReviewPlace = null) =>
    readReview(ports, { runId: RUN, filter, order, from, schema });
  const cell = { attribute: "ageRange", old: "20s", new: "30s" };
  const middle = Math.round(proposals / 2);
  const parts = [
    await time("the review", () => read({})),
    await time("by key, from the middle on", () => read({}, "key-asc", { after: middle })),
    await time("a cell", () => read(cell)),
    await time("a cell, confidence from 0.5 to 0.9", () => read({ ...cell, min: 0.5, max: 0.9 })),
    await time("what disagrees with the folder", () => read({ folder: "disagrees" })),
    await time("conflicts with a person's label", () => read({ person: "conflict" })),
  ];
  table(["function", "ms", "p95 ms", "processor ms", "longest piece ms"], parts);

  const address = `/label-runs/${RUN}`;
  const waiting = (await read({ attribute: "tone", decision: "open" }, "key-asc")).proposals.filter(
    ({ isConflict, isOutdated }) => !isConflict && !isOutdated,
  );
  const next = () => {
    const proposal = waiting.shift();
    if (!proposal) throw new Error("Too few proposals to decide about");
    const { id, decisionId, rev } = proposal;
    return { proposalId: id, decision: "accepted" as const, seen: { decisionId, rev } };
  };
  const pressed = Math.min(rounds, 20);
  // A process that has just started is still compiling what it runs; the p95 of a day's looks has none of that.
  const fresh = await time(
    "the page, the first 60 times",
    () => load(address, cookie),
    proposals > 100_000 ? rounds : 60,
  );
  const overHttp = [
    fresh,
    await time("the page", () => load(address, cookie), proposals > 100_000 ? rounds : 300),
    await time("its data, read again", () => load(`${address}.data`, cookie)),
    await time("a cell's data", () => load(`${address}.data?attribute=ageRange&old=20s&new=30s`, cookie)),
    await time("its pulse", () => load(`${address}/pulse`, cookie)),
    await time(
      "one decision",
      () => load(`${address}/decisions.data`, cookie, { intent: "decide", decisions: JSON.stringify([next()]) }),
      pressed,
    ),
  ];
  table(
    ["over HTTP", "ms", "p95 ms"],
    overHttp.map((row) => row.slice(0, 3)),
  );

  const decided = await time("one decision", () => decideOne(ports, { runId: RUN, actor, ...next() }), 5);
  const undo = () => undoDecision(ports, { runId: RUN, actor });
  await undo();
  holds.length = 0;
  const shown = (await read({})).counts.open;
  const many: Row[] = [];
  for (const [what, filter] of [
    ["a cell", cell],
    ["all", {}],
  ] as const) {
    const accept = () => decideMany(ports, { runId: RUN, filter, decision: "accepted", shown, actor });
    for (const [how, work] of [
      [`accepting ${what}`, accept],
      [`taking ${what} back`, undo],
    ] as const) {
      const { ms, pieceMs } = await timePieces(work);
      many.push([how, ms, ms, ms, pieceMs]);
    }
  }
  const held = Math.round(Math.max(...holds.map(({ ms }) => ms)));
  table(
    ["decisions", "ms", "p95 ms"],
    [decided, ...many].map((row) => row.slice(0, 3)),
  );

  const exportStartedAt = performance.now();
  let rows = 0;
  for await (const page of exportReview(ports, { runId: RUN, filter: { same: "any" }, order: "key-asc", schema }))
    rows += page.length;
  const exportMs = Math.round(performance.now() - exportStartedAt);
  process.stdout.write(`a file of ${rows} rows: ${exportMs} ms\n\n`);

  const page = Math.max(...overHttp.slice(1, 4).map(([, , p95]) => p95));
  const pieces = Math.max(...[...parts, ...many].map(([, , , , piece]) => piece));
  const slowest = Math.max(...[...parts, ...overHttp, decided, ...many].map(([, , p95]) => p95));
  verdicts([
    {
      what: "the page's server time below 100 ms, p95",
      isMet: page < 100,
      measured: `${page} ms; ${fresh[2]} ms the first 60 times`,
    },
    { what: "every interaction answers within 200 ms, p95", isMet: slowest < 200, measured: `${slowest} ms` },
    { what: "nothing holds the process for more than 250 ms", isMet: pieces <= 250, measured: `${pieces} ms` },
    { what: "no write holds the lock for more than 200 ms", isMet: held < 200, measured: `${held} ms` },
  ]);
} finally {
  await console_.stop();
  rmSync(folder, { recursive: true, force: true });
}
