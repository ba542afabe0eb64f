import { toInpainted, toThumbnail } from "~/features/images/pixels/read-image.server";
import { billOfFailure } from "~/features/model-calls/bill";
import { isStorageError } from "~/features/storage-failure";
import { THUMBNAIL_EDGE } from "~/features/thumbnails/keep-thumbnail.server";
import type { DrawCall, Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { DrawResult, Failure } from "~/ports/model/model.server";
import { quote } from "~/quote";
import type { AskedPicture } from "./asked-picture";
import { billOfDrawing } from "./bill-drawing";
import type { ReservedDrawing } from "./draw-ledger.sql.server";
import type { DrawTerms } from "./draw-terms.server";
import { type MadePicture, putMade } from "./made-picture.server";

/** Why there is no picture, and what was paid for it: a class to group it by, and a text of whole sentences. */
export type NoPicture = { errorClass: string; error: string; finishReason: string | null };

/** How a call ended that the model answered. `invalid`: with something of no use. */
export type DrawEnd = { kind: "drawn"; made: MadePicture } | ({ kind: "refused" | "no-image" | "invalid" } & NoPicture);

type SettledCall = Pick<AskedPicture, "picture" | "request" | "edit"> & {
  reserved: ReservedDrawing;
  reservedUsd: number | null;
};

/**
 * Keeps what a call brought: the picture in the bucket first, then the call with its dollars. A worker that dies between the two
 * leaves an object that tells which call it is of.
 */
export async function settleDrawing(
  ports: Ports,
  run: DrawTerms,
  call: SettledCall,
  result: DrawResult,
  signal: AbortSignal,
): Promise<DrawEnd | Failure> {
  const { db } = ports;
  const { reserved } = call;
  const settle = (outcome: string, data: Settled) =>
    db.$write((tx) => close(tx, ports, reserved, { outcome, ...data }));
  if (!("usage" in result)) {
    const reason = result.reason;
    await settle(result.kind, { reason, rawResponse: result.raw, ...billOfFailure(result) });
    return result;
  }
  const { raw, usage, modelVersion } = result;
  const { price } = run.factsAt(reserved.at);
  const isFree = "billed" in result && result.billed === "no";
  const bill = isFree ? { usd: 0 } : billOfDrawing(usage, { price, reservedUsd: call.reservedUsd });
  const answered = { rawResponse: raw, modelVersion, ...bill };
  if (result.kind === "refused" || result.kind === "no-image") {
    const { code, said, reason, advice, cost } = result;
    await settle(result.kind, { ...answered, reason, reasonCode: code, said });
    const words = said === null ? "" : ` It says: ${quote(said)}`;
    return {
      kind: result.kind,
      errorClass: classOfReason(code ?? result.kind),
      error: `${reason}${code === null ? "" : ` (${code})`} ${advice} ${cost}${words}`,
      finishReason: code,
    };
  }
  const invalid = async (reason: string): Promise<DrawEnd> => {
    await settle("invalid", { ...answered, reason });
    const error = `${reason} Draw it again. What Gemini charges for it counts.`;
    return { kind: "invalid", errorClass: "no-picture", error, finishReason: result.finishReason };
  };
  if (result.kind === "failed") return invalid(result.reason);
  const { bytes } = result.image;
  const whole = await toThumbnail(bytes, THUMBNAIL_EDGE);
  if (!whole.ok) return invalid(`Gemini’s picture cannot be read: ${whole.error}`);
  const composed = call.edit && (await toInpainted({ ...call.edit, answer: bytes }, signal));
  if (composed && !composed.ok) return invalid(`Gemini’s picture cannot be put into the base image: ${composed.error}`);
  const { notes, finishReason } = result;
  const said = { call: reserved.mark, usage, modelVersion, finishReason, notes };
  const place = { ...run, ownerId: call.request.ownerId };
  const picture = composed
    ? { bytes: composed.body, contentType: "image/png" as const }
    : { bytes, contentType: whole.contentType };
  const put = { ...picture, said, picture: call.picture };
  const made = await putMade(ports, place, put, signal).catch((error) => {
    if (!isStorageError(error)) throw error;
    return error;
  });
  if ("code" in made) {
    await settle("invalid", { ...answered, reason: made.message });
    const error = `The picture was drawn and is paid, but could not be stored: ${made.message} Retrying draws and pays it again.`;
    return { kind: "invalid", errorClass: "not-stored", error, finishReason };
  }
  await settle("drawn", { ...answered, reasonCode: finishReason });
  return { kind: "drawn", made };
}

type Settled = Partial<Omit<DrawCall, "id" | "drawRunId" | "outcome" | "finishedAt">>;

const close = (
  tx: Tx,
  { clock }: Pick<Ports, "clock">,
  { callId }: ReservedDrawing,
  data: Settled & { outcome: string },
) => tx.drawCall.update({ where: { id: callId }, data: { ...data, finishedAt: clock.now() } });

/** IMAGE_SAFETY → image-safety */
const classOfReason = (code: string) => code.toLowerCase().replaceAll("_", "-");

/**
 * Records the call of a picture that lies in the bucket, where its worker died before it could, or its row is lost with a database that
 * was put back.
 */
export async function settleFound(
  tx: Tx,
  run: DrawTerms,
  { seq, made, at }: { seq: number; made: MadePicture; at: Date },
): Promise<void> {
  const { call: mark, usage, modelVersion, finishReason } = made.answer;
  const row = await tx.drawCall.findUnique({ where: { mark } });
  if (row && row.outcome !== "reserved") return;
  const bill = billOfDrawing(usage, { price: run.factsAt(at).price, reservedUsd: row?.reservedUsd ?? null });
  const data = { outcome: "drawn", reasonCode: finishReason, modelVersion, ...bill, finishedAt: at };
  const lost = { drawRunId: run.runId, seq, mark, model: run.model, reservedUsd: bill.usd ?? 0, createdAt: at };
  await tx.drawCall.upsert({ where: { mark }, create: { ...lost, ...data, expectedTokens: 0 }, update: data });
}
