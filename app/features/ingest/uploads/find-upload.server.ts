import { DomainError } from "~/features/domain-error";
import type { Db, Upload } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { Storage } from "~/ports/storage.server";
import { partsOf } from "./upload-file";

/** @throws DomainError "not-found" for one that is no more, or another operator's */
export async function findUpload(db: Db, { operatorId, id }: { operatorId: number; id: number }): Promise<Upload> {
  const upload = await db.upload.findFirst({ where: { id, operatorId } });
  if (!upload) throw uploadGone();
  return upload;
}

export const uploadGone = () =>
  new DomainError(
    "not-found",
    "This upload is not there any more: it was planned, discarded, or is older than two days. Choose the file again.",
  );

/** What has arrived of a file: some of its parts, or all of it as an object. */
export type Arrived = { isWhole: true } | { isWhole: false; parts: { number: number; etag: string; bytes: number }[] };

/** Asks the bucket, which alone knows. Null: it has forgotten the upload. */
export async function findArrived(
  { storage }: Pick<Ports, "storage">,
  upload: Upload,
  signal?: AbortSignal,
): Promise<Arrived | null> {
  const options = signal ? { signal } : {};
  const parts = upload.completedAt === null ? await storage.listParts(upload, options) : null;
  if (parts !== null) {
    const expected = new Map(partsOf(upload).map(({ number, bytes }) => [number, bytes]));
    return { isWhole: false, parts: parts.filter(({ number, bytes }) => expected.get(number) === bytes) };
  }
  // Another tab may have completed it a moment ago.
  return (await isJoined(storage, upload, signal)) ? { isWhole: true } : null;
}

/** Whether all of a file lies in the bucket as one object. */
export async function isJoined(storage: Storage, { key, bytes }: Upload, signal?: AbortSignal): Promise<boolean> {
  return (await storage.head(key, signal ? { signal } : {}))?.bytes === bytes;
}
