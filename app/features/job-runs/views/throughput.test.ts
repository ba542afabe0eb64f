import { expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import { readThroughput } from "./throughput.sql.server";

const begin = Date.UTC(2026, 10, 20, 12, 0, 0, 123);
const at = (seconds: number) => new Date(begin + seconds * 1000);

/** A run with one chunk for each given end (seconds after its beginning), of 10 items of which one failed. */
async function openRun(ends: (number | null)[]) {
  const db = await openTestDb();
  const { id } = await db.jobRun.create({
    data: {
      kind: "test",
      title: "Test",
      lane: 1,
      status: "running",
      payload: "{}",
      actor: "operator:1",
      actorName: "Mina Sato",
      createdAt: at(0),
      startedAt: at(0),
      planned: ends.length * 10,
    },
  });
  await db.jobChunk.createMany({
    data: ends.map((end, seq) => ({
      runId: id,
      seq,
      firstSeq: seq * 10,
      lastSeq: seq * 10 + 9,
      status: end === null ? "open" : "finished",
      succeeded: 9,
      failed: 1,
      finishedAt: end === null ? null : at(end),
    })),
  });
  return { db, id };
}

test("sums what ended within each second, in seconds without work too", async () => {
  const { db, id } = await openRun([0.2, 0.9, 2.5, null]);
  const steps = await readThroughput({ db, clock: { now: () => at(3.1) } }, { id, startedAt: at(0), finishedAt: null });
  expect(steps.map(({ at, width, succeeded, failed }) => [at.getTime() - begin, width, succeeded, failed])).toEqual([
    [0, 1000, 18, 2],
    [1000, 1000, 0, 0],
    [2000, 1000, 9, 1],
    [3000, 1000, 0, 0],
  ]);
});

test("a long run has at most 61 steps, the last one holding its end", async () => {
  const { db, id } = await openRun([1, 3_599, 3_600]);
  const run = { id, startedAt: at(0), finishedAt: at(3_600) };
  const steps = await readThroughput({ db, clock: { now: () => at(9_999) } }, run);
  expect(steps).toHaveLength(61);
  expect(steps.map(({ width }) => width).every((width) => width === 60_000)).toBe(true);
  expect([steps[0]?.succeeded, steps[59]?.succeeded, steps[60]?.succeeded]).toEqual([9, 9, 9]);
});

test("a run that has not begun has none", async () => {
  const { db, id } = await openRun([null]);
  const clock = { now: () => at(9) };
  expect(await readThroughput({ db, clock }, { id, startedAt: null, finishedAt: null })).toEqual([]);
});
