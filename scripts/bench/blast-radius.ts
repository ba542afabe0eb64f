// How long the server takes to say what a change of references does: how many generations used them, and the first page of those.
// Prints a table and a verdict. Usage: npm run bench -- blast-radius [GENERATIONS]     (10,000 with 3 references each unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countAffected } from "~/features/attribute-groups/actions/planning/count-affected.server";
import { generationFilter } from "~/features/generations/history/generation-filter";
import { countGenerations, listGenerations } from "~/features/generations/history/list-generations.sql.server";
import { countUses } from "~/features/generations/uses/uses.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { migrate } from "../dev/console/migrate";
import { benchPorts } from "./images/bench-ports";
import { percentile } from "./images/percentile";
import { table, verdicts } from "./images/report";

const generations = Number(process.argv[2] ?? 10_000);
const GROUPS = 24;
const REFERENCES = 3;
/** Their times, evenly: a third of them is recent. */
const DAYS = 90;
const ROUNDS = 60;
const MOST_MS = 100;
const below = "references/01. Model/";

const folder = mkdtempSync(join(tmpdir(), "bench-blast-radius-"));
migrate(join(folder, "ops.db"));
const ports = await benchPorts(folder);
const { db } = ports;
const now = ports.clock.now();
const referenceOf = (group: number) => ({ key: `${below}group-${group % GROUPS}/reference.png`, etag: "e" });

async function fill() {
  const image = { etag: "e", bytes: 1_000_000, modifiedAt: now, createdAt: now };
  const references = Array.from({ length: GROUPS }, (_, n) => ({ ...image, id: n + 1, key: referenceOf(n).key }));
  await db.image.createMany({ data: references.map((row) => ({ ...row, kind: "reference" })) });
  for (let start = 0; start < generations; start += 500) {
    const numbers = Array.from({ length: Math.min(500, generations - start) }, (_, n) => start + n);
    const at = (n: number) => new Date(now.getTime() - (n / generations) * DAYS * 24 * 60 * 60 * 1_000);
    const made = numbers.map((n) => ({ ...image, id: GROUPS + 1 + n, key: `generated/u-${n % 50}/${n}.png` }));
    await db.image.createMany({ data: made.map((row) => ({ ...row, kind: "generated" })) });
    await db.generation.createMany({
      data: numbers.map((n) => ({
        ...{ id: `g-${n}`, imageId: GROUPS + 1 + n, prompt: `A ${n % 2 ? "warm" : "cool"} portrait ${n}`.repeat(10) },
        ...{
          mode: n % 3 ? "tone" : "tone+angle",
          model: `m-${n % 4}`,
          record: "{}",
          hash: String(n),
          createdAt: at(n),
        },
      })),
    });
    await db.generationReference.createMany({
      data: numbers.flatMap((n) =>
        Array.from({ length: REFERENCES }, (_, place) => ({
          ...{ generationId: `g-${n}`, position: place + 1, imageId: ((n + place) % GROUPS) + 1 },
          ...{ ...referenceOf(n + place), createdAt: at(n) },
        })),
      ),
    });
  }
}

async function time(what: string, work: (round: number) => Promise<unknown>) {
  const times: number[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    const startedAt = performance.now();
    await work(round + 3);
    if (round >= 0) times.push(performance.now() - startedAt);
  }
  return { what, p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

try {
  await fill();
  const { roots } = await loadLabelSchema();
  const changed = (group: number) => ({ group: `group-${group % GROUPS}`, ...referenceOf(group) });
  const ask = (address: string) => ({ filter: generationFilter.parse(new URLSearchParams(address), now), roots });
  const ofGroup = (group: number) => ask(`root=Model&group=group-${group % GROUPS}`);
  const rows = [
    await time("plan of set-reference or rename: one reference", (n) => countAffected(ports, [changed(n)])),
    await time("plan of merge: two references", (n) => countAffected(ports, [changed(n), changed(n + 1)])),
    await time("page of a group: what its references did", (n) =>
      countUses({ db, now }, { prefix: `${below}group-${n % GROUPS}/` }),
    ),
    await time("list behind it: first page", (n) => listGenerations(db, ofGroup(n), { after: null })),
    await time("list behind it: count and choices", (n) => countGenerations(db, ofGroup(n))),
    await time("list of all: first page", () => listGenerations(db, ask(""), { after: null })),
    await time("list of all: count and choices", () => countGenerations(db, ask(""))),
    await time("list of all: a word that none has", () => listGenerations(db, ask("text=nothing"), { after: null })),
  ];
  const title = `${generations} generations, ${generations * REFERENCES} references`;
  table(
    [title, "p50 ms", "p95 ms"],
    rows.map(({ what, p50, p95 }) => [what, p50, p95]),
  );
  const slowest = Math.max(...rows.slice(0, 3).map(({ p95 }) => p95));
  verdicts([{ what: `p95 of a blast radius < ${MOST_MS} ms`, isMet: slowest < MOST_MS, measured: `${slowest} ms` }]);
} finally {
  await db.$disconnect();
  rmSync(folder, { recursive: true, force: true });
}
