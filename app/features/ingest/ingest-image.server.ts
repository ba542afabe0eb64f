import type { ExternalPlace } from "~/features/generations/external/external-reference";
import {
  readExternal,
  resolveReferences,
  tellWhyNot,
} from "~/features/generations/external/resolve-references.sql.server";
import { upsertSome } from "~/features/images/index/index-images.sql.server";
import { placeOf } from "~/features/images/key-layout";
import { type RenderedImage, toThumbnail } from "~/features/images/pixels/read-image.server";
import type { ItemContext, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { storageFailure } from "~/features/storage-failure";
import { putThumbnail, THUMBNAIL_EDGE, writeThumbnailFacts } from "~/features/thumbnails/keep-thumbnail.server";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { beginPut, type Claim, claimKey, dropIdleClaims } from "./claim-key.server";
import { findThere } from "./claims.sql.server";
import { brokenLine, explainBroken, type IngestItem, ingestItem, ingestTarget } from "./ingest-images";
import { type IngestSource, nameSource } from "./ingest-source";
import { extensionOf, ingestPlace } from "./keys/ingest-key";
import { tidyTopic } from "./keys/slug";
import { findSlugs } from "./keys/topic-slugs.sql.server";
import { putImage } from "./put-image.server";
import { withSource } from "./read-source.server";
import { readStagedLine } from "./staged-ingests.sql.server";

type Rendered = RenderedImage & { ok: true };
type Context = ItemContext<{ importId: number }>;

/**
 * Brings one image home: reads it, judges it whole, gives it its key, puts it and its thumbnail there, and writes its row. Where
 * anything goes wrong its source stays what it was, and the item says why.
 */
export async function ingestImage(ports: Ports, item: OpenItem, context: Context): Promise<ItemResult> {
  const broken = brokenLine.safeParse(item.before).data;
  if (broken) return failed("broken-line", explainBroken(broken));
  const wanted = ingestItem.parse(item.before);
  const result = await bringHome(ports, item, wanted, context);
  const { resolves } = wanted;
  if (!resolves || result.outcome !== "failed") return result;
  const write = async (tx: Tx) => {
    await result.write?.(tx);
    await tellWhyNot(tx, resolves, result.error);
  };
  return { ...result, write };
}

async function bringHome(ports: Ports, item: OpenItem, wanted: IngestItem, context: Context): Promise<ItemResult> {
  const there = ingestTarget.parse(item.target).isThere ? await findThereStill(ports, wanted) : null;
  if (there !== null) return takeThere(ports, wanted, there);
  const { runId, signal } = context;
  const drop = (tx: Tx) => dropIdleClaims(tx, { runId, line: wanted.line });
  const source = await wholeSource(ports, wanted, context.payload.importId);
  if (source === null) return failed("not-found", `${nameOf(wanted)}: its list is not kept any more. Give it again.`);
  try {
    const result = await withSource(
      ports,
      source,
      (bytes) => ingestBytes(ports, { wanted, seq: item.seq, bytes }, context),
      signal,
    );
    return result.outcome === "failed" ? { write: drop, ...result } : result;
  } catch (error) {
    return { ...storageFailure(error), write: drop };
  }
}

/** What the plan found there may have been taken away since. */
async function findThereStill({ db }: Ports, { owner, topic, role, sourceHash }: IngestItem): Promise<string | null> {
  const slug = topic === null ? null : (await findSlugs(db, owner, [topic])).get(tidyTopic(topic));
  return slug === undefined ? null : findThere(db, { owner, place: ingestPlace({ slug, role }), sourceHash });
}

/** Nothing is left to do but to have records name it. */
async function takeThere({ db }: Ports, { resolves }: IngestItem, key: string): Promise<ItemResult> {
  const holds = `${quoteKey(key)} holds this image already.`;
  const image =
    resolves && (await db.image.findUnique({ where: { key }, select: { id: true, key: true, etag: true } }));
  if (!image) return { outcome: "skipped", reason: holds };
  const resolved = await readExternal(db, resolves);
  return {
    outcome: "succeeded",
    after: { key, etag: image.etag, isShared: true, resolved },
    write: (tx) => resolveReferences(tx, resolved, image),
  };
}

async function wholeSource(
  { db }: Ports,
  { source, line }: IngestItem,
  importId: number,
): Promise<IngestSource | null> {
  if (source.kind !== "url") return source;
  return (await readStagedLine(db, importId, line))?.wanted?.source ?? null;
}

async function ingestBytes(
  ports: Ports,
  { wanted, seq, bytes }: { wanted: IngestItem; seq: number; bytes: Buffer },
  context: Context,
): Promise<ItemResult> {
  const { signal } = context;
  const image = await toThumbnail(bytes, THUMBNAIL_EDGE, signal);
  if (!image.ok) return failed(image.errorClass, `${nameOf(wanted)}: ${image.error}`);
  const { sha256, contentType } = image;
  if (wanted.source.kind === "bytes" && wanted.source.sha256 !== sha256) {
    return again(
      "differs",
      `${nameOf(wanted)}: what waits below incoming/ is not what came with the list. Give it again.`,
    );
  }
  if (wanted.source.kind === "upload" && wanted.source.sha256 !== sha256) {
    return failed("differs", `${nameOf(wanted)}: what has arrived is not the file that was chosen. Upload it again.`);
  }
  if (wanted.sha256 && wanted.sha256 !== sha256) {
    return failed("differs", `${nameOf(wanted)}: what lies there now has other bytes than the record tells.`);
  }
  const judged = { wanted, seq, sha256, extension: extensionOf(contentType) };
  const place = async (alone: boolean): Promise<ItemResult> => {
    const claim = await claimKey(ports, judged, context, alone);
    if ("takenKey" in claim) return taken(wanted, claim);
    const put = { key: claim.key, body: bytes, contentType, sha256 };
    const placed = await putImage(ports, put, () => beginPut(ports, claim, context), signal);
    if (placed === "other")
      return claim.isShared ? place(true) : taken(wanted, { takenKey: claim.key, isPassing: false });
    if (placed === "nothing")
      return again("gone", `${quoteKey(claim.key)} was removed as soon as it was there. Retry it.`);
    return finish(ports, { claim, placed, image, runId: context.runId, resolves: wanted.resolves ?? [] }, signal);
  };
  return place(false);
}

type Placed = { claim: Claim; placed: ObjectHead; image: Rendered; runId: number; resolves: ExternalPlace[] };

async function finish(ports: Ports, ingest: Placed, signal: AbortSignal): Promise<ItemResult> {
  const { claim, placed, image, runId } = ingest;
  const { key, etag } = placed;
  const row = await ports.db.image.findUnique({ where: { key, goneAt: null }, select: { thumbnailEtag: true } });
  if (row?.thumbnailEtag !== etag)
    await putThumbnail(ports.storage, { key, etag, runId }, { body: image.body, signal });
  const resolved = ingest.resolves.length > 0 ? await readExternal(ports.db, ingest.resolves) : null;
  return {
    outcome: "succeeded",
    after: { key, etag, isShared: claim.isShared, ...(resolved && { resolved }) },
    write: async (tx) => {
      const id = await writeFacts(tx, ingest);
      if (id !== null && resolved) await resolveReferences(tx, resolved, { id, key, etag });
    },
  };
}

/** Its row as an index run would write it, with what its bytes told; and its claim is a fact. */
async function writeFacts(tx: Tx, { claim, placed, image }: Placed): Promise<number | null> {
  const { key, etag, bytes, modifiedAt, storageClass } = placed;
  const listed = { key, etag, bytes, modifiedAt: modifiedAt.getTime(), storageClass, archivedAs: null };
  const { kind, ownerId } = placeOf(key);
  const [imageId = null] = await upsertSome(tx, [{ ...listed, kind, ownerId }]);
  if (imageId !== null) await writeThumbnailFacts(tx, { id: imageId, key, etag }, image);
  const { mark } = await tx.ingestedImage.findUniqueOrThrow({ where: { id: claim.id }, select: { mark: true } });
  const isMaker = mark !== null && placed.metadata.mark === mark;
  await tx.ingestedImage.update({ where: { id: claim.id }, data: { etag, imageId, isMaker } });
  return imageId;
}

const nameOf = ({ line, source }: IngestItem) => `Line ${line}, ${quoteKey(nameSource(source))}`;

const failed = (errorClass: string, error: string) => ({ outcome: "failed" as const, errorClass, error });
const again = (errorClass: string, error: string) => ({ ...failed(errorClass, error), retryable: true });

const taken = (wanted: IngestItem, { takenKey, isPassing }: { takenKey: string; isPassing: boolean }): ItemResult =>
  isPassing
    ? again(
        "key-taken",
        `${nameOf(wanted)}: another line has ${quoteKey(takenKey)}, or a run is about to take it away. Retry it.`,
      )
    : failed(
        "key-taken",
        `${nameOf(wanted)}: ${quoteKey(takenKey)} holds another image. Remove that one first, or give another topic or role.`,
      );
