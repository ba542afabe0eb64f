import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { createWaitNote } from "./wait-note.server";

// A look is due each second: these tests take the seconds, not the clock.
beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
afterEach(() => vi.useRealTimers());

/** A chunk that a worker holds, and all that was ever noted on it. */
async function openChunk() {
  const ports = await openTestPorts();
  const { id: runId } = await ports.db.jobRun.create({
    data: {
      kind: "numbers",
      title: "Numbers",
      lane: 1,
      status: "running",
      payload: "{}",
      actor: "a",
      actorName: "A",
      createdAt: new Date(0),
    },
  });
  await ports.db.jobChunk.create({ data: { runId, seq: 0, firstSeq: 0, lastSeq: 9, token: 1 } });
  const waits = createWaitNote(ports, { runId, seq: 0, firstSeq: 0, lastSeq: 9, token: 1, deaths: 0 });
  await ports.db.$executeRaw`CREATE TABLE "Note" ("reason" TEXT)`;
  await ports.db.$executeRaw`
    CREATE TRIGGER "Note_keeps" AFTER UPDATE OF "waitingFor" ON "JobChunk"
    BEGIN INSERT INTO "Note" VALUES (NEW."waitingFor"); END`;
  const noted = async () => {
    const notes = await ports.db.$queryRaw<{ reason: string | null }[]>`SELECT "reason" FROM "Note" ORDER BY rowid`;
    return notes.map(({ reason }) => reason);
  };
  return { waits, noted, advance: ports.advance };
}

test("a chunk waits while all its items under way do", async () => {
  const { waits, noted, advance } = await openChunk();
  const [first, second] = [waits.begin(), waits.begin()];
  first.say("The quota is used up");
  vi.advanceTimersByTime(10_000);
  second.say("The model is overloaded");
  first.say(null);
  vi.advanceTimersByTime(10_000);
  advance(10_000);
  first.say("The key is being renewed");
  vi.advanceTimersByTime(1_000);
  await expect.poll(noted).toEqual(["The model is overloaded"]);
  first.end();
  second.end();
  await waits.close();
  expect(await noted()).toEqual(["The model is overloaded", null]);
});

test("an item that has ended is not heard, and no timer keeps the process alive", async () => {
  const { waits, noted } = await openChunk();
  const item = waits.begin();
  item.end();
  await waits.close();
  item.say("Too late");
  expect(vi.getTimerCount()).toBe(0);
  expect(await noted()).toEqual([]);
});
