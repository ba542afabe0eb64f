import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { moveItem } from "~/features/images/move-object.server";
import { openMoves } from "../support/moves";

const FOREIGN = 9;

/**
 * Round after round one move and nine foreign writers go for the same key, at moments that differ. Holds after each that
 * every foreign object can still be read (as current or as an older version), that the move says "succeeded" only of its own
 * object, and that the image is at its source or at its target.
 * @param store one that keeps versions
 * @returns how the moves ended
 */
export async function raceForOneKey(store: string, rounds: number): Promise<{ moved: number; gaveWay: number }> {
  const { ports, storage, plan, put, db } = await openMoves(store);
  const ends = { moved: 0, gaveWay: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const [from, to] = [`references/from/${round}.png`, `references/to/${round}.png`];
    const ours = `ours ${round}`;
    await put({ [from]: ours });
    const { items, context } = await plan([{ from, to }]);
    const [item] = items;
    if (!item) throw new Error("Nothing was planned");
    const texts = Array.from({ length: FOREIGN }, (_, n) => `theirs ${round}.${n}`);
    const [result] = await Promise.all([
      moveItem(ports, item, context),
      ...texts.map(async (text, n) => {
        // Every third asks that nothing be there, as careful tools do.
        await sleep(Math.random() * 60);
        const options = { contentType: "image/png", createOnly: n % 3 === 0 };
        await storage.put(to, Buffer.from(text), options).catch((error: unknown) => {
          if (!(options.createOnly && error instanceof Error && "code" in error)) throw error;
          texts.splice(texts.indexOf(text), 1);
        });
      }),
    ]);
    await db.$write(async (tx) => result.write?.(tx) ?? tx.jobRun.findFirst());

    const there = new Map<string, string>();
    for (const { versionId, isMarker } of await storage.versions(to)) {
      if (!isMarker) there.set(versionId, (await storage.get(to, { versionId })).body.toString());
    }
    const found = [...there.values()];
    expect(found.filter((text) => text !== ours).sort()).toEqual(texts.sort());
    const source = (await storage.head(from)) && (await storage.get(from)).body.toString();
    if (result.outcome === "succeeded") {
      ends.moved += 1;
      expect(source).toBeNull();
      expect(found).toContain(ours);
      expect(result.after).toMatchObject({ key: to });
    } else {
      ends.gaveWay += 1;
      expect(source).toBe(ours);
      // Somebody's object is current, not hidden by ours.
      expect(found[0]).not.toBe(ours);
    }
  }
  return ends;
}
