import { z } from "zod";
import { trashKey } from "~/features/images/move/trash-key";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { defineGroupAction, groupsOfKeys, keysInWords, pickedKeys, text } from "./group-action";
import { findArchived } from "./planning/archived-objects.server";
import { countObjects } from "./planning/plan-facts";
import { planMoves } from "./planning/plan-moves.server";
import { readPicked, requireBelow } from "./planning/read-picked.server";

/** What was picked goes below trash/, under its whole key; it is never deleted. */
export const quarantineObjects = defineGroupAction({
  kind: "quarantine-objects",
  title: "Quarantine objects",
  explains: "the objects go to trash/, out of every group",
  payload: z.strictObject({ root: text, keys: pickedKeys }),
  describe: ({ keys }) => `Quarantine ${keysInWords(keys)}`,
  groupsOf: ({ keys }, prefix) => groupsOfKeys(keys, prefix),

  async check({ root }, payload) {
    requireBelow(root, payload.keys);
    return payload;
  },

  async *plan(ports, { runId, payload, signal }) {
    const { storage } = ports;
    const root = findRoot(await loadLabelSchema(), payload.root);
    const picked = await readPicked(storage, root, { keys: payload.keys, signal });
    const moves = picked.map((object) => ({ object, to: trashKey(runId, object.key) }));
    const facts = [{ label: "Goes to", value: trashKey(runId, "") }];
    const archived = await findArchived(storage, picked, signal);
    return yield* planMoves(ports, { moves, present: [], counts: countObjects(picked), facts, archived, signal });
  },
});
