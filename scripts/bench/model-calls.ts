// What a label run of many model calls costs those who look at it: its sums, its progress, refusals, the dollars of a month, and
// the budget that each further call asks. Prints a table and a verdict.
// Usage: npm run bench -- model-calls [CALLS]     (1,000,000 unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { reserveCall } from "~/features/labeling/budget/reservations.sql.server";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { readLabelProgress } from "~/features/labeling/progress/read-label-progress.server";
import { listRefused, readRefusalRates } from "~/features/labeling/refusals/read-refusals.sql.server";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { sql } from "~/ports/sql.server";
import { migrate } from "../dev/console/migrate";
import { benchPorts } from "./images/bench-ports";
import { table, verdicts } from "./images/report";
import { fillCalls, RUN } from "./labels/fill-calls";
import { timePieces } from "./longest-piece";
import { timeWrites } from "./time-writes.sql.server";

const calls = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), "bench-model-calls-"));

try {
  migrate(join(folder, "ops.db"));
  fillCalls(join(folder, "ops.db"), calls);
  const { ports, holds } = timeWrites(await benchPorts(folder));
  const { roots, attributes } = await loadLabelSchema();
  const { db } = ports;
  const { run } = await readLabelRun(ports, RUN);
  const filter = { root: "Model", group: "group-100" };
  const question = {
    labelRunId: 1,
    imageId: 1,
    requestHash: "q",
    model: "gemini-3.5-flash-lite",
    expectedTokens: 1_500,
  };
  const steps: [string, () => Promise<unknown>][] = [
    ["a run with its sums", () => readLabelRun(ports, RUN)],
    ["its progress and coverage", () => readLabelProgress(db, run, Object.keys(attributes))],
    ["rates of refusals", () => readRefusalRates(db, {}, roots)],
    ["the newest refused images", () => listRefused(db, {}, roots, { before: null })],
    ["those of one group", () => listRefused(db, filter, roots, { before: null })],
    ["those of a group that has none", () => listRefused(db, { ...filter, group: "none" }, roots, { before: null })],
    ["the dollars of all runs since a day", () => sumSpend(ports, { since: new Date(0) })],
    ["the budget of one more call", () => reserveCall(ports, { ...question, reservedUsd: 0.004 }, sql`1 = 1`)],
  ];
  const rows: [string, number, number][] = [];
  for (const [what, work] of steps) {
    await timePieces(work);
    const { ms, pieceMs } = await timePieces(work);
    rows.push([what, Math.round(ms), pieceMs]);
  }
  table([`of ${calls} calls`, "ms", "longest piece ms"], rows);
  const longest = Math.max(...rows.map(([, , piece]) => piece));
  const held = Math.round(Math.max(...holds.map(({ ms }) => ms)));
  verdicts([
    { what: "nothing holds the process for more than 250 ms", isMet: longest <= 250, measured: `${longest} ms` },
    { what: "no write holds the lock for more than 200 ms", isMet: held <= 200, measured: `${held} ms` },
  ]);
  await db.$disconnect();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
