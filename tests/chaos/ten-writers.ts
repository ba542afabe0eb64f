import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { moveItem } from "~/features/images/move/move-object.server";
import { openMoves } from "../support/world/move-world";

const FOREIGN = 9;
const JITTER_MS = 30;

export type Ends = { moved: number; foundBefore: number; foundAfter: number };

/**
 * Round after round one move and nine foreign writers go for the same key: in one of five rounds at once, in others as its put
 * begins, as it is answered, or when it is over. Holds after each that
 * every foreign object can still be read (as current or as an older version), that the move says "succeeded" only of its own
 * object, and that the image is at its source or at its target.
 * @param store one that keeps versions
 * @returns how the moves ended, and whether they found the others before their put or by the look after it
 */
export async function raceForOneKey(store: string, rounds: number): Promise<Ends> {
  const { ports, storage, plan, put, db } = await openMoves(store);
  const ends: Ends = { moved: 0, foundBefore: 0, foundAfter: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const [from, to] = [`references/from/${round}.png`, `references/to/${round}.png`];
    const ours = `ours ${round}`;
    await put({ [from]: ours });
    const { items, context } = await plan([{ from, to }]);
    const [item] = items;
    if (!item) throw new Error("Nothing was planned");
    const texts = Array.from({ length: FOREIGN }, (_, n) => `theirs ${round}.${n}`);
    const [begins, beginPut] = signal();
    const [isAnswered, answerPut] = signal();
    const own: typeof storage.put = async (...call) => {
      beginPut();
      return storage.put(...call).finally(answerPut);
    };
    const over = moveItem({ ...ports, storage: { ...storage, put: own } }, item, context).finally(answerPut);
    const moments = [[Promise.resolve()], [begins], [begins, isAnswered], [isAnswered], [over]][round % 5] ?? [];
    const [result] = await Promise.all([
      over,
      ...texts.map(async (text, n) => {
        await Promise.race([moments[n % moments.length], over]);
        await sleep(Math.random() * JITTER_MS);
        // Every third asks that nothing be there, as careful tools do.
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
      const isAfter = result.outcome === "skipped" && result.reason.startsWith("Somebody wrote");
      ends[isAfter ? "foundAfter" : "foundBefore"] += 1;
      expect(source).toBe(ours);
      // Someone's object is current, not hidden by ours.
      expect(found[0]).not.toBe(ours);
    }
  }
  return ends;
}

/** Something to wait for, and what ends the wait. */
function signal(): [Promise<void>, () => void] {
  let end = () => {};
  const wait = new Promise<void>((resolve) => {
    end = resolve;
  });
  return [wait, end];
}
