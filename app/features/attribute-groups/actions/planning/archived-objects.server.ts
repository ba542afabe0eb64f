import { DomainError } from "~/features/domain-error";
import { plural } from "~/features/format";
import { findArchivedKeys } from "~/features/images/archived.server";
import { baseName } from "~/features/images/key-layout";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { quote } from "~/quote";

/** As many names as are still read. */
const SHOWN = 3;

/**
 * The keys of those objects that cannot be moved because they are archived. Asked are the ones that may be: an archive
 * class may be restored, or served at once, and which tier INTELLIGENT_TIERING keeps an object in no listing says.
 */
export function findArchived(storage: Storage, objects: readonly StoredObject[], signal: AbortSignal) {
  const suspects = objects.filter((object) => object.isArchived || object.storageClass === "INTELLIGENT_TIERING");
  return findArchivedKeys(
    storage,
    suspects.map(({ key }) => key),
    signal,
  );
}

/**
 * Holds that none of a group's objects is archived: all of them move, or none does.
 * @throws DomainError "conflict" that says how many are, and which
 */
export async function requireReadable(
  storage: Storage,
  group: { name: string; objects: readonly StoredObject[] },
  signal: AbortSignal,
): Promise<void> {
  const archived = [...(await findArchived(storage, group.objects, signal))].sort();
  if (archived.length === 0) return;
  const names = archived.slice(0, SHOWN).map((key) => quote(baseName(key)));
  const more = archived.length > SHOWN ? ` and ${archived.length - SHOWN} more` : "";
  throw new DomainError(
    "conflict",
    `${quote(group.name)} holds ${plural(archived.length, "archived object")}: ${names.join(", ")}${more}. Archived objects cannot be moved, so the group would be split. Restore ${archived.length === 1 ? "it" : "them"} in the store, then start again.`,
  );
}
