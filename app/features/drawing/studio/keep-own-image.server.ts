import { createHash } from "node:crypto";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { bytes as inWords } from "~/features/format";
import { upsertSome } from "~/features/images/index/index-images.sql.server";
import { placeOf, UNOWNED } from "~/features/images/key-layout";
import { toThumbnail } from "~/features/images/pixels/read-image.server";
import { extensionOf } from "~/features/ingest/keys/ingest-key";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { isStorageError } from "~/features/storage-failure";
import { putThumbnail, THUMBNAIL_EDGE, writeThumbnailFacts } from "~/features/thumbnails/keep-thumbnail.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { LARGEST_OWN_BYTES } from "./own-image";

type Deps = Pick<Ports, "db" | "clock" | "storage" | "log">;

/**
 * Keeps a picture that an operator brings along: in `uploads/`, with row and thumbnail, so that a plan can freeze it as it does any
 * image. The same bytes of one month are one image. One that is put and whose row is not written, since the process died, is found by the
 * next index run.
 * @returns the image's id
 * @throws DomainError "invalid" for bytes that are no picture, or one that cannot be read; StorageError
 */
export async function keepOwnImage(
  deps: Deps,
  { bytes, actor, signal }: { bytes: Buffer; actor: Actor; signal: AbortSignal },
): Promise<number> {
  if (bytes.length > LARGEST_OWN_BYTES) {
    const [has, most] = [inWords(bytes.length), inWords(LARGEST_OWN_BYTES)];
    throw new DomainError(
      "invalid",
      `The picture has ${has}; one that is added here may have ${most}. Make it smaller.`,
    );
  }
  const image = await toThumbnail(bytes, THUMBNAIL_EDGE, signal);
  if (!image.ok) throw new DomainError("invalid", `The picture cannot be used: ${image.error}`);
  const at = deps.clock.now();
  const [year, month] = at.toISOString().split("-");
  const hash = createHash("sha256").update(bytes).digest("hex");
  const key = `uploads/${UNOWNED}/${year}/${month}/studio-${hash.slice(0, 16)}.${extensionOf(image.contentType)}`;
  const head = await putOnce(deps, { key, bytes, contentType: image.contentType, signal });
  const { etag, modifiedAt, storageClass } = head;
  await putThumbnail(deps.storage, { key, etag, runId: null }, { body: image.body, signal });
  const listed = { key, etag, bytes: bytes.length, modifiedAt: modifiedAt.getTime(), storageClass, archivedAs: null };
  return deps.db.$write(async (tx) => {
    const { kind, ownerId } = placeOf(key);
    const [id] = await upsertSome(tx, [{ ...listed, kind, ownerId }]);
    if (id === undefined) throw new Error(`${quoteKey(key)} has no row after it was written.`);
    await writeThumbnailFacts(tx, { id, key, etag }, image);
    const sentence = `Added ${quoteKey(key)} in the studio`;
    await recordEvent(tx, { at, actor, action: "image.add", subject: `image:${id}`, sentence, detail: { key } });
    return id;
  });
}

type Put = { key: string; bytes: Buffer; contentType: string; signal: AbortSignal };

/** What lies there already is the same bytes, for its name is their hash. */
async function putOnce(deps: Deps, { key, bytes, contentType, signal }: Put) {
  const { storage } = deps;
  const there = await storage.head(key, { signal });
  if (there?.bytes === bytes.length) return there;
  const { putIfAbsent } = await readAbilities(deps, signal);
  try {
    await storage.put(key, bytes, { contentType, createOnly: putIfAbsent === "honored", signal });
  } catch (error) {
    if (!isStorageError(error) || error.code !== "exists") throw error;
  }
  const head = await storage.head(key, { signal });
  if (!head) throw new DomainError("conflict", `${quoteKey(key)} was taken away as it was put. Add the picture again.`);
  return head;
}
