import { z } from "zod";
import { archivedLeftOut } from "~/features/images/archived";
import { lookForRestored } from "~/features/images/archived.server";
import {
  type Look,
  type RenderedImage,
  toThumbnail,
  type Unreadable,
} from "~/features/images/pixels/read-image.server";
import { renderOriginal } from "~/features/images/pixels/render-original.server";
import { selectedWhere } from "~/features/images/query/image-query.sql.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { unreadableFacts } from "~/features/images/unreadable-facts";
import type { ItemHandler, ItemResult, PlannedItem } from "~/features/job-runs/kinds/handler";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import { storageFailure } from "~/features/storage-failure";
import type { Tx } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";
import type { ThumbnailBackfill } from "./backfill-thumbnails";
import { countLeftOut, findImagesToThumbnail } from "./missing-thumbnails.sql.server";
import { undoThumbnails } from "./undo-thumbnails.server";

/** Long side in px: a card of 256 px on a screen of double density. */
const EDGE = 512;
const PAGE = 1_000;

const plannedItem = z.object({ subject: z.coerce.number().int(), label: z.string(), etag: z.string() });
type Planned = { id: number; key: string; etag: string };
type Made = Planned & { runId: number };

type ToThumbnail = Awaited<ReturnType<typeof findImagesToThumbnail>>;

const toItem = ({ id, key, etag, thumbnailEtag }: ToThumbnail[number]): PlannedItem => ({
  subject: String(id),
  label: key,
  etag,
  before: { thumbnailEtag },
  target: { thumbnailEtag: etag },
});

export const backfillThumbnailsHandler: ItemHandler<ThumbnailBackfill> = {
  async *plan({ storage, db, clock }, { payload: { force, selection }, signal }) {
    const selected = selection ? selectedWhere(selection, { now: clock.now(), ...(await loadLabelSchema()) }) : null;
    const scope = { force, selected };
    let images = 0;
    let bytes = 0;
    let without = 0;
    const add = (page: ToThumbnail) => {
      images += page.length;
      without += page.filter(({ thumbnailEtag }) => thumbnailEtag === null).length;
      for (const image of page) bytes += image.bytes;
      return page.map(toItem);
    };
    const readPage = (last?: { id: number }) =>
      findImagesToThumbnail(db, scope, { afterId: last?.id ?? 0, limit: PAGE });
    const archived = await findImagesToThumbnail(db, scope, { afterId: 0, limit: PAGE, archived: true });
    const restored = await lookForRestored(storage, signal)(archived);
    // An image's history finds it in a run by its id: the restored ones stand among the others, all in this order.
    const waiting = [...restored];
    for await (const page of pagesByKey(PAGE, readPage)) {
      const last = page.at(-1)?.id ?? 0;
      const passed = waiting.filter(({ id }) => id < last);
      waiting.splice(0, passed.length);
      yield add([...page, ...passed].sort((a, b) => a.id - b.id));
    }
    if (waiting.length > 0) yield add(waiting);
    const left = await countLeftOut(db, scope);
    const leftOut = [
      ...(force
        ? []
        : [
            { what: "Already have a thumbnail", count: left.made },
            { what: "Left out as unreadable", count: left.unreadable },
          ]),
      ...archivedLeftOut(left.archived - restored.length),
    ];
    const present = [
      { what: "no thumbnail", count: without },
      { what: "a thumbnail", count: images - without },
    ];
    // One GET of the original and one PUT of the thumbnail.
    return { images, present, leftOut, bytes, s3Calls: images * 2 };
  },

  async apply(ports, item, { signal, runId }) {
    const { subject: id, label: key, etag } = plannedItem.parse(item);
    const planned = { id, key, etag };
    const thumbnail = await renderOriginal(ports, planned, (bytes) => toThumbnail(bytes, EDGE, signal), signal);
    if ("outcome" in thumbnail) return thumbnail;
    if (!thumbnail.ok) return rememberUnreadable(planned, thumbnail);
    const made = { ...planned, runId };
    try {
      await putThumbnail(ports.storage, made, { body: thumbnail.body, signal });
      return rememberThumbnail(made, thumbnail);
    } catch (error) {
      return storageFailure(error);
    }
  },

  undo: undoThumbnails,
};

/** The source's ETag rides along, so that a thumbnail's age can be told from S3 alone; the run, so that only its own undo removes it. */
function putThumbnail(
  storage: Storage,
  { key, etag, runId }: Made,
  { body, signal }: { body: Buffer; signal: AbortSignal },
) {
  return storage.put(thumbnailKey(key), body, {
    contentType: "image/webp",
    metadata: { "source-etag": etag, run: String(runId) },
    cacheControl: "private, max-age=300",
    signal,
  });
}

function rememberThumbnail({ runId, ...planned }: Made, image: RenderedImage & { ok: true }): ItemResult {
  const { contentType, width, height, sha256, body, look } = image;
  return {
    outcome: "succeeded",
    after: { thumbnailEtag: planned.etag, width, height, bytes: body.length, runId },
    async write(tx) {
      const { count } = await updateImage(tx, planned, {
        contentType,
        width,
        height,
        sha256,
        readEtag: planned.etag,
        unreadable: null,
        unreadableClass: null,
        archivedAs: null,
        thumbnailEtag: planned.etag,
      });
      if (count > 0 && look) await rememberLook(tx, planned, look);
    },
  };
}

function rememberLook(tx: Tx, { id, etag }: Planned, { placeholder, perceptualHash }: Look) {
  const look = { etag, placeholder: placeholder && new Uint8Array(placeholder), perceptualHash };
  return tx.imageLook.upsert({ where: { imageId: id }, create: { imageId: id, ...look }, update: look });
}

function rememberUnreadable(planned: Planned, { errorClass, error }: Unreadable): ItemResult {
  const facts = unreadableFacts(planned.etag, { errorClass, error });
  // A thumbnail that was made before shows other bytes, which an undo must not take for these.
  const write = (tx: Tx) => updateImage(tx, planned, { ...facts, thumbnailEtag: null });
  return { outcome: "failed", errorClass, error, write };
}

/**
 * Not when an index run has meanwhile seen other bytes: what was read says nothing about those. Nor when the image has
 * moved: its thumbnail belongs elsewhere now.
 */
function updateImage(tx: Tx, { id, key, etag }: Planned, data: Parameters<Tx["image"]["updateMany"]>[0]["data"]) {
  return tx.image.updateMany({ where: { id, key, etag }, data });
}
