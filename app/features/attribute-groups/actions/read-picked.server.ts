import { DomainError } from "~/features/domain-error";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { listFolder } from "./group-folders.server";
import { requireBelow } from "./picked-keys";

const KEYS_AT_ONCE = 16;

/**
 * The objects that someone picked, by their keys or by folders (ending in "/") with all that lies below; each once, in
 * key order. What is no more is left out.
 * @throws DomainError "invalid" (a key outside of the root), "not-found" (nothing of it is there any more)
 */
export async function readPicked(
  storage: Storage,
  root: AttributeRoot,
  { keys, signal }: { keys: readonly string[]; signal: AbortSignal },
): Promise<StoredObject[]> {
  requireBelow(root, keys);
  const found = new Map<string, StoredObject>();
  const queue = keys.values();
  const lane = async () => {
    for (const key of queue) {
      const objects = key.endsWith("/")
        ? await listFolder(storage, key, signal)
        : [await storage.head(key, { signal })];
      for (const object of objects) if (object) found.set(object.key, object);
    }
  };
  await Promise.all(Array.from({ length: KEYS_AT_ONCE }, lane));
  if (found.size > 0) return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  throw new DomainError("not-found", `Nothing of what was picked is in the bucket any more. Audit ${root.name}.`);
}
