import pMap from "p-map";
import { DomainError } from "~/features/domain-error";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { quote, quoteKey } from "~/quote";
import { listFolder } from "./group-folders.server";

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
  const read = async (key: string): Promise<(StoredObject | null)[]> =>
    key.endsWith("/") ? await listFolder(storage, key, signal) : [await storage.head(key, { signal })];
  const objects = (await pMap(keys, read, { concurrency: KEYS_AT_ONCE })).flat();
  const found = new Map(objects.flatMap((object) => (object ? [[object.key, object]] : [])));
  if (found.size > 0) return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  throw new DomainError("not-found", `Nothing you selected is in the bucket any more. Audit ${root.name}.`);
}

/**
 * Holds that everything that was picked lies below the root.
 * @throws DomainError "invalid" that names what does not
 */
export function requireBelow({ prefix, name }: AttributeRoot, keys: readonly string[]): void {
  const outside = keys.find((key) => !key.startsWith(prefix) || key === prefix);
  if (outside === undefined) return;
  throw new DomainError("invalid", `${quote(outside)} is not below ${quoteKey(prefix)}, the folder of ${name}.`);
}

/**
 * The group that an object lies in, directly.
 * @throws DomainError "invalid" for what lies at the root, deeper, or elsewhere
 */
export function groupOfKey(root: AttributeRoot, key: string): string {
  requireBelow(root, [key]);
  const [group, file, ...deeper] = key.slice(root.prefix.length).split("/");
  if (group !== undefined && file && deeper.length === 0) return group;
  throw new DomainError("invalid", `${quote(key)} is not directly in a group of ${root.name}.`);
}
