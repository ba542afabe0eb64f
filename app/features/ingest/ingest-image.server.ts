import type { z } from "zod";
import { upsertSome } from "~/features/images/index/index-images.sql.server";
import { imageKind, ownerFromKey } from "~/features/images/key-layout";
import { type RenderedImage, toThumbnail } from "~/features/images/pixels/read-image.server";
import type { ItemContext, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { storageFailure } from "~/features/storage-failure";
import { putThumbnail, THUMBNAIL_EDGE, writeThumbnailFacts } from "~/features/thumbnails/keep-thumbnail.server";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { claimKey, dropClaim } from "./claim-key.server";
import { brokenLine, ingestItem, ingestTarget } from "./ingest-images";
import { nameSource } from "./ingest-source";
import { extensionOf } from "./keys/ingest-key";
import { putImage } from "./put-image.server";
import { withSource } from "./read-source.server";

type Readable = RenderedImage & { ok: true };
type Wanted = z.infer<typeof ingestItem>;

/**
 * Brings one image home: reads it, judges it whole, gives it its key, puts it and its thumbnail there, and writes its row. Where
 * anything goes wrong its source stays what it was, and the item says why.
 */
export async function ingestImage(ports: Ports, item: OpenItem, context: ItemContext<unknown>): Promise<ItemResult> {
  const broken = brokenLine.safeParse(item.before).data;
  if (broken) return failed("broken-line", `Line ${broken.line} ${broken.problem}.`);
  const wanted = ingestItem.parse(item.before);
  const { place, isThere } = ingestTarget.parse(item.target);
  if (isThere) return { outcome: "skipped", reason: `${quoteKey(place)} holds this image already.` };
  const { runId } = context;
  const drop = (tx: Tx) => dropClaim(tx, { runId, line: wanted.line });
  try {
    const result = await withSource(
      ports,
      wanted.source,
      (bytes) => ingestBytes(ports, wanted, bytes, context),
      context.signal,
    );
    return result.outcome === "failed" ? { write: drop, ...result } : result;
  } catch (error) {
    return { ...storageFailure(error), write: drop };
  }
}

async function ingestBytes(
  ports: Ports,
  wanted: Wanted,
  bytes: Buffer,
  context: ItemContext<unknown>,
): Promise<ItemResult> {
  const { runId, signal } = context;
  const image = await toThumbnail(bytes, THUMBNAIL_EDGE, signal);
  if (!image.ok) return failed(image.errorClass, `${nameOf(wanted)}: ${image.error}`);
  const { sha256, contentType } = image;
  const claim = { wanted, line: wanted.line, sha256, extension: extensionOf(contentType) };
  const claimed = await claimKey(ports, claim, context);
  if ("takenKey" in claimed) return taken(claimed.takenKey, wanted);
  const { key, isShared } = claimed;
  const placed = await putImage(ports, { key, body: bytes, contentType, sha256, runId }, signal);
  if (placed === "other") return taken(key, wanted);
  if (placed === "nothing") {
    return { ...failed("gone", `${quoteKey(key)} was removed as soon as it was there. Retry it.`), retryable: true };
  }
  const { etag } = placed;
  const row = await ports.db.image.findUnique({ where: { key }, select: { thumbnailEtag: true } });
  if (row?.thumbnailEtag !== etag)
    await putThumbnail(ports.storage, { key, etag, runId }, { body: image.body, signal });
  return {
    outcome: "succeeded",
    after: { key, etag, isShared },
    write: (tx) => writeIngested(tx, { placed, image, runId, line: wanted.line, key }),
  };
}

/** Its row as an index run would write it, with what its bytes told; and its claim is a fact. */
async function writeIngested(
  tx: Tx,
  ingested: { placed: ObjectHead; image: Readable; runId: number; line: number; key: string },
): Promise<void> {
  const { placed, image, runId, line, key } = ingested;
  const { etag, bytes, modifiedAt } = placed;
  const listed = { key, etag, bytes, modifiedAt: modifiedAt.getTime(), storageClass: null, archivedAs: null };
  const [id] = await upsertSome(tx, [{ ...listed, kind: imageKind(key), ownerId: ownerFromKey(key) }]);
  if (id !== undefined) await writeThumbnailFacts(tx, { id, key, etag }, image);
  const isMaker = placed.metadata.run === String(runId);
  await tx.ingestedImage.updateMany({ where: { runId, line }, data: { etag, isMaker } });
}

const nameOf = ({ line, source }: Wanted) => `Line ${line}, ${quoteKey(nameSource(source))}`;

const failed = (errorClass: string, error: string) => ({ outcome: "failed" as const, errorClass, error });

const taken = (key: string, wanted: Wanted) =>
  failed(
    "key-taken",
    `${nameOf(wanted)}: ${quoteKey(key)} holds another image. Remove that one first, or give another topic or role.`,
  );
