import { randomUUID } from "node:crypto";
import pMap from "p-map";
import { PROBE_PREFIX } from "~/features/storage/abilities";
import { isStorageError } from "~/features/storage-failure";
import type { Storage } from "~/ports/storage.server";

/** Cleaning up has its own time: it also follows a probe that ran out of it. */
const CLEANING_MS = 15_000;
const CLEANED_AT_ONCE = 8;

type PutOptions = Omit<Parameters<Storage["put"]>[2], "contentType" | "signal">;

/** Why an answer says nothing about an ability: it contradicts itself. */
export class Doubt extends Error {
  override name = "Doubt";
}

export type ProbeFolder = ReturnType<typeof openProbeFolder>;

/**
 * A folder in the bucket that is one probe's own, with an unguessable name: nothing else in the bucket is touched.
 * Whatever is refused for want of a right is counted by that right's AWS name.
 */
export function openProbeFolder(storage: Storage, signal: AbortSignal) {
  const prefix = `${PROBE_PREFIX}${randomUUID()}/`;
  const keys: string[] = [];
  const denied = new Set<string>();
  const granted = new Set<string>();

  const withRight = async <T>(right: string, call: Promise<T>): Promise<T> => {
    try {
      const answer = await call;
      granted.add(right);
      return answer;
    } catch (error) {
      if (isStorageError(error) && error.code === "denied") denied.add(right);
      throw error;
    }
  };

  return {
    signal,
    withRight,
    /** Rights that were refused every time that they were needed. */
    missingRights: () => [...denied].filter((right) => !granted.has(right)).sort(),
    newKey(name: string): string {
      const key = `${prefix}${keys.length + 1}-${name}`;
      keys.push(key);
      return key;
    },
    put: (key: string, text: string, options: PutOptions = {}) =>
      withRight("s3:PutObject", storage.put(key, Buffer.from(text), { contentType: "text/plain", ...options, signal })),
    delete: (key: string, options: { ifMatch?: string } = {}) =>
      withRight("s3:DeleteObject", storage.delete(key, { ...options, signal })),
    copy: (from: string, to: string, options: { createOnly?: boolean; fromEtag?: string } = {}) =>
      storage.copy(from, to, { ...options, signal }),
    /** What lies there, or null. */
    async read(key: string): Promise<string | null> {
      try {
        return (await withRight("s3:GetObject", storage.get(key, { signal }))).body.toString();
      } catch (error) {
        if (isStorageError(error) && error.code === "not-found") return null;
        throw error;
      }
    },
    /**
     * Deletes everything that was put, with all its versions and markers where the bucket may keep some.
     * @returns keys of which something stays
     */
    async remove({ keepsVersions }: { keepsVersions: boolean }): Promise<string[]> {
      const limit = AbortSignal.timeout(CLEANING_MS);
      const leftovers: string[] = [];
      const remove = async (key: string) => {
        const isGone = await removeAll(storage, key, { keepsVersions, signal: limit });
        if (!isGone) leftovers.push(key);
      };
      await pMap(keys, remove, { concurrency: CLEANED_AT_ONCE });
      return leftovers.sort();
    },
  };
}

async function removeAll(
  storage: Storage,
  key: string,
  { keepsVersions, signal }: { keepsVersions: boolean; signal: AbortSignal },
): Promise<boolean> {
  try {
    if (!keepsVersions) await storage.delete(key, { signal });
    else
      for (const { versionId } of await storage.versions(key, { signal }))
        await storage.delete(key, { versionId, signal });
    return true;
  } catch (error) {
    if (!isStorageError(error)) throw error;
    if (keepsVersions) await storage.delete(key, { signal }).catch(() => null);
    return false;
  }
}
