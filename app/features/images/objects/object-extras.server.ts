import type { ProbedAbilities } from "~/features/storage/abilities";
import { mayHaveAcl, mayHaveTags } from "~/features/storage/placing";
import { isStorageError } from "~/features/storage-failure";
import type { Acl, ObjectHead, Storage } from "~/ports/storage.server";
import type { ObjectExtras } from "./object-extras";

/** Reads tags and ACL of an object where its head and the store's abilities do not rule them out. */
export async function readExtras(
  storage: Storage,
  abilities: Pick<ProbedAbilities, "tags" | "acl">,
  { key, tagCount }: Pick<ObjectHead, "key" | "tagCount">,
  signal: AbortSignal,
): Promise<ObjectExtras> {
  const [ownTags, ownAcl] = await Promise.all([
    mayHaveTags(abilities, tagCount) ? unlessDenied(storage.readTags(key, { signal })) : null,
    mayHaveAcl(abilities) ? readOwnAcl(storage, key, signal) : null,
  ]);
  return {
    ...(ownTags && ownTags !== "denied" && Object.keys(ownTags).length > 0 && { tags: ownTags }),
    ...(ownAcl && ownAcl !== "denied" && { acl: ownAcl }),
  };
}

/** Null: its ACL is the one that every new object gets, the store has none, or the object is gone. */
export async function readOwnAcl(storage: Storage, key: string, signal: AbortSignal): Promise<Acl | "denied" | null> {
  const acl = await unlessDenied(storage.readAcl(key, { signal }));
  return acl !== null && acl !== "denied" && isPrivate(acl) ? null : acl;
}

/** The owner may do everything, and no one else anything. */
const isPrivate = ({ ownerId, grants: [first, ...more] }: Acl) =>
  more.length === 0 &&
  first?.permission === "FULL_CONTROL" &&
  first.grantee.type === "user" &&
  first.grantee.id === ownerId;

const NOTHING_THERE = ["not-found", "not-implemented", "acl-disabled"];

async function unlessDenied<T>(call: Promise<T>): Promise<T | "denied" | null> {
  try {
    return await call;
  } catch (error) {
    if (isStorageError(error) && error.code === "denied") return "denied";
    if (isStorageError(error) && NOTHING_THERE.includes(error.code)) return null;
    throw error;
  }
}
