import { createHash } from "node:crypto";
import { moveSkipped, needsConsent, whyStays } from "~/features/images/move/object-move";
import { isMarkedFor } from "~/features/images/move/own-copy.server";
import { put, putNew } from "~/features/images/move/put-with-extras.server";
import { findObject } from "~/features/images/objects/object-content.server";
import { readExtras } from "~/features/images/objects/object-extras.server";
import type { ItemContext, ItemResult } from "~/features/job-runs/kinds/handler";
import type { StoreAbilities } from "~/features/storage/abilities";
import { placingOf } from "~/features/storage/placing";
import { readAbilities } from "~/features/storage/read-abilities.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead, Storage } from "~/ports/storage.server";

/** A conversion, as the mark of what it puts names it. */
export type Converting = { from: string; fromEtag: string; to: string };

/** What lies at the key of a conversion. `own`: put there for just this source, by whichever attempt. */
type There = { head: ObjectHead; sha256: string; own: boolean };

type Converted = { source: ObjectHead; body: Buffer; contentType: string };

/**
 * Puts a converted image where nothing lies, with what hung on its original, and reads it back. Its mark names the source and the bytes, so that
 * it is known for ours whatever became of the database.
 * @returns how it lies there, or how the item ended where something else does
 */
export async function placeConverted(
  ports: Ports,
  converting: Converting,
  { source, body, contentType }: Converted,
  context: ItemContext<unknown>,
): Promise<{ etag: string; sha256: string } | ItemResult> {
  const { db, storage } = ports;
  const { from, to } = converting;
  const { signal } = context;
  const sha256 = createHash("sha256").update(body).digest("hex");
  const abilities = await readAbilities(ports, signal);
  const there = await findThere(ports, converting, signal);
  if (!there) {
    if (placingOf(abilities) === "window" && !context.hasConsent) return needsConsent(converting);
    const head = { ...source, contentType, contentDisposition: withoutName(source.contentDisposition) };
    const extras = await readExtras(storage, abilities, source, signal);
    const copy = { move: converting, source: { head, body, sha256 }, extras, context, needsMark: true };
    // What follows at once is this worker's alone to do.
    await db.$write((tx) => context.hold(tx));
    if (abilities.putIfAbsent !== "honored") await put(storage, copy);
    // Where versions are suspended, what a delete leaves counts as an object, and nothing but a plain put goes over it.
    else if ((await putNew(storage, copy)) === "exists" && !(await storage.head(to, { signal })))
      await put(storage, copy);
  }
  const placed = there ?? (await findThere(ports, converting, signal));
  if (!placed?.own || placed.sha256 !== sha256) return moveSkipped(whyStays.taken(from, to));
  if (await uncover(storage, abilities, converting, signal)) return moveSkipped(whyStays.replacedThere(from, to));
  return { etag: placed.head.etag, sha256 };
}

/**
 * Makes current again what someone else put there between the look and our put, where the store cannot refuse that and keeps versions: it then lies
 * below ours. What lay there before was deleted, so no version below a marker counts.
 * @returns whether there was such an object
 */
async function uncover(
  storage: Storage,
  abilities: StoreAbilities,
  converting: Converting,
  signal: AbortSignal,
): Promise<boolean> {
  if (placingOf(abilities) !== "versions" || abilities.putIfAbsent === "honored") return false;
  const { to } = converting;
  const own: string[] = [];
  for (const { versionId, isMarker } of await storage.versions(to, { signal })) {
    if (isMarker) return false;
    const found = await findObject(storage, to, { versionId, signal });
    if (isMarkedFor(found, converting)) own.push(versionId);
    else {
      for (const ours of own) await storage.delete(to, { versionId: ours, signal });
      return true;
    }
  }
  return false;
}

/** What a conversion has put, or someone else has, at its key; null: nothing lies there. */
export async function findThere(
  { storage }: Pick<Ports, "storage">,
  converting: Converting,
  signal: AbortSignal,
): Promise<There | null> {
  const head = await storage.head(converting.to, { signal });
  if (!head) return null;
  const found = await findObject(storage, converting.to, { signal });
  if (found === null) return null;
  if (found === "too-large") return { head, sha256: "", own: false };
  return { head: found.head, sha256: found.sha256, own: isMarkedFor(found, converting) };
}

/** A name for whoever keeps the file would be that of another format. */
const withoutName = (disposition: string | undefined) => (disposition?.includes("filename") ? undefined : disposition);
