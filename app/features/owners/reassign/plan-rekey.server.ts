import pMap from "p-map";
import { count } from "~/features/format";
import { keyOfOwner, ownerFromKey } from "~/features/images/key-layout";
import { foreseeMoves } from "~/features/images/move/foresee-moves.server";
import { CALLS_A_THUMBNAIL, findMoveConflict, whyStays } from "~/features/images/move/object-move";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { requireOwner } from "~/features/owners/require-owner.sql.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import { callsAMove } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import type { Storage } from "~/ports/storage.server";
import { presentOwners, type Reassignment } from "./reassign-owner";
import { countOwned, countRecords } from "./reassign-owner.sql.server";
import { type OwnedImage, readOwnedImages } from "./rekey-owner.sql.server";

const PAGE = 500;
const HEADS_AT_ONCE = 16;
const CONFLICTS_SHOWN = 20;
/** Images of a plan that people see. */
const SAMPLES = 8;

/** The key that an image is to have: another one only where its key begins with its present owner's prefix. */
const newKey = ({ key, ownerId, isGone }: OwnedImage, toOwnerId: string) =>
  ownerId !== null && !isGone && ownerFromKey(key) === ownerId ? keyOfOwner(key, toOwnerId) : key;

/**
 * One item an image, in the order of keys. Whether a target is taken, S3 is asked. An image that cannot move is an item too:
 * it carries its conflict, and neither its key nor its owner changes.
 */
export const planRekey: ItemHandler<Reassignment>["plan"] = async function* (ports, { payload, signal }) {
  const { db, storage, clock } = ports;
  const { selection, toOwnerId } = payload;
  const to = await requireOwner(db, toOwnerId);
  const known = { now: clock.now(), ...(await loadLabelSchema()) };
  const tally = createTally();
  /** By key, what lies there or goes there. */
  const taken = new Map<string, string>();
  const read = (last: OwnedImage | undefined) =>
    readOwnedImages(db, selection, known, { toOwnerId, after: last?.key, limit: PAGE });
  for await (const images of pagesByKey(PAGE, read)) {
    const moves = images.map((image) => ({ object: image, to: newKey(image, toOwnerId) }));
    tally.follow(
      "generation records",
      await countRecords(
        db,
        images.map(({ id }) => id),
      ),
    );
    const targets = moves.flatMap((move) => (move.to === move.object.key ? [] : [move.to]));
    for (const key of await findTaken(storage, targets, signal)) if (!taken.has(key)) taken.set(key, key);
    yield moves.map((move) => {
      const conflict = tally.add(move, conflictOf(move, taken));
      if (conflict === null && move.to !== move.object.key) taken.set(move.to, move.object.key);
      return toItem(move, to, conflict);
    });
  }
  const { moves, followers, summary } = tally;
  const calls = moves.length > 0 ? moves.length * callsAMove(await readAbilities(ports, signal)) : 0;
  return {
    ...summary(),
    leftOut: [{ what: `Belong to ${to.name} already`, count: await countOwned(db, selection, known, toOwnerId) }],
    s3Calls: calls + CALLS_A_THUMBNAIL * (followers.get("thumbnails") ?? 0),
    ...(await foreseeMoves(ports, moves, signal)),
  };
};

type Move = { object: OwnedImage; to: string };

function conflictOf(move: Move, taken: ReadonlyMap<string, string>): string | null {
  if (move.to === move.object.key) return null;
  return move.object.isArchived ? whyStays.archived(move.object.key) : findMoveConflict(move, taken);
}

async function findTaken(storage: Storage, targets: string[], signal: AbortSignal): Promise<string[]> {
  const heads = await pMap(targets, (key) => storage.head(key, { signal }), { concurrency: HEADS_AT_ONCE });
  return targets.filter((_, at) => heads[at] !== null);
}

function toItem({ object, to: key }: Move, to: { id: string; name: string }, conflict: string | null): PlannedItem {
  const { id, etag, bytes, ownerId, ownerName } = object;
  return {
    subject: String(id),
    label: object.key,
    before: { key: object.key, etag, bytes, ownerId, name: ownerName },
    target: { key, ownerId: to.id, name: to.name, ...(conflict !== null && { conflict }) },
    etag,
  };
}

/** What a plan says of all its images, gathered page by page. */
function createTally() {
  const owners = new Map<string | null, { state: { ownerId: string | null; name: string | null }; images: number }>();
  const moves: { from: string; to: string }[] = [];
  const samples: number[] = [];
  const conflicts = { count: 0, sample: [] as string[] };
  const followers = new Map<string, number>();
  const follow = (what: string, n: number) => followers.set(what, (followers.get(what) ?? 0) + n);
  let [images, bytes] = [0, 0];
  return {
    moves,
    followers,
    follow,
    add({ object, to }: Move, conflict: string | null): string | null {
      const { id, key, ownerId, ownerName } = object;
      const owner = owners.get(ownerId) ?? { state: { ownerId, name: ownerName }, images: 0 };
      owners.set(ownerId, { ...owner, images: owner.images + 1 });
      images += 1;
      if (samples.length < SAMPLES) samples.push(id);
      if (conflict !== null) {
        conflicts.count += 1;
        if (conflicts.sample.length < CONFLICTS_SHOWN) conflicts.sample.push(conflict);
      } else if (to !== key) {
        moves.push({ from: key, to });
        bytes += object.bytes;
        follow("thumbnails", object.hasThumbnail ? 1 : 0);
      }
      return conflict;
    },
    summary: () => ({
      images,
      present: presentOwners([...owners.values()]),
      facts: [
        { label: "Objects that move to the new owner's prefix", value: count(moves.length) },
        { label: "Only change their owner", value: count(images - moves.length - conflicts.count) },
      ],
      bytes,
      samples,
      followers: [...followers].filter(([, n]) => n > 0).map(([what, n]) => ({ what, count: n })),
      ...(conflicts.count > 0 && { conflicts }),
    }),
  };
}
