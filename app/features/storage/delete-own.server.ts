import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { isAsPlanned, isSameSecond } from "./is-as-planned.server";
import { readAbilities } from "./read-abilities.server";

type Own = {
  key: string;
  /** Whose it must be; without it whoever made it. */
  runId?: number | undefined;
  /** The bytes that it must have; without it any. */
  etag?: string;
  /** When it must have been written, to the second. */
  modifiedAt?: Date;
};

/**
 * Deletes an object of ours, if it is the one that lies there: it is looked at once more, and deleted on the condition that it is the one that was seen, where the store honors that.
 * @returns "removed" also where there is none
 */
export async function deleteOwn(
  ports: Pick<Ports, "db" | "clock" | "storage" | "log">,
  { key, runId, etag, modifiedAt }: Own,
  signal: AbortSignal,
): Promise<"removed" | "another's"> {
  const { storage } = ports;
  const head = await storage.head(key, { signal });
  if (!head) return "removed";
  if (runId !== undefined && head.metadata.run !== String(runId)) return "another's";
  if (etag !== undefined && !(await isAsPlanned(storage, head, etag, signal))) return "another's";
  if (modifiedAt && !isSameSecond(head.modifiedAt, modifiedAt)) return "another's";
  const { deleteIfMatch } = await readAbilities(ports, signal);
  try {
    await storage.delete(key, { ...(deleteIfMatch === "honored" && { ifMatch: head.etag }), signal });
  } catch (error) {
    if (isStorageError(error) && error.code === "changed") return "another's";
    throw error;
  }
  return "removed";
}
