// Comparing labels/personas.json with the database, and writing it: of a file that says the same, and of one that differs in one
// line of ten. Prints a table and a verdict.
// Usage: npm run bench -- label-file [LABELS]     (100,000 unless told)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareOwnFile } from "~/features/labels/travel/check/compare-file.server";
import { exportLabels } from "~/features/labels/travel/export/export-labels.server";
import { migrate } from "../dev/console/migrate";
import { benchPorts } from "./images/bench-ports";
import { table, verdicts } from "./images/report";
import { fillCalls } from "./labels/fill-calls";
import { timePieces } from "./longest-piece";

const labels = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), "bench-label-file-"));

try {
  migrate(join(folder, "ops.db"));
  // Two of each image.
  fillCalls(join(folder, "ops.db"), labels / 2);
  const ports = await benchPorts(folder);
  const [same, other] = [join(folder, "same.json"), join(folder, "other.json")];
  const written = await timePieces(() => exportLabels(ports, { format: "labels", out: same, query: null }));
  writeFileSync(other, readFileSync(same, "utf8").replaceAll(/(0\.png.*)"warm"/g, '$1"cool"'));
  const equal = await timePieces(() => compareOwnFile(ports.db, same));
  const different = await timePieces(() => compareOwnFile(ports.db, other));
  const none = await timePieces(() => compareOwnFile(ports.db, join(folder, "none.json")));
  const rows = {
    "writing it": written,
    "comparing the same": equal,
    "one line of ten differs": different,
    "no file": none,
  };
  table(
    [`${labels} labels`, "ms", "longest piece ms"],
    Object.entries(rows).map(([what, { ms, pieceMs }]) => [what, Math.round(ms), pieceMs]),
  );
  const slowest = Math.round(Math.max(equal.ms, different.ms));
  verdicts([{ what: "compared within 5 s", isMet: slowest <= 5_000, measured: `${slowest} ms` }]);
  await ports.db.$disconnect();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
