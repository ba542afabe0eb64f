import { createHash } from "node:crypto";
import { upsertSome } from "~/features/images/index/index-images.sql.server";
import { placeOf } from "~/features/images/key-layout";
import type { RenderedImage } from "~/features/images/pixels/read-image.server";
import { writeThumbnailFacts } from "~/features/thumbnails/keep-thumbnail.server";
import type { Tx } from "~/ports/db.server";
import type { DrawItem, ShownPicture } from "./draw-images";
import { type DrawRequest, modeName, TRIAL_MODE } from "./draw-request";
import type { DrawTerms } from "./draw-terms.server";
import type { MadePicture } from "./made-picture.server";

/** Of a trial: the generation that is drawn once more, and whether with the reference of now or with the one to come. */
export type TrialOf = { generation: string; reference: "old" | "new" };

/** One picture that is to be drawn; `take`: which of the pictures of its request it is: 1, 2, … */
export type Drawing = {
  item: DrawItem;
  seq: number;
  run: DrawTerms;
  request: DrawRequest;
  take: number;
  trial: TrialOf | null;
};
type Ending = Drawing & { at: Date };
type Rendered = RenderedImage & { ok: true };

/** The row of a picture that lies in the bucket, as an index run would write it, with what its bytes told; and how it came to be. */
export async function writeDrawn(
  tx: Tx,
  drawing: Ending,
  { made, image }: { made: MadePicture; image: Rendered },
): Promise<void> {
  const { key, etag, bytes, modifiedAt, storageClass } = made.head;
  const { kind, ownerId } = placeOf(key);
  const listed = { key, etag, bytes, modifiedAt: modifiedAt.getTime(), storageClass, archivedAs: null };
  const [imageId = null] = await upsertSome(tx, [{ ...listed, kind, ownerId }]);
  if (imageId !== null) await writeThumbnailFacts(tx, { id: imageId, key, etag }, image);
  const { modelVersion, finishReason, notes } = made.answer;
  await writeGeneration(tx, drawing, { imageId, key, finishReason, more: { modelVersion, notes } });
}

/** A record of a picture that was asked for and is none. */
export const writeNotDrawn = (
  tx: Tx,
  drawing: Ending,
  { finishReason, error }: { finishReason: string | null; error: string },
): Promise<void> => writeGeneration(tx, drawing, { imageId: null, key: null, finishReason, more: { error } });

type Ended = { imageId: number | null; key: string | null; finishReason: string | null; more: object };

/** One record an item, whatever tries it took; what it cost in all is a part of it. */
async function writeGeneration(
  tx: Tx,
  { item, seq, run, request, take, trial, at }: Ending,
  ended: Ended,
): Promise<void> {
  const { runId, mark, model } = run;
  const id = `studio-${runId}-${mark}-${item.picture}`;
  const { _sum } = await tx.drawCall.aggregate({ where: { drawRunId: runId, seq }, _sum: { usd: true } });
  const { imageId, key, finishReason, more } = ended;
  const mode = trial === null ? modeName(request) : TRIAL_MODE;
  const { size, aspectRatio, references } = request;
  const record = JSON.stringify({
    ...{ id, prompt: request.prompt, owner: request.ownerId, model, mode, finishReason, createdAt: at.getTime() },
    image: key === null ? null : toldAs(key, null),
    references: item.shown.map((one) => toldAs(one.key, one.etag)),
    more: {
      ...{ runId, picture: take, of: request.count, size, aspectRatio, injected: references, usd: _sum.usd },
      ...(request.mask !== null && { mask: request.mask }),
      ...(trial && { trial }),
      shownAs: item.shown.map(({ role }) => role),
      ...more,
    },
  });
  const data = {
    ...{ imageId, prompt: request.prompt, model, mode, finishReason, createdAt: at, told: key, record },
    hash: createHash("sha256").update(record).digest("hex"),
  };
  await tx.generation.upsert({ where: { id }, create: { id, ...data }, update: data });
  await tx.generationReference.deleteMany({ where: { generationId: id } });
  const ofRecord = { generationId: id, createdAt: at };
  await tx.generationReference.createMany({
    data: item.shown.map((one, index) => ({ ...toReference(one), ...ofRecord, position: index + 1 })),
  });
}

const toldAs = (told: string, etag: string | null) => ({ told, isPayload: false, sha256: null, etag });

const toReference = ({ imageId, key, etag }: ShownPicture) => ({ imageId, key, etag });
