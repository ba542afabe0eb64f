import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { createBudget } from "~/features/budget";
import { count } from "~/features/format";
import { DECODE_SECONDS, type Decoder, type GaveUp, startDecoder } from "./apart/decoder.server";
import type { ConversionForm } from "./rendering/convert-image.server";
import { DECODE_BUDGET_BYTES } from "./rendering/decode-memory";
import type { Form, Lossy, RenderedImage, Rendering, Unreadable } from "./rendering/render-image.server";

export type { ConversionForm, Loss } from "./rendering/convert-image.server";
export type { Look } from "./rendering/describe-look.server";
export type { Lossy, RenderedImage, Unreadable } from "./rendering/render-image.server";

/** One a core, and one that is given its picture meanwhile. */
const PLACES = Math.min(availableParallelism() + 1, 8);
/** A picture that takes longer gives its place to the next, and goes on beside it: however slow some are, others go through. */
const PLACE_MS = 4_000;
/** One that had nothing to do for so long is let go. */
const IDLE_MS = 30_000;
/** One that holds more than this once its picture is done keeps it for nothing (the allocator's leftovers). */
const LARGE_BYTES = 144 * 1024 * 1024;

const takePlace = createBudget(PLACES);
/** One for the process, whoever asks: a backfill and a label run share it. */
const spendMemory = createBudget(DECODE_BUDGET_BYTES);

/** A picture that takes most of it is decoded without children that wait: two of them hold 170 to 300 MB. */
function withMemory<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  return spendMemory(bytes, () => {
    if (bytes > DECODE_BUDGET_BYTES / 2) letGoOfIdle();
    return work();
  });
}

/**
 * A WebP of at most `edge` px on its long side: upright, sRGB, 8 bit, first frame only, transparency kept, no metadata.
 * Never enlarged.
 *
 * As all decoding it is done in a child process, which is killed when it takes longer than 20 s or more memory than such
 * a picture needs (docs/decisions/054-decoding-in-children.md).
 * @throws the signal's reason once that is aborted
 */
export function toThumbnail(bytes: Buffer, edge: number, signal?: AbortSignal): Promise<RenderedImage> {
  return scale(bytes, { kind: "thumbnail", edge }, signal);
}

/**
 * A JPEG for a model: as `toThumbnail`, but on white where it is transparent. The same bytes in give the same bytes out
 * with one version of sharp.
 */
export function toModelJpeg(bytes: Buffer, edge: number, signal?: AbortSignal): Promise<RenderedImage> {
  return scale(bytes, { kind: "model-jpeg", edge }, signal);
}

async function scale(...asked: Parameters<typeof render>): Promise<RenderedImage> {
  const image = await render(...asked);
  if ("loses" in image) throw new Error("What is scaled may lose what it likes.");
  return image;
}

/**
 * The whole picture in another format (docs/decisions/062-converting-images.md), or what it would lose by that. The same bytes in give the
 * same bytes out with one version of sharp.
 */
export function toOtherFormat(
  bytes: Buffer,
  form: ConversionForm,
  signal?: AbortSignal,
): Promise<RenderedImage | Lossy> {
  return render(bytes, form, signal);
}

async function render(bytes: Buffer, form: Form, signal?: AbortSignal): Promise<Rendering> {
  const first = await inPlace(() => renderApart(bytes, form, { signal, withMemory }));
  if (!("gaveUp" in first)) return first;
  if (first.gaveUp !== "child") return explain(first);
  // A child that ended by itself may have been killed because of what others held: once more, with nothing beside it.
  const alone = <T>(_: number, work: () => Promise<T>) => withMemory(DECODE_BUDGET_BYTES, work);
  const second = await inPlace(() => renderApart(bytes, form, { signal, withMemory: alone }));
  return "gaveUp" in second ? explain(second) : second;
}

async function inPlace<T>(work: () => Promise<T>): Promise<T> {
  const { result } = await takePlace(1, async () => {
    const result = work();
    const over = new AbortController();
    const ended = result.catch(() => {}).finally(() => over.abort());
    await Promise.race([ended, sleep(PLACE_MS, undefined, over).catch(() => {})]);
    return { result };
  });
  return result;
}

const idle: { decoder: Decoder; letGo: NodeJS.Timeout }[] = [];

function letGoOfIdle() {
  for (const { decoder, letGo } of idle.splice(0)) {
    clearTimeout(letGo);
    decoder.kill();
  }
}

/** By the child that was busy last, so that those which are not needed grow old. */
async function renderApart(
  bytes: Buffer,
  form: Form,
  asked: Parameters<Decoder["render"]>[2],
): Promise<Rendering | GaveUp> {
  asked.signal?.throwIfAborted();
  const last = idle.pop();
  clearTimeout(last?.letGo);
  const decoder = last?.decoder.isAlive() ? last.decoder : startDecoder();
  try {
    return await decoder.render(bytes, form, asked);
  } finally {
    if (decoder.isAlive()) await keep(decoder);
  }
}

async function keep(decoder: Decoder) {
  if ((await decoder.size()) > LARGE_BYTES) return decoder.kill();
  const letGo = setTimeout(decoder.kill, IDLE_MS).unref();
  idle.push({ decoder, letGo });
}

const reasons: Record<GaveUp["gaveUp"], Unreadable> = {
  time: {
    ok: false,
    errorClass: "too-slow",
    error: `The image took longer than ${count(DECODE_SECONDS)} s to decode, and was given up. Save it again, smaller or in another format.`,
  },
  memory: {
    ok: false,
    errorClass: "too-large",
    error:
      "Decoding the image took much more memory than its size would need, and was stopped. Save it again, smaller or in another format.",
  },
  child: {
    ok: false,
    errorClass: "undecodable",
    error: "The program that decodes images ended twice while it read this one. Save it again, or in another format.",
  },
};

const explain = ({ gaveUp }: GaveUp): Unreadable => reasons[gaveUp];
