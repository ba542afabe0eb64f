import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { growingWrites } from "../scripts/bench/locks/large-writes.sql.server";
import { timeWrites } from "../scripts/bench/time-writes.sql.server";
import { openTestPorts } from "./support/world/nowhere";

/** What a first piece may be of (1,000 things, each a row that brings another), and something for the run and its events. */
const MOST_ROWS = 2_100;
const size = { groups: 2_500, rows: 2_500 };

test.each(Object.entries(growingWrites(size)))(
  "%s: on the slowest machine, no write changes many rows",
  async (_, prepare) => {
    const untimed = await openTestPorts();
    const act = await prepare(untimed);
    const { ports, holds } = timeWrites(untimed);
    let now = performance.now();
    // Every look at the clock is a second later, so that each piece is known to have been far too large.
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      now += 1_000;
      return now;
    });
    try {
      await act({ ...untimed, ...ports });
    } finally {
      clock.mockRestore();
    }
    expect(holds.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThanOrEqual(2_500);
    expect(holds.filter(({ rows }) => rows > MOST_ROWS)).toEqual([]);
  },
);

const project = path.resolve(import.meta.dirname, "..");
const table = readFileSync(path.join(project, "docs/decisions/043-no-write-holds-the-lock-for-long.md"), "utf8");

test("every file that writes in a transaction of its own says in decision 043 what bounds it", () => {
  const features = path.join(project, "app/features");
  const writing = readdirSync(features, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .filter((file) => /\$write\(|(?:write|writeList)InPieces\(/.test(readFileSync(path.join(features, file), "utf8")))
    .map((file) => file.replaceAll(path.sep, "/"));
  expect(writing.length).toBeGreaterThan(40);
  const listed = Array.from(table.matchAll(/`([^`]+(?:\.server\.ts|\/))`/g), ([, place]) => place ?? "");
  const unlisted = writing.filter(
    (file) => !listed.some((place) => (place.endsWith("/") ? file.startsWith(place) : file === place)),
  );
  expect(unlisted, "Say in decision 043 what their largest input is, and what bounds the write").toEqual([]);
  expect(listed.filter((place) => !writing.some((file) => file.startsWith(place)))).toEqual([]);
});
