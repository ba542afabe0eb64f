import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Db } from "~/ports/db.server";

/** The database's file and the disk that it lies on, in bytes. */
export type FileSizes = {
  file: string;
  bytes: number;
  /** The write-ahead log beside it. */
  logBytes: number;
  diskBytes: number;
  /** What is left of the disk for whoever is not root. */
  freeBytes: number;
};

/** How large a database is, and how much room there is beside it. */
export async function measureFile({ $file: file }: Pick<Db, "$file">): Promise<FileSizes> {
  const [{ size: bytes }, log, disk] = await Promise.all([
    stat(file),
    stat(`${file}-wal`).catch(() => ({ size: 0 })),
    statfs(dirname(file)),
  ]);
  return {
    ...{ file, bytes, logBytes: log.size },
    diskBytes: disk.blocks * disk.bsize,
    freeBytes: disk.bavail * disk.bsize,
  };
}
