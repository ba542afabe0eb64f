import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { StorageError } from "~/ports/storage.server";
import { deathsIn, portsThatDie } from "../../../../tests/support/ports-that-die";
import { keepMoment } from "../../../../tests/support/world/earlier-moment";
import { openMoves } from "../../../../tests/support/world/move-world";
import { moveItem } from "./move-object.server";

/** The bucket goes on to each step of a move, and the database then is as it was before the first. */
const everyStep = deathsIn(22).filter(({ when }) => when === "after");
const actor = { id: "operator:1", name: "Mina" };

/** An image for each death, labeled and with a thumbnail, and the run that is to move them. */
async function openPlanned(deaths = everyStep) {
  const world = await openMoves();
  const { db, storage, ports } = world;
  const moves = deaths.map(({ nth }) => ({ from: `references/a/${nth}.png`, to: `references/b/${nth}.png` }));
  const ids: number[] = [];
  for (const { from } of moves) {
    const id = await world.addImage(from, `content of ${from}`);
    const { etag } = await db.image.update({
      where: { id },
      data: { thumbnailEtag: (await storage.head(from))?.etag },
    });
    await storage.put(thumbnailKey(from), Buffer.from(`small ${from}`), {
      contentType: "image/webp",
      metadata: { "source-etag": etag },
    });
    ids.push(id);
  }
  const planned = await world.plan(moves);
  await db.jobRun.update({ where: { id: planned.runId }, data: { status: "running" } });
  return {
    ...world,
    ...planned,
    moves,
    async dieAtEveryStep() {
      for (const [at, item] of planned.items.entries()) {
        const death = deaths[at] ?? { nth: 0, when: "after" };
        await moveItem(portsThatDie(ports, death), item, planned.context).catch(() => {});
      }
    },
    /** Holds that every image lies at its key of these alone, with the row, label and thumbnail that it had. */
    async expectAt(where: "from" | "to") {
      const contents = moves.map((move) => [move[where], `content of ${move.from}`]);
      expect(await world.contents()).toEqual(Object.fromEntries(contents));
      for (const [at, move] of moves.entries()) {
        const row = await db.image.findUniqueOrThrow({ where: { key: move[where] }, include: { labels: true } });
        expect(row).toMatchObject({ id: ids[at], goneAt: null, thumbnailEtag: row.etag });
        expect(row.labels).toMatchObject([{ attribute: "tone", value: "warm", etag: row.etag }]);
        expect((await storage.get(thumbnailKey(move[where]))).body.toString()).toBe(`small ${move.from}`);
      }
      expect(await db.objectMove.count({ where: { finishedAt: null } })).toBe(0);
    },
  };
}

test.each(["at once", "after an index run"])(
  "moves whose journals are lost know their copies: done again %s",
  async (when) => {
    const { db, ports, items, context, carryOut, dieAtEveryStep, expectAt } = await openPlanned();
    const moment = keepMoment(db, db.file);
    await dieAtEveryStep();
    await moment.putBack();
    if (when !== "at once") await carryOut(indexImages, { prefix: "" });
    for (const item of items) expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "succeeded" });
    await expectAt("to");
  },
);

test("moves whose journals are lost, in a run that is cancelled then: after an index run its undo puts everything back", async () => {
  const { db, ports, runId, carryOut, planUndo, apply, dieAtEveryStep, expectAt } = await openPlanned();
  const moment = keepMoment(db, db.file);
  await dieAtEveryStep();
  await moment.putBack();
  await cancelRun(ports, { runId, actor });
  await carryOut(indexImages, { prefix: "" });
  const undo = await planUndo(runId);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await apply(undo)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  await expectAt("from");
});

test.each(["is planned again", "goes on"])(
  "an undo that is lost in part or whole %s: everything is back",
  async (how) => {
    const { db, ports, runId, items, context, planUndo, apply, undo, expectAt } = await openPlanned(
      everyStep.slice(0, 4),
    );
    for (const item of items) {
      const { outcome, ...rest } = await moveItem(ports, item, context);
      const after = "after" in rest ? JSON.stringify(rest.after) : null;
      await db.jobItem.update({ where: { runId_seq: { runId, seq: item.seq } }, data: { outcome, after } });
    }
    await db.jobRun.update({ where: { id: runId }, data: { status: "succeeded" } });
    await expectAt("to");
    if (how === "is planned again") {
      const moment = keepMoment(db, db.file);
      await undo(runId);
      await moment.putBack();
    } else {
      const planned = await planUndo(runId);
      const moment = keepMoment(db, db.file);
      await apply(planned);
      await moment.putBack();
      expect(await apply(planned)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
      return expectAt("from");
    }
    const again = await planUndo(runId);
    expect(again.summary?.conflicts).toBeUndefined();
    expect(await apply(again)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
    await expectAt("from");
  },
);

test("one that made room for the next, both lost: each row follows its own object, there and back", async () => {
  const world = await openMoves();
  const { db, ports } = world;
  const reference = await world.addImage("references/g/reference.png", "the reference");
  const chosen = await world.addImage("references/g/chosen.png", "chosen");
  const { items, context } = await world.plan([
    { from: "references/g/reference.png", to: "references/g/former.png" },
    { from: "references/g/chosen.png", to: "references/g/reference.png" },
  ]);
  const moment = keepMoment(db, db.file);
  for (const item of items) await moveItem(ports, item, context);
  await moment.putBack();
  for (const item of items) expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "succeeded" });
  expect(await db.image.findMany({ where: { goneAt: null }, orderBy: { id: "asc" } })).toMatchObject([
    { id: reference, key: "references/g/former.png" },
    { id: chosen, key: "references/g/reference.png" },
  ]);
});

test("a copy by a move that the database knows is that move's alone", async () => {
  const { ports, plan, put, contents } = await openMoves();
  await put({ "a.png": "one" });
  const first = await plan([{ from: "a.png", to: "b.png" }]);
  const second = await plan([{ from: "a.png", to: "b.png" }]);
  const [a, b] = [first.items[0], second.items[0]];
  if (!a || !b) throw new Error("Nothing was planned");
  expect(await moveItem(ports, a, first.context)).toMatchObject({ outcome: "succeeded" });
  expect(await moveItem(ports, b, second.context)).toMatchObject({
    outcome: "skipped",
    reason: "“a.png” is gone since the plan was made.",
  });
  expect(await contents()).toEqual({ "b.png": "one" });
});

/** What lies at the target in place of our own copy, which has this mark. */
const strangers: [string, string, (mark: Record<string, string>) => Record<string, string>][] = [
  ["the same bytes without our mark", "content", () => ({})],
  ["other bytes with our mark", "foreign", (mark) => mark],
  [
    "the same bytes with the mark of another move",
    "content",
    (mark) => mapValues(mark, (value) => `${value.slice(0, -1)}_`),
  ],
];

const mapValues = (record: Record<string, string>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

test.each(strangers)("%s at the target are someone else's: both stay", async (_, text, markOf) => {
  const { db, ports, storage, put, plan, contents } = await openMoves();
  await put({ "a.png": "content" });
  const { items, context } = await plan([{ from: "a.png", to: "b.png" }]);
  const [item] = items;
  if (!item) throw new Error("Nothing was planned");
  const moment = keepMoment(db, db.file);
  await moveItem(ports, item, context);
  await moment.putBack();
  const { metadata } = (await storage.get("b.png")).head;
  await storage.put("b.png", Buffer.from(text), { contentType: "image/png", metadata: markOf(metadata) });
  expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "skipped" });
  await put({ "a.png": "content" });
  expect(await moveItem(ports, item, context)).toMatchObject({ outcome: "skipped" });
  expect(await contents()).toEqual({ "a.png": "content", "b.png": text });
});

test("metadata that leaves no room for a mark stays as it is", async () => {
  const { ports, storage, plan } = await openMoves();
  const full = { note: "n".repeat(2_000) };
  await storage.put("a.png", Buffer.from("one"), { contentType: "image/png", metadata: full });
  const { items, context } = await plan([{ from: "a.png", to: "b.png" }]);
  expect(items[0] && (await moveItem(ports, items[0], context))).toMatchObject({ outcome: "succeeded" });
  expect((await storage.head("b.png"))?.metadata).toEqual(full);
});

test("a store that takes less metadata than others gets the object without a mark", async () => {
  const { ports, storage, plan } = await openMoves();
  const own = { note: "one" };
  await storage.put("a.png", Buffer.from("one"), { contentType: "image/png", metadata: own });
  const { items, context } = await plan([{ from: "a.png", to: "b.png" }]);
  const narrow: typeof storage = Object.create(storage, {
    put: {
      value(...[key, body, options]: Parameters<typeof storage.put>) {
        if (Object.keys(options.metadata ?? {}).length > 1)
          throw new StorageError("invalid", "Too much metadata.", false);
        return storage.put(key, body, options);
      },
    },
  });
  const moved = items[0] && (await moveItem({ ...ports, storage: narrow }, items[0], context));
  expect(moved).toMatchObject({ outcome: "succeeded" });
  expect((await storage.head("b.png"))?.metadata).toEqual(own);
});
