import { randomBytes } from "node:crypto";
import { DomainError } from "~/features/domain-error";
import { incomingKey } from "~/features/storage/keep-incoming.server";
import type { Tx, Upload } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { discardUpload } from "./discard-upload.server";
import { type Arrived, findArrived } from "./find-upload.server";
import { oldestKept, removeOldUploads } from "./remove-old-uploads.server";
import { MOST_UPLOADS, PART_BYTES, type UploadFile, whyNoUpload } from "./upload-file";

type Deps = Pick<Ports, "db" | "clock" | "storage">;

/** An upload that goes on, or begins: what the browser needs to send the rest. */
export type BegunUpload = { id: number; partBytes: number; isWhole: boolean; there: number[] };

/**
 * Begins the upload of a file, or goes on with the one that its operator began: two tabs that send the same file share one, and
 * what one of them has sent the other need not.
 * @throws DomainError "invalid" for what is no image by name or size, "conflict" when too many wait
 */
export async function beginUpload(
  deps: Deps,
  { operatorId, file }: { operatorId: number; file: UploadFile },
): Promise<BegunUpload> {
  const problem = whyNoUpload(file);
  if (problem !== null) throw new DomainError("invalid", problem);
  await removeOldUploads(deps);
  const told = { operatorId, ...file };
  const known = await deps.db.upload.findUnique({ where: byFile(told) });
  const isKept = known !== null && known.startedAt >= oldestKept(deps);
  const arrived = isKept ? await findArrived(deps, known) : null;
  if (known && arrived) return begun(known, arrived);
  // It had its time, or the bucket's rule has removed it.
  if (known) await discardUpload(deps, { operatorId, id: known.id });
  return begun(await create(deps, told), { isWhole: false, parts: [] });
}

type Told = UploadFile & { operatorId: number };

async function create({ db, clock, storage }: Deps, told: Told) {
  const key = incomingKey(`upload-${randomBytes(12).toString("hex")}`);
  const upload = await storage.createUpload(key, { contentType: "application/octet-stream" });
  try {
    const row = await db.$write(async (tx) => {
      const other = await tx.upload.findUnique({ where: byFile(told) });
      if (other) return other;
      await requireRoom(tx, told.operatorId);
      return tx.upload.create({ data: { ...told, ...upload, partBytes: PART_BYTES, startedAt: clock.now() } });
    });
    // Another tab was quicker.
    if (row.uploadId !== upload.uploadId) await storage.abortUpload(upload);
    return row;
  } catch (error) {
    // What the bucket keeps of it, a rule of its own removes.
    await storage.abortUpload(upload).catch(() => {});
    throw error;
  }
}

async function requireRoom(tx: Tx, operatorId: number): Promise<void> {
  if ((await tx.upload.count({ where: { operatorId } })) < MOST_UPLOADS) return;
  const sentence = `${MOST_UPLOADS} files of yours wait for a plan. Plan them, or discard some.`;
  throw new DomainError("conflict", sentence);
}

const byFile = ({ operatorId, sha256, name }: Told) => ({ operatorId_sha256_name: { operatorId, sha256, name } });

const begun = ({ id, partBytes }: Upload, arrived: Arrived): BegunUpload => ({
  ...{ id, partBytes, isWhole: arrived.isWhole },
  there: arrived.isWhole ? [] : arrived.parts.map(({ number }) => number),
});
