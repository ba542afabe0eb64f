import { archivedFailure } from "~/features/images/archived.server";
import { holdObject, LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { changedSincePlan, goneSincePlan } from "~/features/images/since-plan";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError, storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { Unreadable } from "./read-image.server";

/**
 * Reads the object of an item as it was planned, and makes a picture of it; or says how the item ends without one.
 * @param make what is made of its bytes: `toThumbnail`, `toModelJpeg`, `toOtherFormat`
 */
export async function renderOriginal<Made>(
  { storage, db }: Pick<Ports, "storage" | "db">,
  { id, key, etag }: { id: number; key: string; etag: string },
  make: (bytes: Buffer) => Promise<Made>,
  signal: AbortSignal,
): Promise<Made | Unreadable | ItemResult> {
  const row = await db.image.findUnique({ where: { id }, select: { bytes: true } });
  try {
    return await holdObject(row && Number(row.bytes), async () => {
      const { head, body } = await storage.get(key, { maxBytes: LARGEST_HELD_BYTES, signal });
      return (await isAsPlanned(storage, head, etag, signal)) ? make(body) : changedSincePlan;
    });
  } catch (error) {
    if (!isStorageError(error)) throw error;
    if (error.code === "not-found") return goneSincePlan;
    if (error.code === "archived") return archivedFailure({ id, key, etag }, error);
    if (error.code !== "too-large") return storageFailure(error);
    const allowed = LARGEST_HELD_BYTES / 1024 ** 2;
    return {
      ok: false,
      errorClass: "too-large",
      error: `The object has more than ${allowed} MiB. Store a smaller version.`,
    };
  }
}
