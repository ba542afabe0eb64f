import pMap from "p-map";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isStorageError, storageFailure } from "~/features/storage-failure";
import type { Storage, StorageError } from "~/ports/storage.server";
import { rememberArchived } from "./archived.sql.server";

/** What one plan asks of the store to find what was restored. The next index run finds the rest. */
const LOOKS_A_PLAN = 1_000;
const LOOKS_AT_ONCE = 8;

/**
 * Those of the images given that can be read after all: someone restored them, or the store serves the class at once.
 * One answer serves a whole plan, page by page, and looks at the first 1,000 only.
 */
export function lookForRestored(storage: Storage, signal: AbortSignal) {
  let left = LOOKS_A_PLAN;
  return async <Image extends { key: string }>(archived: readonly Image[]): Promise<Image[]> => {
    const looked = archived.slice(0, left);
    left -= looked.length;
    const archivedKeys = await findArchivedKeys(
      storage,
      looked.map(({ key }) => key),
      signal,
    );
    return looked.filter(({ key }) => !archivedKeys.has(key));
  };
}

/** Which of these objects cannot be read because they are archived, as their first bytes tell. */
export async function findArchivedKeys(
  storage: Storage,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Set<string>> {
  const archived = new Set<string>();
  const look = async (key: string) => {
    try {
      await storage.get(key, { range: [0, 0], ...(signal && { signal }) });
    } catch (error) {
      if (!isStorageError(error) || error.retryable) throw error;
      // Whatever else is wrong with it is found by whoever reads it whole.
      if (error.code === "archived") archived.add(key);
    }
  };
  await pMap(keys, look, { concurrency: LOOKS_AT_ONCE });
  return archived;
}

/** The outcome of an item whose image turned out to be archived. It is remembered, and the next plan leaves it out. */
export function archivedFailure(
  image: { id: number; key: string; etag: string },
  error: StorageError,
): ItemResult & { outcome: "failed" } {
  return {
    ...storageFailure(error),
    write: (tx) => rememberArchived(tx, image),
  };
}
