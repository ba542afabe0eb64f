import pMap from "p-map";
import { holdObject, LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { toModelJpeg } from "~/features/images/pixels/read-image.server";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError, storageFailure } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { DrawRequest, ModelImage } from "~/ports/model/model.server";
import { quoteKey } from "~/quote";
import type { DrawItem, ShownPicture } from "./draw-images";

/**
 * Long side in px of a picture that is shown. A model counts each picture for the same, however large, and fourteen JPEGs of this size,
 * some 0.5 MB each, stay within the 20 MB of a request (ai.google.dev/gemini-api/docs/image-understanding).
 */
const SHOWN_EDGE = 1_536;
const AT_ONCE = 3;

type Read = Pick<DrawRequest, "uploads" | "references" | "base">;
const NAMES = { own: "Your image", reference: "The reference", base: "The base image" };

/** The pictures of an item, as they were planned; or how it ends without a call, since one of them is no longer so. */
export async function readShown(
  ports: Pick<Ports, "storage">,
  { shown, picture }: DrawItem,
  signal: AbortSignal,
): Promise<Read | ItemResult> {
  const read = await pMap(shown, (one) => readOne(ports, one, { picture, signal }), { concurrency: AT_ONCE });
  const ended = read.find((one) => "outcome" in one);
  if (ended && "outcome" in ended) return ended;
  const of = (role: ShownPicture["role"]) =>
    read.flatMap((one, at) => ("bytes" in one && shown[at]?.role === role ? [one] : []));
  const [base] = of("base");
  return { uploads: of("own"), references: of("reference"), ...(base && { base: { image: base } }) };
}

/** How an item ends that shows something which is no longer as it was planned. */
export const stoppedBy = (
  { role, key }: Pick<ShownPicture, "role" | "key">,
  { picture, what }: { picture: number; what: string },
): ItemResult => ({
  outcome: "skipped",
  reason: `${NAMES[role]} ${quoteKey(key)} ${what} since the plan was made, so picture ${picture} was not drawn and nothing was paid for it. Start a new run to draw from what is there now.`,
});

async function readOne(
  { storage }: Pick<Ports, "storage">,
  { role, key, etag, bytes }: ShownPicture,
  { picture, signal }: { picture: number; signal: AbortSignal },
): Promise<ModelImage | ItemResult> {
  const name = `${NAMES[role]} ${quoteKey(key)}`;
  const stopped = (what: string) => stoppedBy({ role, key }, { picture, what });
  try {
    return await holdObject(bytes, async () => {
      const { head, body } = await storage.get(key, { maxBytes: LARGEST_HELD_BYTES, signal });
      if (!(await isAsPlanned(storage, head, etag, signal))) return stopped("was replaced");
      const jpeg = await toModelJpeg(body, SHOWN_EDGE, signal);
      if (jpeg.ok) return { bytes: jpeg.body, contentType: "image/jpeg" };
      const error = `${name} cannot be shown to the model: ${jpeg.error} Nothing was paid.`;
      return { outcome: "failed", errorClass: jpeg.errorClass, error };
    });
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") return stopped("was deleted or moved");
    return storageFailure(error);
  }
}
