import { isDeepStrictEqual } from "node:util";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { type Found, findObject, isSame } from "~/features/images/objects/object-content.server";
import type { ObjectExtras } from "~/features/images/objects/object-extras";
import { readExtras } from "~/features/images/objects/object-extras.server";
import type { ItemContext, ItemResult } from "~/features/job-runs/kinds/handler";
import type { StoreAbilities } from "~/features/storage/abilities";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { readAbilities } from "~/features/storage/read-abilities.server";
import type { ObjectMove } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { Acl, ObjectHead, Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { beginMove } from "./journal.sql.server";
import { type Move, moveFailed, moveSkipped, replacedMeanwhile, whyStays } from "./object-move";
import { findOwnCopy } from "./own-copy.server";
import { collision, forgetMove, placeObject } from "./place-object.server";

/**
 * The target as it was read back; `lost`: what of the source it could not be given. `isOver`: the copy was made, and its
 * source deleted, by a move whose journal is lost: nothing is left to delete.
 */
export type Copied = { etag: string; lost: ObjectExtras | null; isOver?: true };

/**
 * Copies the source to the target's key, which must be free, and compares what was written; or finds that a former
 * attempt did so. The journal is written before the copy: it is the claim on the target, and from then on an object there
 * with the same size and SHA-256 is ours. How it is known without a journal: own-copy.server.ts.
 * @returns how the item ended where there is nothing (more) to copy
 */
export async function copyToTarget(
  ports: Ports,
  move: Move,
  journal: ObjectMove | null,
  context: ItemContext<unknown>,
): Promise<Copied | ItemResult> {
  const { storage } = ports;
  const { from, to } = move;
  const { signal } = context;
  if ((move.bytes ?? 0) > LARGEST_HELD_BYTES) return tooLarge(from);
  const abilities = await readAbilities(ports, signal);
  const [source, present] = await Promise.all([findObject(storage, from, { signal }), storage.head(to, { signal })]);
  if (source === "too-large") return tooLarge(from);
  if (source === null || !(await isAsPlanned(storage, source.head, move.fromEtag, signal))) {
    return withoutSource(ports, move, { journal, source, present, context });
  }
  // What lies there before anything was put under the claim is not ours, whatever its bytes, unless the journal is lost.
  const wasPut = journal !== null && journal.toBefore !== null;
  const own = wasPut ? null : await findOwnCopy(ports, move, { head: present, source: source.head, signal });
  if (present && !wasPut && !isSame(own, source)) return collision(move);
  const extras = { ...move.lost, ...(await readExtras(storage, abilities, source.head, signal)) };
  const rival = await beginMove(ports, move, source, context, own !== null);
  if (rival !== null) return moveSkipped(rival);
  if (!journal) {
    // Another move of it may have ended between the reading and the claim. From now on none can begin.
    const still = await storage.head(from, { signal });
    if (still?.etag !== source.head.etag) return changed(move, still);
  }
  const toBefore = journal?.toBefore ?? null;
  const placed = own ? own.head : await placeObject(ports, { move, source, extras, abilities, toBefore, context });
  if ("outcome" in placed) return placed;
  return { etag: placed.etag, lost: await findLost(storage, abilities, { to, extras, signal }) };
}

type WithoutSource = {
  journal: ObjectMove | null;
  source: Found | null;
  present: ObjectHead | null;
  context: ItemContext<unknown>;
};

/** The source is not what was planned. A copy that a former attempt made is then perhaps all that is left of it. */
async function withoutSource(
  ports: Ports,
  move: Move,
  { journal, source, present, context }: WithoutSource,
): Promise<Copied | ItemResult> {
  const { storage } = ports;
  const { signal } = context;
  if (journal) {
    const target = await findObject(storage, move.to, { signal });
    if (!isSame(target, { sha256: journal.sha256, bytes: Number(journal.bytes) })) return changed(move, source);
    return source ? replacedMeanwhile(move) : { etag: target.head.etag, lost: null };
  }
  const own = await findOwnCopy(ports, move, { head: present, source: null, signal });
  if (!own) return changed(move, source);
  const former = { ...own, head: { etag: move.fromEtag, versionId: null } };
  const rival = await beginMove(ports, move, former, context, true);
  return rival === null ? { etag: own.head.etag, lost: null, isOver: true } : changed(move, source);
}

const changed = (move: Move, source: unknown): ItemResult => ({
  ...moveSkipped(`${quoteKey(move.from)} ${source ? "has changed" : "is gone"} since the plan was made.`),
  write: forgetMove(move),
});

/** What the copy was to have and has not. Nothing is asked where there was nothing to give. */
async function findLost(
  storage: Storage,
  abilities: StoreAbilities,
  { to, extras, signal }: { to: string; extras: ObjectExtras; signal: AbortSignal },
): Promise<ObjectExtras | null> {
  const { tags, acl } = extras;
  if (tags === undefined && acl === undefined) return null;
  const head = { key: to, tagCount: tags && Object.keys(tags).length };
  const has = await readExtras(storage, abilities, head, signal);
  const lost = {
    ...(tags && !isDeepStrictEqual(has.tags, tags) && { tags }),
    ...(acl && !isDeepStrictEqual(grantsOf(has.acl), grantsOf(acl)) && { acl }),
  };
  return Object.keys(lost).length > 0 ? lost : null;
}

const grantsOf = (acl: Acl | undefined) => new Set(acl?.grants.map((grant) => JSON.stringify(grant)));

const tooLarge = (from: string) => moveFailed("too-large", whyStays.tooLarge(from));
