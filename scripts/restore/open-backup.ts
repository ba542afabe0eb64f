import { existsSync } from "node:fs";
import { join } from "node:path";
import { BACKUP_PREFIX } from "~/features/backups/backup-key";
import { fetchBackup, unpackFile } from "~/features/backups/fetch-backup.server";
import { type Backup, findNewestBackup, judgeBackup, listBackups } from "~/features/backups/list-backups.server";
import { inWorkFolder } from "~/features/backups/work-folder.server";
import { DomainError } from "~/features/domain-error";
import type { Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { UsageError } from "../run-script/end-with";

type Opening = {
  /** As it was given: a file, a key, an address in S3, or “latest”. */
  backup: string;
  /** Where the database shall be; what must be unpacked lies beside it meanwhile. */
  file: string;
  storage: Storage;
  signal: AbortSignal;
  /** Is told of a backup of the bucket before it is fetched, and may refuse it. */
  see(backup: Backup): void;
};

/** A backup as a database file. `name`: the file or key that it is; `madeBy`: the run that made it, where that is known. */
export type Opened = { name: string; path: string; madeBy: number | null };

/** Does work with a backup, wherever it is. */
export async function withBackup<Result>(opening: Opening, work: (opened: Opened) => Promise<Result>): Promise<Result> {
  const { backup, file, storage, signal, see } = opening;
  const key = keyOf(opening);
  if (key === null) {
    if (!backup.endsWith(".gz") || !existsSync(backup)) return work({ name: backup, path: backup, madeBy: null });
    return inWorkFolder(file, async (folder) => {
      const path = join(folder, "backup.db");
      await unpackFile(backup, { to: path, signal });
      return work({ name: backup, path, madeBy: null });
    });
  }
  const found = await (key === LATEST ? findNewest(storage, signal) : find(storage, key, signal));
  see(found);
  return inWorkFolder(file, async (folder) => {
    const path = join(folder, "backup.db");
    await fetchBackup({ storage }, { backup: found, to: path, signal });
    return work({ name: found.key, path, madeBy: found.manifest.runId });
  });
}

const LATEST = "latest";

/** Null for a file. One that is there comes before a key of the same name. */
function keyOf({ backup, storage }: Pick<Opening, "backup" | "storage">): string | null {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(backup) ?? [];
  if (bucket !== undefined && bucket !== storage.bucket) {
    throw new UsageError(
      `S3_BUCKET is ${quoteKey(storage.bucket)}: to restore from the bucket ${quoteKey(bucket)}, let S3_BUCKET and the credentials name it.`,
    );
  }
  if (bucket !== undefined) return key;
  if (existsSync(backup)) return null;
  return backup === LATEST || backup.startsWith(BACKUP_PREFIX) ? backup : null;
}

async function findNewest(storage: Storage, signal: AbortSignal): Promise<Backup> {
  const { newest } = await findNewestBackup({ storage }, signal);
  if (newest) return newest;
  throw new DomainError(
    "not-found",
    `There is no whole backup below ${BACKUP_PREFIX} of the bucket ${quoteKey(storage.bucket)}.`,
  );
}

async function find(storage: Storage, key: string, signal: AbortSignal): Promise<Backup> {
  const listed = (await listBackups({ storage }, signal)).find((one) => one.key === key);
  if (!listed) {
    throw new DomainError(
      "not-found",
      `There is no backup at ${quoteKey(key)} of the bucket ${quoteKey(storage.bucket)}, and no such file here: --list shows those that there are.`,
    );
  }
  const judged = await judgeBackup({ storage }, listed, signal);
  if ("manifest" in judged) return judged;
  throw new DomainError("conflict", `${judged.reason} Take another backup (--list shows them).`);
}
