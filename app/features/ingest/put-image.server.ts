import { findObject, isSame } from "~/features/images/objects/object-content.server";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { isOnlyOne, parseIngestKey } from "./keys/ingest-key";

type Put = { key: string; body: Buffer; contentType: string; sha256: string };

/**
 * Puts an image at its key, unless it lies there already. On a store that cannot refuse a write to a key that is taken, what someone
 * else writes between the look and the put is replaced (docs/decisions/055-ingest.md).
 * @param begin is called right before anything is put; what it gives is kept among the object's metadata as `mark`
 * @returns the object that lies there now; "other": one with other bytes does; "nothing": someone has removed it again
 */
export async function putImage(
  ports: Ports,
  put: Put,
  begin: () => Promise<string>,
  signal: AbortSignal,
): Promise<ObjectHead | "other" | "nothing"> {
  const there = await lookFor(ports, put, signal);
  if (there !== "nothing") return there;
  const { putIfAbsent } = await readAbilities(ports, signal);
  const mark = await begin();
  const write = (createOnly: boolean) =>
    ports.storage.put(put.key, put.body, {
      contentType: put.contentType,
      metadata: { mark, sha256: put.sha256 },
      cacheControl: cacheControlOf(put.key),
      createOnly,
      signal,
    });
  try {
    await write(putIfAbsent === "honored");
  } catch (error) {
    if (!isStorageError(error) || error.code !== "exists") throw error;
    // Where versions are suspended, what a delete leaves counts as an object, and nothing but a plain put goes over it.
    if (!(await ports.storage.head(put.key, { signal }))) await write(false);
  }
  return lookFor(ports, put, signal);
}

/**
 * For a CDN before the bucket, and whoever asks it: a key with a hash always shows the same bytes; that of a hero or a logo may be
 * given others one day. The console's own links say what browsers keep themselves.
 */
function cacheControlOf(key: string): string {
  const role = parseIngestKey(key)?.role;
  return role && !isOnlyOne(role) ? "public, max-age=31536000, immutable" : "public, max-age=300";
}

/** What lies there is read whole: an ETag is no hash, and metadata may lie. */
async function lookFor(
  { storage }: Ports,
  { key, sha256, body }: Put,
  signal: AbortSignal,
): Promise<ObjectHead | "other" | "nothing"> {
  const head = await storage.head(key, { signal });
  if (!head) return "nothing";
  if (head.bytes !== body.length) return "other";
  const found = await findObject(storage, key, { signal });
  if (found === null) return "nothing";
  return isSame(found, { sha256, bytes: body.length }) ? found.head : "other";
}
