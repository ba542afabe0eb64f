import { expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import { type ItemFilter, readItems } from "./read-items.server";

const ITEMS = 950;
const CHUNK = 100;

type Outcome = "succeeded" | "failed" | "skipped" | null;

/** By the item's place: chunks of one outcome alone, of all of them, and without some. */
function outcomeOf(seq: number): Outcome {
  if (seq < 300) return "succeeded";
  if (seq < 500) return seq % 2 === 0 ? "failed" : "succeeded";
  if (seq < 700) return seq % 3 === 0 ? "skipped" : "failed";
  return seq % 5 === 0 ? "succeeded" : null;
}

const classOf = (seq: number) => (outcomeOf(seq) === "failed" ? (seq % 4 === 0 ? "s3-denied" : "timeout") : null);

async function openRun() {
  const db = await openTestDb();
  const { id: runId } = await db.jobRun.create({
    data: {
      kind: "index-images",
      title: "Index images",
      lane: 1,
      status: "running",
      payload: "{}",
      planned: ITEMS,
      actor: "script:test",
      actorName: "Test",
      createdAt: new Date(0),
    },
  });
  const all = Array.from({ length: ITEMS }, (_, seq) => seq);
  await db.jobItem.createMany({
    data: all.map((seq) => ({
      runId,
      seq,
      subject: String(seq),
      outcome: outcomeOf(seq),
      errorClass: classOf(seq),
    })),
  });
  for (let firstSeq = 0; firstSeq < ITEMS; firstSeq += CHUNK) {
    const lastSeq = Math.min(firstSeq + CHUNK, ITEMS) - 1;
    const count = (outcome: Outcome) =>
      all.slice(firstSeq, lastSeq + 1).filter((seq) => outcomeOf(seq) === outcome).length;
    await db.jobChunk.create({
      data: {
        runId,
        seq: firstSeq / CHUNK,
        firstSeq,
        lastSeq,
        succeeded: count("succeeded"),
        failed: count("failed"),
        skipped: count("skipped"),
      },
    });
  }
  return { db, runId, all };
}

test("the pages of a filter hold each of its items once, in plan order, however deep", async () => {
  const { db, runId, all } = await openRun();
  const filters: [Omit<ItemFilter, "runId">, (seq: number) => boolean][] = [
    [{}, () => true],
    [{ outcome: "succeeded" }, (seq) => outcomeOf(seq) === "succeeded"],
    [{ outcome: "failed" }, (seq) => outcomeOf(seq) === "failed"],
    [{ outcome: "skipped" }, (seq) => outcomeOf(seq) === "skipped"],
    [{ outcome: "open" }, (seq) => outcomeOf(seq) === null],
    [{ outcome: "failed", errorClass: "timeout" }, (seq) => classOf(seq) === "timeout"],
  ];
  for (const [filter, isKept] of filters) {
    const expected = all.filter(isKept);
    const found: number[][] = [];
    for (let page = 1; page <= Math.ceil(expected.length / 100) + 1; page += 1) {
      const { items, total } = await readItems({ db }, { runId, page, ...filter });
      expect(total).toBe(expected.length);
      found.push(items.map(({ seq }) => seq));
    }
    expect(found.pop()).toEqual([]);
    expect(found.map((page) => page.length).slice(0, -1)).toEqual(found.slice(0, -1).map(() => 100));
    expect(found.flat()).toEqual(expected);
  }
});
