import { z } from "zod";
import { plural } from "~/features/format";
import { archivedLeftOut } from "~/features/images/archived";
import { lookForRestored } from "~/features/images/archived.server";
import { type RenderedImage, toThumbnail } from "~/features/images/pixels/read-image.server";
import { renderOriginal } from "~/features/images/pixels/render-original.server";
import { selectedWhere } from "~/features/images/query/image-query.sql.server";
import { rememberUnreadable } from "~/features/images/remember-unreadable.server";
import type { ItemHandler, ItemResult, PlannedItem } from "~/features/job-runs/kinds/handler";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import { storageFailure } from "~/features/storage-failure";
import { failedSince, type ThumbnailBackfill } from "./backfill-thumbnails";
import { type Frozen, putThumbnail, THUMBNAIL_EDGE, writeThumbnailFacts } from "./keep-thumbnail.server";
import { countLeftOut, findImagesToThumbnail } from "./missing-thumbnails.sql.server";
import { undoThumbnails } from "./undo-thumbnails.server";

const PAGE = 1_000;

const plannedItem = z.object({ subject: z.coerce.number().int(), label: z.string(), etag: z.string() });
type Made = Frozen & { runId: number };

type ToThumbnail = Awaited<ReturnType<typeof findImagesToThumbnail>>;

const toItem = ({ id, key, etag, thumbnailEtag }: ToThumbnail[number]): PlannedItem => ({
  subject: String(id),
  label: key,
  etag,
  before: { thumbnailEtag },
  target: { thumbnailEtag: etag },
});

export const backfillThumbnailsHandler: ItemHandler<ThumbnailBackfill> = {
  async *plan({ storage, db, clock }, { payload, signal }) {
    const { force, selection, retryAfterHours } = payload;
    const selected = selection ? selectedWhere(selection, { now: clock.now(), ...(await loadLabelSchema()) }) : null;
    const scope = { force, selected, failedSince: failedSince(clock.now(), payload) };
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
      ...(left.failed > 0
        ? [{ what: `Failed within ${plural(retryAfterHours ?? 0, "hour")}`, count: left.failed }]
        : []),
    ];
    const present = [
      { what: "no thumbnail", count: without },
      { what: "a thumbnail", count: images - without },
    ];
    // One GET of the original and one PUT of the thumbnail.
    return { images, present, leftOut, bytes, s3Calls: images * 2 };
  },

  async apply(ports, item, { signal, runId, payload }) {
    const { subject: id, label: key, etag } = plannedItem.parse(item);
    const planned = { id, key, etag };
    if (!payload.force) {
      const row = await ports.db.image.findUnique({ where: { id }, select: { thumbnailEtag: true } });
      if (row?.thumbnailEtag === etag) return { outcome: "skipped", reason: "It has its thumbnail by now." };
    }
    const thumbnail = await renderOriginal(
      ports,
      planned,
      (bytes) => toThumbnail(bytes, THUMBNAIL_EDGE, signal),
      signal,
    );
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

function rememberThumbnail({ runId, ...planned }: Made, image: RenderedImage & { ok: true }): ItemResult {
  const { width, height, body } = image;
  return {
    outcome: "succeeded",
    after: { thumbnailEtag: planned.etag, width, height, bytes: body.length, runId },
    write: (tx) => writeThumbnailFacts(tx, planned, image),
  };
}
