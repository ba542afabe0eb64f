import { writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { type GroupRow, insertGroups, insertMembers, type Member, type MemberRow } from "./duplicate-search.sql.server";

/** Groups that are kept before they are written. */
const GROUPS_AT_ONCE = 1_000;
/** So many images are shown as one group; further ones of the same bytes form another. */
export const MOST_IN_A_GROUP = 500;

export type Found = { kind: GroupRow["kind"]; ownerId: string | null; members: (Member & { distance: number })[] };

/** Writes groups as they are found, for a search that no one sees before it is finished. */
export async function openStage(
  db: Db,
  { searchId, signal, hold }: { searchId: number; signal: AbortSignal; hold: (tx: Tx) => Promise<void> },
) {
  const last = await db.duplicateGroup.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  let id = last?.id ?? 0;
  let groups: GroupRow[] = [];
  let members: MemberRow[] = [];
  const counts = {
    same: { groups: 0, spare: 0, spareBytes: 0 },
    alike: { groups: 0, spare: 0, spareBytes: 0 },
  };

  async function flush() {
    const write = { signal, hold };
    await writeListInPieces(db, groups, (tx, some) => insertGroups(tx, searchId, some), write);
    await writeListInPieces(db, members, (tx, some) => insertMembers(tx, some), write);
    groups = [];
    members = [];
  }

  async function add({ kind, ownerId, members: all }: Found) {
    for (let first = 0; first < all.length; first += MOST_IN_A_GROUP) {
      const some = all.slice(first, first + MOST_IN_A_GROUP);
      if (some.length < 2) continue;
      id += 1;
      const sizes = some.map(({ bytes }) => bytes);
      const spareBytes = sizes.reduce((sum, bytes) => sum + bytes, 0) - Math.max(...sizes);
      groups.push({ id, kind, ownerId, images: some.length, spareBytes });
      for (const { imageId, etag, distance } of some) members.push({ groupId: id, imageId, etag, distance });
      const tally = counts[kind];
      tally.groups += 1;
      tally.spare += some.length - 1;
      tally.spareBytes += spareBytes;
    }
    if (groups.length >= GROUPS_AT_ONCE) await flush();
  }

  return { add, flush, counts };
}
