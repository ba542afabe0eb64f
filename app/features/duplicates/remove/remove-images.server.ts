import { findDuplicates } from "~/features/duplicates/search/find-duplicates";
import { plural } from "~/features/format";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import { moveSkipped } from "~/features/images/move/object-move";
import { requireApart } from "~/features/job-runs/commands/require-apart.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemContext, ItemHandler, OpenItem } from "~/features/job-runs/kinds/handler";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { planRemoval } from "./plan-removal.server";
import { type Removal, removal, removedTo } from "./removal";

/**
 * Removes all images but one of groups of duplicates. Each is moved to the trash; its row, labels and records wait for an undo
 * (docs/decisions/058-removing-duplicates.md).
 */
export const removeImages = defineJob({
  kind: "remove-images",
  title: "Remove duplicates",
  payload: removal,
  describe: ({ kind, groups }) => {
    const what = kind === "same" ? "duplicates" : "near-duplicates";
    return groups ? `Remove the ${what} of ${plural(groups.length, "group")}` : `Remove all ${what}`;
  },
  // Of two at once, each might remove what the other one keeps.
  guard: (tx, runId) => requireApart(tx, { runId, kinds: ["remove-images"] }, () => "duplicates"),
  describeState: describeStates(removedTo, ({ key, kept, address, references, conflict }) => {
    if (conflict !== undefined) return { skipped: conflict };
    if (!kept) return { key };
    return [
      `to the trash, ${quoteKey(kept.key)} stays`,
      ...(address === undefined ? [] : [`its public address ${address} stops answering`]),
      ...(references === undefined ? [] : [`it is a reference of ${plural(references, "generation record")}`]),
    ].join("; ");
  }),
  subject: ({ payload: { kind } }) => ({
    label: kind === "same" ? "Same bytes" : "Look alike",
    to: `/storage/duplicates?kind=${kind}`,
  }),
  // Groups of which one image is left are none.
  followUp: () => ({ definition: findDuplicates, payload: {} }),
  lane: "bulk",
  chunkSize: 100,
  itemConcurrency: 8,
  chunkConcurrency: 2,
  retry: { attempts: 4, baseMs: 500, maxMs: 10_000 },
  itemTimeoutMs: 5 * 60 * 1_000,
});

export const removeImagesHandler: ItemHandler<Removal> = {
  plan: planRemoval,

  async apply(ports, item, context) {
    const { conflict, kept } = removedTo.parse(item.target);
    if (conflict !== undefined) return moveSkipped(conflict);
    try {
      if (kept && !(await hasLeft(ports, item, context))) {
        const { signal } = context;
        const head = await ports.storage.head(kept.key, { signal });
        if (!head || !(await isAsPlanned(ports.storage, head, kept.etag, signal))) {
          const what = head ? "has changed" : "is gone";
          return moveSkipped(`${quoteKey(kept.key)}, which was to be kept, ${what} since the plan was made.`);
        }
      }
    } catch (error) {
      return storageFailure(error);
    }
    return moveItem(ports, item, context);
  },

  undo: undoMoves,
};

/** From where its row says that it lies in the trash the move only ends. */
const hasLeft = async ({ db }: Ports, { seq }: OpenItem, { runId }: ItemContext<unknown>) =>
  (await db.objectMove.count({ where: { runId, seq, toEtag: { not: null } } })) > 0;
