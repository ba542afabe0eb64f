import { z } from "zod";
import { count, oneOf } from "~/features/format";
import { ownerPrefixes } from "~/features/images/key-layout";
import { requireApart } from "~/features/job-runs/commands/require-apart.server";
import { defineJob } from "~/features/job-runs/kinds/definition";
import type { ItemRange, SetHandler } from "~/features/job-runs/kinds/handler";
import { setLimits } from "~/features/job-runs/kinds/set-limits";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { jsonColumn } from "~/features/json-column";
import { ownerState, ownerWords } from "~/features/owners/reassign/reassign-owner";
import { conflictWords } from "~/features/owners/reassign/reassign-owner.server";
import {
  changeOwners,
  countRecords,
  findOwnerConflicts,
  plannedOwners,
} from "~/features/owners/reassign/reassign-owner.sql.server";
import { requireOwner } from "~/features/owners/require-owner.sql.server";
import type { Tx } from "~/ports/db.server";
import { quote, quoteKey } from "~/quote";
import {
  countOwnKeys,
  findOwnerItem,
  giveBackRest,
  markMerged,
  plannedOwner,
  readImageIds,
  unmarkMerged,
} from "./merge-owners.sql.server";

/** Images of a plan that people see. */
const SAMPLES = 8;

const payload = z.strictObject({ ownerId: z.string().min(1), intoOwnerId: z.string().min(1) });
type Merge = z.infer<typeof payload>;

const mergedState = z.object({ mergedIntoId: z.string().nullable(), name: z.string().nullable() });

/**
 * Gives all images of an owner to another one, and then hides the owner. Its row stays, for keys still begin with its id
 * (docs/decisions/027-merged-owners.md).
 */
export const mergeOwners = defineJob({
  kind: "merge-owners",
  title: "Merge owners",
  payload,
  describe: ({ ownerId, intoOwnerId }) => `Merge owner ${quote(ownerId)} into ${quote(intoOwnerId)}`,
  guard: requireBothFree,
  describeState: describeStates(z.union([mergedState, ownerState]), (state) => {
    if (!("mergedIntoId" in state)) return ownerWords(state);
    return state.mergedIntoId === null ? "an owner" : `merged into ${state.name ?? state.mergedIntoId}`;
  }),
  ...setLimits,
  chunkSize: 100_000,
});

/** Neither owner was merged before, and no other merge of one of them is under way. */
async function requireBothFree(tx: Tx, runId: number): Promise<void> {
  const run = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { payload: true, undoOfId: true } });
  const { ownerId, intoOwnerId } = jsonColumn(payload).parse(run.payload);
  if (run.undoOfId === null) {
    await requireOwner(tx, ownerId);
    await requireOwner(tx, intoOwnerId);
  }
  await requireApart(tx, { runId, kinds: [mergeOwners.kind] }, (other) => {
    const theirs = jsonColumn(payload).parse(other.payload);
    return [theirs.ownerId, theirs.intoOwnerId].find((id) => id === ownerId || id === intoOwnerId);
  });
}

export const mergeOwnersHandler: SetHandler<Merge> = {
  async *planSet({ db }, { payload: { ownerId, intoOwnerId } }, size) {
    const from = await requireOwner(db, ownerId);
    const into = await requireOwner(db, intoOwnerId);
    const ids = await readImageIds(db, ownerId);
    let records = 0;
    for (let at = 0; at < ids.length; ) {
      const page = ids.slice(at, at + size());
      yield plannedOwners(page, into);
      records += await countRecords(db, page);
      at += page.length;
    }
    yield plannedOwner(ownerId, into);
    const keys = await countOwnKeys(db, ownerId);
    const prefixes = oneOf(ownerPrefixes(ownerId).map(quoteKey));
    const begin = keys === 1 ? "1 key still begins" : `${count(keys)} keys still begin`;
    return {
      images: ids.length,
      facts: [{ label: "No longer listed", value: from.name === ownerId ? ownerId : `${from.name} (${ownerId})` }],
      ...(records > 0 && { followers: [{ what: "generation records", count: records }] }),
      samples: ids.slice(0, SAMPLES),
      ...(keys > 0 && {
        warnings: [
          `${begin} with ${prefixes}. ${keys === 1 ? "It stays as it is" : "They stay as they are"}, and new images there go to ${quote(into.name)}.`,
        ],
      }),
    };
  },

  applyChunk: (tx, range, { payload }) => changeRange(tx, range, payload, "since the plan was made"),

  undo: {
    async findConflicts({ db }, range, { payload: { ownerId }, sample }) {
      const images = imagesOf(range, await findOwnerItem(db, range.runId));
      const { count, first } = await findOwnerConflicts(db, images, sample, ownerId);
      return { count, sample: first.map(conflictWords) };
    },
    undoChunk: (tx, range, { payload }) => changeRange(tx, range, payload, "since the run"),
  },
};

/** The items of a range that are images: all but the last of the run. */
const imagesOf = (range: ItemRange, ownerItem: { seq: number } | null): ItemRange =>
  ownerItem ? { ...range, lastSeq: Math.min(range.lastSeq, ownerItem.seq - 1) } : range;

/**
 * Images go one way or the other, as their items say. The owner is hidden with the last of them, and is back before the
 * first: none ever belongs to a hidden owner.
 */
async function changeRange(tx: Tx, range: ItemRange, merge: Merge, since: string): Promise<void> {
  const { runId } = range;
  const item = await findOwnerItem(tx, runId);
  const isBack = item?.mergedIntoId === null;
  if (isBack) await unmarkMerged(tx, merge);
  await changeOwners(tx, imagesOf(range, item), `This image's owner changed ${since}.`);
  if (!item || item.seq > range.lastSeq) return;
  const reason = `This owner, or the one it was to be merged into, was merged ${since}.`;
  if (isBack) await giveBackRest(tx, { runId, seq: item.seq }, merge, reason);
  else await markMerged(tx, { runId, seq: item.seq }, merge, reason);
}
