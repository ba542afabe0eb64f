import { parseJson } from "~/features/json-column";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { BACKUP_PREFIX, manifestKey, parseBackupKey } from "./backup-key";
import { type Manifest, manifest } from "./manifest";

type Deps = Pick<Ports, "storage">;

/** What lies in the bucket of one backup. `bytes` null: there is only its manifest. */
export type ListedBackup = { key: string; takenAt: Date; bytes: number | null; hasManifest: boolean };

/** A backup with what tells that it is whole. */
export type Backup = { key: string; takenAt: Date; manifest: Manifest };

/** A manifest of a thousand tables has less. */
const LONGEST_MANIFEST_BYTES = 1_000_000;

/** The backups in the bucket, the newest first, as far as a listing tells. */
export async function listBackups({ storage }: Deps, signal: AbortSignal): Promise<ListedBackup[]> {
  const found = new Map<string, ListedBackup>();
  for await (const { objects } of storage.list({ prefix: BACKUP_PREFIX, signal })) {
    for (const object of objects) {
      const parsed = parseBackupKey(object.key);
      if (parsed === null) continue;
      const { key, takenAt, isManifest } = parsed;
      const before = found.get(key) ?? { key, takenAt, bytes: null, hasManifest: false };
      found.set(key, isManifest ? { ...before, hasManifest: true } : { ...before, bytes: object.bytes });
    }
  }
  return [...found.values()].sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
}

/** A backup that is whole as far as its size tells, or why it is not, as a sentence. */
export async function judgeBackup(
  { storage }: Deps,
  { key, takenAt, bytes, hasManifest }: ListedBackup,
  signal: AbortSignal,
): Promise<Backup | { reason: string }> {
  if (!hasManifest) return { reason: `${quoteKey(key)} has no manifest beside it: it was never read back to its end.` };
  const read = await readManifest({ storage }, key, signal);
  if (read === null) return { reason: `The manifest of ${quoteKey(key)} cannot be read.` };
  if (bytes === null) return { reason: `${quoteKey(key)} is gone; only its manifest is there.` };
  if (bytes !== read.bytes) {
    return {
      reason: `${quoteKey(key)} has ${bytes} bytes, and its manifest says ${read.bytes}: it was cut or replaced.`,
    };
  }
  return { key, takenAt, manifest: read };
}

async function readManifest({ storage }: Deps, key: string, signal: AbortSignal): Promise<Manifest | null> {
  try {
    const { body } = await storage.get(manifestKey(key), { maxBytes: LONGEST_MANIFEST_BYTES, signal });
    return manifest.safeParse(parseJson(body.toString())).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    if (isStorageError(error) && ["not-found", "too-large"].includes(error.code)) return null;
    throw error;
  }
}

/**
 * The newest backup that is whole; null: there is none.
 * `broken` tells why those that are newer are not, the newest first; `count` is how many there are, whole ones or not.
 */
export async function findNewestBackup(
  deps: Deps,
  signal: AbortSignal,
): Promise<{ newest: Backup | null; broken: string[]; count: number }> {
  const listed = await listBackups(deps, signal);
  const broken: string[] = [];
  for (const one of listed) {
    const judged = await judgeBackup(deps, one, signal);
    if ("manifest" in judged) return { newest: judged, broken, count: listed.length };
    broken.push(judged.reason);
  }
  return { newest: null, broken, count: listed.length };
}
