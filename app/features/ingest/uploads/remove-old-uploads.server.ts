import { isClockSteady } from "~/features/clock-watch/require-steady-clock.server";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";

/** So that a plan, which may be applied for 24 hours, still finds what the bucket keeps for three days. */
const KEPT_MS = 2 * 24 * 60 * 60 * 1000;
const AT_ONCE = 20;

/** Forgets uploads that were not finished, or not planned, within two days. A rule of the bucket's removes what this cannot. */
export async function removeOldUploads(deps: Pick<Ports, "db" | "clock" | "storage">): Promise<void> {
  const { db, clock, storage } = deps;
  if (!(await isClockSteady(deps))) return;
  const before = new Date(clock.now().getTime() - KEPT_MS);
  const old = await db.upload.findMany({
    where: { startedAt: { lt: before }, OR: [{ completedAt: null }, { completedAt: { lt: before } }] },
    orderBy: { startedAt: "asc" },
    take: AT_ONCE,
  });
  for (const upload of old) {
    await db.upload.deleteMany({ where: { id: upload.id } });
    if (upload.completedAt !== null) continue;
    await storage.abortUpload(upload).catch((error: unknown) => {
      if (!isStorageError(error)) throw error;
    });
  }
}
