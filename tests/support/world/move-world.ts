import { z } from "zod";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import { plannedMove } from "~/features/images/move/object-move";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemContext, ItemHandler, OpenItem } from "~/features/job-runs/kinds/handler";
import { parseJson } from "~/features/json-column";
import { keepAbilities } from "../store/stores";
import { openWorld } from "./world";

const never = new AbortController().signal;

/** Moves that a test names, planned as the objects are when it does. */
const definition = defineJob({
  kind: "test-moves",
  title: "Move",
  payload: z.object({ moves: z.array(z.object({ from: z.string(), to: z.string() })) }),
  lane: "interactive",
  chunkSize: 10,
  itemConcurrency: 8,
  chunkConcurrency: 2,
  retry: { attempts: 3, baseMs: 1, maxMs: 1 },
  itemTimeoutMs: 60_000,
  guard: null,
});

const handler: ItemHandler<z.infer<typeof definition.payload>> = {
  async *plan(ports, { payload: { moves }, signal }) {
    const { storage } = ports;
    for (const { from, to } of moves) {
      const object = await storage.head(from);
      if (object) yield [plannedMove(object, to)];
    }
    return foreseeMoves(
      ports,
      moves.filter(({ from, to }) => from !== to),
      signal,
    );
  },
  apply: moveItem,
  undo: undoMoves,
};

export const testMoves = { definition, handler };

/** A world whose runs move objects. */
export async function openMoves(storeName?: string) {
  const world = await openWorld(undefined, storeName);
  const { ports, db, storage } = world;
  await keepAbilities(ports, world);
  return {
    ...world,
    /** A run that was planned and waits, with its items, to be done one by one. */
    async plan(moves: { from: string; to: string }[]) {
      const { id: runId } = await world.plan(testMoves, { moves });
      const rows = await db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
      const items = rows.map((row): OpenItem => {
        return { ...row, before: parseJson(row.before), target: parseJson(row.target) };
      });
      const context: ItemContext<unknown> = {
        runId,
        payload: { moves },
        signal: never,
        hasConsent: true,
        hold: async (tx) => void (await tx.jobRun.update({ where: { id: runId }, data: { worker: "test" } })),
        waiting: () => {},
      };
      return { runId, items, context };
    },
    /** An image that the index knows, with an accepted label; returns its row's id. */
    async addImage(key: string, text: string, row: { thumbnailEtag?: string } = {}) {
      const { etag } = await storage.put(key, Buffer.from(text), { contentType: "image/png" });
      const at = new Date(1_700_000_000_000);
      const image = { key, etag, bytes: text.length, kind: "reference", modifiedAt: at, createdAt: at, ...row };
      const label = { attribute: "tone", value: "warm", etag, source: "person", acceptedBy: "test", acceptedAt: at };
      const { id } = await db.image.create({ data: { ...image, labels: { create: label } } });
      return id;
    },
  };
}
