import { expect, test } from "vitest";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { Died, deathsIn, portsThatDie } from "../../../../tests/support/ports-that-die";
import { openMoves } from "../../../../tests/support/world/move-world";
import { moveItem } from "./move-object.server";

/** More than the calls of one move, which the test sees by moves that no one died in. */
const STEPS = 22;

const actor = { id: "operator:1", name: "Mina" };

type World = Awaited<ReturnType<typeof openMoves>>;

/** What the rest of the world does between a death and the next attempt. */
const events: Record<string, (world: World, from: string, to: string) => Promise<unknown>> = {
  nothing: async () => {},
  "the source is replaced": ({ put }, from) => put({ [from]: "replaced" }),
  "the source is deleted": ({ storage }, from) => storage.delete(from),
  "the target is replaced": ({ put }, _, to) => put({ [to]: "foreign" }),
  "the target is deleted": ({ storage }, _, to) => storage.delete(to),
};

const deaths = deathsIn(STEPS);

test.each(Object.keys(events))("dies at every step, then %s: done again, no content is lost", async (event) => {
  const world = await openMoves();
  const { db, ports, storage } = world;
  const name = ({ nth, when }: (typeof deaths)[number]) => `${nth}-${when}.png`;
  const moves = deaths.map((death) => ({ from: `references/a/${name(death)}`, to: `references/b/${name(death)}` }));
  const ids = new Map<string, number>();
  for (const { from } of moves) {
    const { etag } = await storage.put(thumbnailKey(from), Buffer.from(`small ${from}`), {
      contentType: "image/webp",
    });
    ids.set(from, await world.addImage(from, `content of ${from}`, {}));
    await db.image.update({
      where: { key: from },
      data: { thumbnailEtag: (await storage.head(from))?.etag ?? etag },
    });
  }
  const { runId, items, context } = await world.plan(moves);
  let survived = 0;

  for (const [at, item] of items.entries()) {
    const { from, to } = moves[at] ?? { from: "", to: "" };
    const { nth, when } = deaths[at] ?? { nth: 0, when: "before" };
    const dying = portsThatDie(ports, { nth, when });
    const first = await moveItem(dying, item, context).catch((error: unknown) => error);
    if (!dying.isDead()) {
      survived += 1;
      expect(first).toMatchObject({ outcome: "succeeded" });
    } else expect(first).toBeInstanceOf(Died);
    const whileDead = await contentsAt(world, from, to);
    expect(whileDead).toContain(`content of ${from}`);

    await events[event]?.(world, from, to);
    const before = await contentsAt(world, from, to);
    const result = await moveItem(ports, item, context);
    const after = await contentsAt(world, from, to);
    // Whatever happened: nothing that was there is lost, be it ours or someone else's.
    expect({ nth, when, contents: new Set(after) }).toEqual({ nth, when, contents: new Set(before) });

    const row = await db.image.findUniqueOrThrow({ where: { id: ids.get(from) ?? 0 }, include: { labels: true } });
    expect(row.labels).toHaveLength(1);
    if (event !== "nothing") continue;
    expect(result).toMatchObject({ outcome: "succeeded", after: { key: to } });
    expect(after).toEqual([`content of ${from}`]);
    expect(row).toMatchObject({ key: to, goneAt: null, thumbnailEtag: row.etag });
    expect((await storage.get(thumbnailKey(to))).body.toString()).toBe(`small ${from}`);
    expect(await storage.head(thumbnailKey(from))).toBeNull();
    expect(await db.objectMove.findUnique({ where: { runId_seq: { runId, seq: item.seq } } })).toMatchObject({
      from,
      to,
      finishedAt: expect.any(Date),
    });
  }
  expect(survived).toBeGreaterThan(0);
});

test("dies at every step, the run is cancelled and undone: every image is back at its own key only", async () => {
  const world = await openMoves();
  const { db, ports } = world;
  const moves = deaths.map(({ nth, when }) => {
    const name = `${nth}-${when}.png`;
    return { from: `references/a/${name}`, to: `references/b/${name}` };
  });
  for (const { from } of moves) await world.addImage(from, `content of ${from}`);
  const look = async () => [
    await world.contents(),
    await db.image.findMany({ orderBy: { id: "asc" }, select: { id: true, key: true, etag: true, goneAt: true } }),
  ];
  const before = await look();
  const { runId, items, context } = await world.plan(moves);
  await db.jobRun.update({ where: { id: runId }, data: { status: "running" } });
  for (const [at, item] of items.entries()) {
    const { nth, when } = deaths[at] ?? { nth: 0, when: "before" };
    await moveItem(portsThatDie(ports, { nth, when }), item, context).catch(() => {});
  }
  await cancelRun(ports, { runId, actor });

  const undo = await world.planUndo(runId);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await world.apply(undo)).toMatchObject({ status: "succeeded", failed: 0, skipped: 0 });
  expect(await look()).toEqual(before);
});

async function contentsAt({ storage }: World, ...keys: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const key of keys) {
    if (await storage.head(key)) found.push((await storage.get(key)).body.toString());
  }
  return found.sort();
}
