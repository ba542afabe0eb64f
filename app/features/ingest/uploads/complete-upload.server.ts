import { DomainError } from "~/features/domain-error";
import { isStorageError } from "~/features/storage-failure";
import type { Db, Upload } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { findArrived, findUpload, isJoined, uploadGone } from "./find-upload.server";
import { removeFromBucket } from "./remove-old-uploads.server";
import { partsOf } from "./upload-file";

type Deps = Pick<Ports, "db" | "clock" | "storage">;

/**
 * Has the bucket join the parts of a file, once all are there; again does nothing.
 * @throws DomainError "conflict" when parts are missing, or the bucket knows no more of the upload; "not-found" when it was discarded
 */
export async function completeUpload(
  deps: Deps,
  { operatorId, id }: { operatorId: number; id: number },
): Promise<void> {
  const { db, clock } = deps;
  const upload = await findUpload(db, { operatorId, id });
  if (upload.completedAt !== null) return;
  await join(deps, upload);
  const { count } = await db.upload.updateMany({ where: { id, operatorId }, data: { completedAt: clock.now() } });
  if (count > 0) return;
  // Discarded while its parts were joined: nobody else knows of the object. Another tab may have planned it, though.
  if (!(await isPlanned(db, upload))) await removeFromBucket(deps, upload);
  throw uploadGone();
}

/** Whether a list names it; all are looked through, which happens hardly ever. */
async function isPlanned(db: Db, { key }: Upload): Promise<boolean> {
  return (await db.ingestLine.findFirst({ where: { wanted: { contains: key } }, select: { line: true } })) !== null;
}

async function join(deps: Deps, upload: Upload): Promise<void> {
  const { storage } = deps;
  const arrived = await findArrived(deps, upload);
  if (arrived?.isWhole) return;
  const missing = partsOf(upload).length - (arrived?.parts.length ?? 0);
  if (arrived === null || missing > 0) throw incomplete(upload);
  try {
    await storage.completeUpload(upload, arrived.parts);
  } catch (error) {
    // Joined by another tab, or a part was sent again meanwhile.
    if (!isStorageError(error) || !(error.code === "not-found" || error.code === "changed")) throw error;
  }
  if (!(await isJoined(storage, upload))) throw incomplete(upload);
}

const incomplete = ({ name }: Upload) =>
  new DomainError("conflict", `Not all of ${quote(name)} has arrived. Choose the file again to send the rest.`);
