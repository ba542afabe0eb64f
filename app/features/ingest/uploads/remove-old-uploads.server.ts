import { isClockSteady } from "~/features/clock-watch/require-steady-clock.server";
import { isStorageError } from "~/features/storage-failure";
import type { Upload } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";

/**
 * So that a plan, which may be applied for 24 hours, still finds what the bucket keeps for three days. Those begin with the upload,
 * however late it was completed: S3 dates an object that came in parts by its beginning.
 */
const KEPT_MS = 2 * 24 * 60 * 60 * 1000;
/** Whoever begins an upload waits for no more of them. */
const AT_ONCE = 2;

/** What was begun before has had its time, and is no part of a plan any more. */
export const oldestKept = ({ clock }: Pick<Ports, "clock">): Date => new Date(clock.now().getTime() - KEPT_MS);

/**
 * Removes uploads that were not planned within two days of their beginning, a few at a time. One that the bucket does not let go stays,
 * and is tried again.
 */
export async function removeOldUploads(deps: Pick<Ports, "db" | "clock" | "storage">): Promise<void> {
  const { db } = deps;
  if (!(await isClockSteady(deps))) return;
  const isOld = { startedAt: { lt: oldestKept(deps) } };
  const old = await db.upload.findMany({ where: isOld, orderBy: { startedAt: "asc" }, take: AT_ONCE });
  for (const upload of old) {
    try {
      await removeFromBucket(deps, upload);
    } catch (error) {
      if (!isStorageError(error)) throw error;
      continue;
    }
    await db.upload.deleteMany({ where: { id: upload.id, ...isOld } });
  }
}

/** Its key is random, and only its own: nothing else can lie there. @throws StorageError */
export async function removeFromBucket({ storage }: Pick<Ports, "storage">, upload: Upload): Promise<void> {
  await storage.abortUpload(upload);
  await storage.delete(upload.key);
}
