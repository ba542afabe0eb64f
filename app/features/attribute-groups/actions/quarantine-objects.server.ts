import type { z } from "zod";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { findArchived } from "./archived-objects.server";
import type { quarantineObjects } from "./group-actions";
import { countFacts } from "./plan-facts";
import { moving, planMoves, trashKey } from "./plan-moves.server";
import { readPicked } from "./read-picked.server";

/** What was picked goes below trash/, under its whole key; it is never deleted. */
export const quarantineObjectsHandler: ItemHandler<z.infer<typeof quarantineObjects.payload>> = {
  async *plan(ports, { runId, payload, signal }) {
    const { storage } = ports;
    const root = findRoot(await loadLabelSchema(), payload.root);
    const picked = await readPicked(storage, root, { keys: payload.keys, signal });
    const moves = picked.map((object) => ({ object, to: trashKey(runId, object.key) }));
    const facts = [...countFacts(picked), { label: "Goes to", value: trashKey(runId, "") }];
    const archived = await findArchived(storage, picked, signal);
    return yield* planMoves(ports, { moves, present: [], facts, archived, signal });
  },
  ...moving,
};
