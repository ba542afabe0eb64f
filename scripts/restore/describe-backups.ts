import type { Backup, ListedBackup } from "~/features/backups/list-backups.server";
import { bytes, exactTime } from "~/features/format";
import { visible } from "~/quote";

/** A backup of the bucket: whole, or why not. */
export type Judged = ListedBackup & { judged: Backup | { reason: string } };

/** What --list --json prints. */
export const backupsToJson = (backups: readonly Judged[]) => ({
  backups: backups.map(({ key, takenAt, bytes: size, judged }) => ({
    ...{ key, takenAt: takenAt.toISOString(), bytes: size },
    ...("manifest" in judged
      ? { isWhole: true, databaseBytes: judged.manifest.databaseBytes, schema: judged.manifest.schema }
      : { isWhole: false, reason: judged.reason }),
  })),
});

/** One line each, the newest first. */
export function backupsToText(backups: readonly Judged[], bucket: string): string {
  if (backups.length === 0) return `There is no backup in the bucket ${bucket}.`;
  return backups
    .map(({ key, takenAt, judged }) => {
      const what =
        "manifest" in judged
          ? `${bytes(judged.manifest.bytes)}, ${bytes(judged.manifest.databaseBytes)} unpacked, ${judged.manifest.schema}`
          : `not whole: ${judged.reason}`;
      return `${exactTime(takenAt)}  ${visible(key)}  ${what}`;
    })
    .join("\n");
}
