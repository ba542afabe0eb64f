// How long each kind of write that grows with its input holds the database's lock on a large input. Prints a table, and whether
// all stay below the one figure (docs/decisions/043).
// Usage: npm run bench -- locks [NAME…]     (all unless named)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LONGEST_WRITE_MS } from "~/features/pace";
import { migrate } from "../dev/console/migrate";
import { benchPorts } from "./images/bench-ports";
import { table, verdicts } from "./images/report";
import { growingWrites, wholeWrites } from "./locks/large-writes.sql.server";
import { timeWrites } from "./time-writes.sql.server";

const asked = process.argv.slice(2);
const size = { groups: 20_000, rows: 100_000 };
const rows: (string | number)[][] = [];
let longest = 0;
for (const [name, prepare] of Object.entries({ ...growingWrites(size), ...wholeWrites(size) })) {
  if (asked.length > 0 && !asked.some((part) => name.includes(part))) continue;
  const folder = mkdtempSync(join(tmpdir(), "bench-locks-"));
  migrate(join(folder, "ops.db"));
  const untimed = await benchPorts(folder);
  try {
    const act = await prepare(untimed);
    const { ports, holds } = timeWrites(untimed);
    const startedAt = performance.now();
    await act(ports);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const worst = holds.reduce((most, hold) => (hold.ms > most.ms ? hold : most));
    const changed = holds.reduce((sum, hold) => sum + hold.rows, 0);
    longest = Math.max(longest, worst.ms);
    const numbers = [worst.ms, worst.cpuMs, Math.max(...holds.map(({ commitMs }) => commitMs))].map(Math.round);
    rows.push([name, changed, holds.length, seconds, ...numbers, worst.rows, worst.by]);
  } finally {
    await untimed.db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}
table(
  ["write", "rows changed", "writes", "s", "longest ms", "its processor ms", "longest commit", "its rows", "by"],
  rows,
);
verdicts([
  {
    what: `no write holds the lock for more than ${LONGEST_WRITE_MS} ms`,
    isMet: longest < LONGEST_WRITE_MS,
    measured: `${Math.round(longest)} ms`,
  },
]);
