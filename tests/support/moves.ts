import { z } from "zod";
import { moveItem, undoMoves } from "~/features/images/move-object.server";
import { plannedMove } from "~/features/images/object-move";
import { defineJob } from "~/features/job-runs/definition";
import type { ItemHandler } from "~/features/job-runs/handler";
import { openScan } from "./scan";

/** Everything below one prefix goes to another, with nothing planned but that. */
export const moves = defineJob({
  kind: "test-moves",
  title: "Move",
  payload: z.object({ from: z.string(), to: z.string() }),
  lane: "interactive",
  chunkSize: 10,
  itemConcurrency: 8,
  chunkConcurrency: 2,
  retry: { attempts: 2, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 10_000,
  canUndo: true,
});

export const handler: ItemHandler<z.infer<typeof moves.payload>> = {
  async *plan({ storage }, { payload: { from, to } }) {
    for await (const { objects } of storage.list({ prefix: from })) {
      yield objects.map((object) => plannedMove(object, to + object.key.slice(from.length)));
    }
    return {};
  },
  apply: moveItem,
  undo: undoMoves,
};

export async function openMoves() {
  const scan = await openScan();
  return {
    ...scan,
    moves,
    handler,
    async listing() {
      const found: Record<string, string> = {};
      for await (const { objects } of scan.storage.list()) {
        for (const { key } of objects) found[key] = (await scan.storage.get(key)).body.toString();
      }
      return found;
    },
  };
}
