import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";

/** Bytes that wait longer are put again: a rule of the bucket's removes them three days after they came. */
const FRESH_MS = 24 * 60 * 60 * 1000;

/** Where bytes that came with a list wait for their run, by their SHA-256. A rule of the bucket's removes them after three days. */
export const incomingKey = (sha256: string): string => `incoming/${sha256}`;

/**
 * Puts bytes there, once however often they come.
 * @throws StorageError
 */
export async function keepIncoming(
  { storage, clock }: Pick<Ports, "storage" | "clock">,
  { bytes, sha256 }: { bytes: Buffer; sha256: string },
): Promise<void> {
  const key = incomingKey(sha256);
  const there = await storage.head(key).catch((error) => {
    // Not to be seen is no reason not to be put.
    if (isStorageError(error)) return null;
    throw error;
  });
  const isFresh = there?.bytes === bytes.length && there.modifiedAt.getTime() > clock.now().getTime() - FRESH_MS;
  if (!isFresh) await storage.put(key, bytes, { contentType: "application/octet-stream" });
}
