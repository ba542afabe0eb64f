import { DomainError } from "~/features/domain-error";
import { isStorageError } from "~/features/storage-failure";
import type { Upload } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { findArrived, findUpload, isJoined } from "./find-upload.server";
import { partsOf } from "./upload-file";

type Deps = Pick<Ports, "db" | "clock" | "storage">;

/**
 * Has the bucket join the parts of a file, once all are there; again does nothing.
 * @throws DomainError "conflict" when parts are missing, or the bucket knows no more of the upload
 */
export async function completeUpload(
  deps: Deps,
  { operatorId, id }: { operatorId: number; id: number },
): Promise<void> {
  const { db, clock } = deps;
  const upload = await findUpload(db, { operatorId, id });
  if (upload.completedAt !== null) return;
  await join(deps, upload);
  await db.upload.updateMany({ where: { id }, data: { completedAt: clock.now() } });
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
    if (!isStorageError(error) || error.code !== "not-found") throw error;
  }
  if (!(await isJoined(storage, upload))) throw incomplete(upload);
}

const incomplete = ({ name }: Upload) =>
  new DomainError("conflict", `Not all of ${quote(name)} has arrived. Choose the file again to send the rest.`);
