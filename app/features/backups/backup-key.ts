/** What the console puts below it is named as here; whatever else lies there is someone else's, and is left alone. */
export const BACKUP_PREFIX = "backups/";

const form = /^backups\/\d{4}\/(\d{4})-(\d\d)-(\d\d)-(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{6}\.(db\.gz|json)$/;

/**
 * The key of a backup as of a time: “backups/2026/2026-11-30-022000Z-7f3a09.db.gz”.
 * @param suffix six hexadecimal digits by chance: two consoles, or two tries in one second, never name the same object
 */
export function backupKey(at: Date, suffix: string): string {
  const [day = "", time = ""] = at.toISOString().split("T");
  return `${BACKUP_PREFIX}${day.slice(0, 4)}/${day}-${time.slice(0, 8).replaceAll(":", "")}Z-${suffix}.db.gz`;
}

/** Its manifest lies beside it. */
export const manifestKey = (key: string): string => key.replace(/\.db\.gz$/, ".json");

/** What a key below `backups/` is of; null: not the console's. */
export function parseBackupKey(key: string): { key: string; takenAt: Date; isManifest: boolean } | null {
  const [, year, month, day, hour, minute, second, end] = form.exec(key) ?? [];
  const takenAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (end === undefined || Number.isNaN(takenAt.getTime())) return null;
  return { key: key.replace(/\.json$/, ".db.gz"), takenAt, isManifest: end === "json" };
}
