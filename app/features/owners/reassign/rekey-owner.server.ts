import { DomainError } from "~/features/domain-error";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import { moveSkipped } from "~/features/images/move/object-move";
import { goneSincePlan, movedSincePlan } from "~/features/images/since-plan";
import { readSurvivor } from "~/features/images/surviving-owner.sql.server";
import type { ItemContext, ItemHandler, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import type { Json } from "~/features/json-column";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { planRekey } from "./plan-rekey.server";
import type { Reassignment } from "./reassign-owner";
import { conflictWords } from "./reassign-owner.server";
import { rekeyState } from "./rekey-owner";

/** What an undo knows of a move that never ended is its key alone. */
const leftState = rekeyState.partial({ ownerId: true, name: true });
const keyOf = (state: Json) => leftState.parse(state).key;
const isMove = ({ before, target }: OpenItem) => keyOf(before) !== keyOf(target);

export const rekeyOwnerHandler: ItemHandler<Reassignment> = {
  plan: planRekey,

  async apply(ports, item, context) {
    const { conflict } = rekeyState.parse(item.target);
    if (conflict !== undefined) return moveSkipped(conflict);
    const changed = (await isBegun(ports, item, context)) ? null : await findChange(ports, item);
    if (changed !== null) return moveSkipped(changed);
    return isMove(item) ? named(item, await moveItem(ports, item, context)) : changeOwner(item);
  },

  undo: {
    ...undoMoves,
    async findConflicts(ports, items, context) {
      const moves = items.filter(isMove);
      const found = await undoMoves.findConflicts(ports, moves, context);
      const ofMoves = new Map(moves.map(({ seq }, at) => [seq, found[at] ?? null]));
      const conflictOf = async (item: OpenItem) => ofMoves.get(item.seq) ?? findOwnerConflict(ports, item);
      return Promise.all(items.map(conflictOf));
    },
    foresee(ports, context) {
      const foresight = undoMoves.foresee?.(ports, context);
      return {
        see: (items) => foresight?.see(items.filter(isMove)),
        tell: async () => (await foresight?.tell()) ?? {},
      };
    },
    async restore(ports, item, context) {
      const changed = (await isBegun(ports, item, context)) ? null : await findOwnerConflict(ports, item);
      if (changed !== null) return moveSkipped(changed);
      return isMove(item) ? named(item, await undoMoves.restore(ports, item, context)) : changeOwner(item);
    },
  },
};

/** An item that was begun goes on from its journal, whatever its image's row says by now. */
const isBegun = async ({ db }: Ports, { seq }: OpenItem, { runId }: ItemContext<unknown>) =>
  (await db.objectMove.findUnique({ where: { runId_seq: { runId, seq } }, select: { seq: true } })) !== null;

/** What became of an image since the plan, as a sentence, or null. */
async function findChange(ports: Ports, item: OpenItem): Promise<string | null> {
  const before = rekeyState.parse(item.before);
  const image = await ports.db.image.findUnique({ where: { id: Number(item.subject) } });
  if (!image) return goneSincePlan.reason;
  if (image.ownerId !== before.ownerId) return "This image's owner changed since the plan was made.";
  if (image.key !== before.key) return movedSincePlan.reason;
  const { ownerId } = rekeyState.parse(item.target);
  return (await hasOwner(ports, ownerId))
    ? null
    : `Owner ${quote(ownerId ?? "")} was merged into another since the plan was made.`;
}

/** Why an image cannot be given back to whom it belonged to, or null. */
async function findOwnerConflict(ports: Ports, item: OpenItem): Promise<string | null> {
  const { key, ownerId } = leftState.parse(item.before);
  if (ownerId === undefined) return null;
  const image = await ports.db.image.findUnique({ where: { id: Number(item.subject) }, include: { owner: true } });
  const isFormer = image?.ownerId === ownerId;
  const isThere = await hasOwner(ports, rekeyState.parse(item.target).ownerId);
  if (isFormer && isThere) return null;
  const belongsTo = image?.owner?.name ?? image?.ownerId ?? null;
  return conflictWords({ key, isThere: image !== null, belongsTo, hasOwner: isThere });
}

const hasOwner = async ({ db }: Ports, id: string | null) =>
  id === null || (await db.owner.count({ where: { id, mergedIntoId: null } })) > 0;

/** The outcome of a move, which has changed the owner as well, with the owner's name for those who read it. */
function named(item: OpenItem, result: ItemResult): ItemResult {
  if (result.outcome !== "succeeded") return result;
  const { name } = rekeyState.parse(item.target);
  return { ...result, after: { ...leftState.loose().parse(result.after), name } };
}

/** An image that stays under its key changes hands in the transaction that records it. */
function changeOwner(item: OpenItem): ItemResult {
  const [before, target] = [rekeyState.parse(item.before), rekeyState.parse(item.target)];
  return {
    outcome: "succeeded",
    after: target,
    async write(tx) {
      const ownerId = target.ownerId === null ? null : await readSurvivor(tx, target.ownerId);
      const { count } = await tx.image.updateMany({
        where: { id: Number(item.subject), ownerId: before.ownerId },
        data: { ownerId },
      });
      if (count === 0) throw new DomainError("conflict", "This image's owner changed at the same moment. Look again.");
    },
  };
}
