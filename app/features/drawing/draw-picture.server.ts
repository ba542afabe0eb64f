import { toThumbnail } from "~/features/images/pixels/read-image.server";
import type { ItemContext, ItemResult } from "~/features/job-runs/kinds/handler";
import { askWithPatience } from "~/features/model-calls/ask-with-patience.server";
import { storageFailure } from "~/features/storage-failure";
import { putThumbnail, THUMBNAIL_EDGE } from "~/features/thumbnails/keep-thumbnail.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import type { DrawnState } from "./draw-images";
import { countEnded } from "./draw-ledger.sql.server";
import { instructionOf } from "./draw-request";
import { patienceOf } from "./draw-terms.server";
import { findMade, type MadePicture } from "./made-picture.server";
import { makeDrawCall } from "./make-draw-call.server";
import { readMaskedEdit } from "./masked-edit.server";
import { readShown } from "./read-shown.server";
import { type NoPicture, settleFound } from "./settle-drawing.server";
import { type Drawing, writeDrawn, writeNotDrawn } from "./write-drawn.server";

/** So many answers without a picture, for a reason that is worth one more try, and the item has failed. */
const ANSWERS_WITHOUT = 2;

type Context = ItemContext<unknown>;

/** Draws one picture, unless it lies in the bucket already: then only its row and record are written. */
export async function drawPicture(ports: Ports, drawing: Drawing, context: Context): Promise<ItemResult> {
  const { run, request, item } = drawing;
  const place = { ...run, ownerId: request.ownerId };
  try {
    const found = await findMade(ports, place, item.picture, context.signal);
    const made = found ?? (await ask(ports, drawing, context));
    if ("outcome" in made) return made;
    return await finish(ports, drawing, made, context);
  } catch (error) {
    return storageFailure(error);
  }
}

async function ask(ports: Ports, drawing: Drawing, context: Context): Promise<MadePicture | ItemResult> {
  const { item, seq, run, request, take } = drawing;
  const { signal, runId } = context;
  const shown = await readShown(ports, item, signal);
  if ("outcome" in shown) return shown;
  const edit = request.mask === null ? null : await readMaskedEdit(ports, item, { runId, signal });
  if (edit && "outcome" in edit) return edit;
  const { base } = shown;
  const masked = edit && base && { base: { ...base, mask: { bytes: edit.mask, contentType: "image/png" } } };
  const asked = {
    seq,
    edit,
    picture: item.picture,
    request,
    sent: { instruction: instructionOf(request, take), ...shown, ...masked },
  };
  const ofItem = { runId, seq };
  const patience = patienceOf(ports.db, runId);
  const patiently = askWithPatience(
    ports,
    { patience, countFailed: () => countEnded(ports, ofItem, ["failed"]) },
    context,
  );
  for (;;) {
    const end = await patiently(() => makeDrawCall(ports, run, asked, context));
    if ("outcome" in end) return end;
    if (end.kind === "drawn") return end.made;
    if (end.kind === "failed") {
      return { outcome: "failed", errorClass: "model-failed", error: `Picture ${item.picture}: ${end.reason}` };
    }
    // A retry of the item counts on from here, so that it has as many again.
    const without = await countEnded(ports, ofItem, ["no-image", "invalid"]);
    const isLast = end.kind === "refused" || end.errorClass === "not-stored" || without % ANSWERS_WITHOUT === 0;
    if (isLast) return notDrawn(ports, drawing, end);
  }
}

function notDrawn({ clock }: Ports, drawing: Drawing, { errorClass, error, finishReason }: NoPicture): ItemResult {
  const at = clock.now();
  return {
    outcome: "failed",
    errorClass,
    error: `Picture ${drawing.item.picture}: ${error}`,
    write: (tx) => writeNotDrawn(tx, { ...drawing, at }, { finishReason, error }),
  };
}

/** Its thumbnail, then its row, record and outcome in one transaction. */
async function finish(ports: Ports, drawing: Drawing, made: MadePicture, context: Context): Promise<ItemResult> {
  const { signal, runId } = context;
  const { head, body, answer } = made;
  const { key, etag, bytes } = head;
  const image = await toThumbnail(body, THUMBNAIL_EDGE, signal);
  if (!image.ok) return { outcome: "failed", errorClass: image.errorClass, error: `${quoteKey(key)}: ${image.error}` };
  await putThumbnail(ports.storage, { key, etag, runId }, { body: image.body, signal });
  const at = ports.clock.now();
  const after: DrawnState = { key, etag, bytes, ...(answer.notes.length > 0 && { notes: answer.notes }) };
  return {
    outcome: "succeeded",
    after,
    write: async (tx) => {
      await settleFound(tx, drawing.run, { seq: drawing.seq, made, at });
      await writeDrawn(tx, { ...drawing, at }, { made, image });
    },
  };
}
