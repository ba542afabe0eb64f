import { plural } from "~/features/format";
import type { Ports } from "~/ports/index.server";
import { manifestKey } from "./backup-key";
import { chooseKept } from "./choose-kept";
import { judgeBackup, type ListedBackup, listBackups } from "./list-backups.server";

/** What has no manifest yet may be on its way. */
const UNFINISHED_FOR_MS = 24 * 60 * 60_000;

/**
 * Removes what retention does not keep, and what was never finished. Only objects named as ours are looked at; the newest good
 * backup stays, however old it is.
 * @returns `stayed`: what could not be deleted, as a sentence; else null
 */
export async function removeOldBackups(
  ports: Pick<Ports, "storage" | "clock">,
  signal: AbortSignal,
): Promise<{ removed: number; kept: number; stayed: string | null }> {
  const now = ports.clock.now();
  const listed = await listBackups(ports, signal);
  const [good, bad]: [ListedBackup[], ListedBackup[]] = [[], []];
  for (const one of listed) ("manifest" in (await judgeBackup(ports, one, signal)) ? good : bad).push(one);
  const kept = chooseKept(good, now);
  const isOver = ({ takenAt }: ListedBackup) => now.getTime() - takenAt.getTime() > UNFINISHED_FOR_MS;
  const old = [...good.filter((one) => !kept.has(one)), ...bad.filter(isOver)];
  // Manifests first: what is deleted by half is no good backup.
  const manifests = old.filter(({ hasManifest }) => hasManifest).map(({ key }) => manifestKey(key));
  const objects = old.filter(({ bytes }) => bytes !== null).map(({ key }) => key);
  const stayed = [
    ...(await ports.storage.deleteMany(manifests, { signal })),
    ...(await ports.storage.deleteMany(objects, { signal })),
  ];
  const [first] = stayed;
  return {
    removed: old.length,
    kept: kept.size,
    stayed: first
      ? `${plural(stayed.length, "object")} of old backups could not be deleted: ${first.reason} They stay until the bucket's own rule for backups/ removes them.`
      : null,
  };
}
