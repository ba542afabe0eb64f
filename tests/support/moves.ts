import { z } from "zod";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import { plannedMove } from "~/features/images/move/object-move";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemContext, ItemHandler, OpenItem } from "~/features/job-runs/kinds/handler";
import { parseJson } from "~/features/json-column";
import { openScan } from "./scan";
import { keepAbilities } from "./stores";

const actor = { id: "script:test", name: "test" };
const never = new AbortController().signal;

/** Moves that a test names, planned as the objects are when it does. */
export const testMoves = defineJob({
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

export const testMovesHandler: ItemHandler<z.infer<typeof testMoves.payload>> = {
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

/** A database and a bucket, runs that move objects, and what lies in the bucket. */
export async function openMoves(storeName?: string) {
  const scan = await openScan(undefined, storeName);
  const { ports, db, storage } = scan;
  await keepAbilities(ports, scan);
  return {
    ...scan,
    /** A run that was planned and waits, with its items, to be done one by one. */
    async plan(moves: { from: string; to: string }[]) {
      const { runId } = await startRun(ports, testMoves, { payload: { moves }, actor });
      await workOnRun(ports, { definition: testMoves, handler: testMovesHandler }, runId, never);
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
    /** What lies in the bucket, thumbnails apart, as text. */
    async contents() {
      const found: Record<string, string> = {};
      for await (const { objects } of storage.list()) {
        for (const { key } of objects) {
          if (!key.startsWith("thumbnails/")) found[key] = (await storage.get(key)).body.toString();
        }
      }
      return found;
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
