import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const files = ["app", "jobs", "scripts", "tests"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
  .filter((file) => /\.test\.tsx?$/.test(file) || /^tests\/.*\.ts$/.test(file))
  // What takes 20 minutes knows it.
  .filter((file) => !file.endsWith(".chaos.test.ts") && !["tests/limits.ts", "tests/limits.test.ts"].includes(file));

/** A file of tests but for how long its connections wait for SQLite's lock: that ends no test. */
const readTest = (file: string) => readFileSync(file, "utf8").replace(/^.*\bnew Database\(.*$/gm, "");

test.each([
  ["ends by a time limit of its own: tests/limits.ts has them", /\btimeout: ?[\d_]+ ?[,}]|^\s*\}, [\d_]{4,}\);/m],
  [
    "is judged by the clock: wait for a state, compare growth (support/growth.ts), or measure in scripts/bench",
    /(?:Date|performance)\.now\(\) - \w+\)\s*\.toBeLess/,
  ],
])("no test %s", (_, pattern) => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => pattern.test(readTest(file)))).toEqual([]);
});
