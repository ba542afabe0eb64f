import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { holdObject, LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { extensionOf } from "~/features/ingest/keys/ingest-key";
import { readAbilities } from "~/features/storage/read-abilities.server";
import { isStorageError } from "~/features/storage-failure";
import type { ImageType } from "~/image-type";
import type { Ports } from "~/ports/index.server";
import type { ObjectHead } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import { type DrawingsPlace, drawingKeyStem } from "./drawing-key";

const usage = z.object({
  text: z.number(),
  image: z.number(),
  cached: z.number(),
  output: z.number(),
  thoughts: z.number(),
  outputPicture: z.number(),
});

/** What a model said beside a picture; it lies with the object, so that a record can be made of that alone. */
const answer = z.object({
  /** The mark of the call that was paid for it. */
  call: z.string(),
  usage: usage.nullable(),
  modelVersion: z.string().nullable(),
  finishReason: z.string().nullable(),
  notes: z.array(z.string()),
});
export type PictureAnswer = z.infer<typeof answer>;

/** A picture that lies in the bucket. */
export type MadePicture = { head: ObjectHead; body: Buffer; answer: PictureAnswer };

/** Metadata of an object are ASCII. */
const toMetadata = (said: PictureAnswer, runId: number) => ({
  run: String(runId),
  drawing: encodeURIComponent(JSON.stringify(said)),
});

function readMetadata(metadata: Record<string, string>): PictureAnswer | null {
  try {
    return answer.parse(JSON.parse(decodeURIComponent(metadata.drawing ?? "")));
  } catch {
    return null;
  }
}

/**
 * The picture that was drawn for an item before: its worker died before it could say so. Null: none lies there.
 * @throws StorageError
 */
export async function findMade(
  { storage }: Pick<Ports, "storage">,
  place: DrawingsPlace,
  picture: number,
  signal: AbortSignal,
): Promise<MadePicture | null> {
  for await (const { objects } of storage.list({ prefix: drawingKeyStem(place, picture), signal })) {
    for (const { key, bytes } of objects) {
      const made = await holdObject(bytes, async () => {
        const { head, body } = await storage.get(key, { maxBytes: LARGEST_HELD_BYTES, signal });
        const said = readMetadata(head.metadata);
        return said && { head, body, answer: said };
      });
      if (made) return made;
    }
  }
  return null;
}

/** Waits before an object is put again: what it holds is paid. */
const PUT_AGAIN_AFTER_MS = [500, 2_000, 8_000, 20_000];

/**
 * Puts a picture to its key. A store that is not there for the moment is waited for. What another worker has put for the same item
 * stays, and is given back.
 * @throws StorageError
 */
export async function putMade(
  ports: Pick<Ports, "storage" | "db" | "clock" | "log">,
  place: DrawingsPlace,
  {
    bytes,
    contentType,
    said,
    picture,
  }: { bytes: Buffer; contentType: ImageType; said: PictureAnswer; picture: number },
  signal: AbortSignal,
): Promise<MadePicture> {
  const key = `${drawingKeyStem(place, picture)}${extensionOf(contentType)}`;
  for (let tries = 0; ; tries++) {
    try {
      const { putIfAbsent } = await readAbilities(ports, signal);
      await ports.storage.put(key, bytes, {
        contentType,
        metadata: toMetadata(said, place.runId),
        cacheControl: "public, max-age=31536000, immutable",
        createOnly: putIfAbsent === "honored",
        signal,
      });
    } catch (error) {
      if (!isStorageError(error)) throw error;
      const waitMs = PUT_AGAIN_AFTER_MS[tries];
      if (error.code !== "exists" && (!error.retryable || waitMs === undefined)) throw error;
      if (error.code !== "exists") {
        await sleep(waitMs, undefined, { signal });
        continue;
      }
    }
    const head = await ports.storage.head(key, { signal });
    const there = head && readMetadata(head.metadata);
    if (head && there?.call === said.call) return { head, body: bytes, answer: said };
    const other = await findMade(ports, place, picture, signal);
    if (other) return other;
    if (tries >= PUT_AGAIN_AFTER_MS.length) throw new Error(`${quoteKey(key)} is taken away as soon as it is put.`);
  }
}
