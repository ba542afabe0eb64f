import { createHash } from "node:crypto";
import { DomainError } from "~/features/domain-error";
import { bytes as inWords } from "~/features/format";
import { holdObject } from "~/features/images/objects/held-objects";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import { type Inpainted, toInpainted } from "~/features/images/pixels/read-image.server";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { LARGEST_MASK_BYTES, LARGEST_MASKED_BYTES } from "./mask-limits";

/** An image that a mask is painted on. */
export type MaskedBase = { key: string; etag: string; bytes: number | null };

/** A mask that fits its base: white where it is painted, black elsewhere, opaque, whatever it was painted with. */
export type CheckedMask = { png: Buffer; sha256: string; width: number; height: number; paintedPixels: number };

/**
 * A mask as it is kept and sent, once it is known that an answer can be laid into its base by it.
 * @throws DomainError "invalid" for a mask that is none, of another size or empty, and for a base that cannot be changed by one;
 *   "conflict" for a base that has changed; StorageError
 */
export async function checkMask(
  ports: Pick<Ports, "storage">,
  { mask, base }: { mask: Buffer; base: MaskedBase },
  signal?: AbortSignal,
): Promise<CheckedMask> {
  const { width, height, paintedPixels } = await requireFit(ports, { mask, base }, signal);
  // White laid into black by the mask is the mask itself.
  const [source, answer] = [await blankJpeg(width, height, "#000"), await blankJpeg(16, 16, "#fff")];
  const { body: png } = requireDone(await toInpainted({ source, mask, answer }, signal));
  return { png, sha256: createHash("sha256").update(png).digest("hex"), width, height, paintedPixels };
}

/** Lays something into the base by the mask, as it is done with an answer that is paid. */
export async function requireFit(
  ports: Pick<Ports, "storage">,
  { mask, base }: { mask: Buffer; base: MaskedBase },
  signal?: AbortSignal,
) {
  if (mask.length > LARGEST_MASK_BYTES) {
    const [has, most] = [inWords(mask.length), inWords(LARGEST_MASK_BYTES)];
    throw new DomainError("invalid", `The mask has ${has}; it may have ${most}. Paint it with fewer strokes.`);
  }
  const source = await readBase(ports, base, signal);
  return requireDone(await toInpainted({ source, mask, answer: await blankJpeg(16, 16) }, signal));
}

function requireDone(image: Inpainted) {
  if (image.ok) return image;
  throw new DomainError("invalid", image.error);
}

async function readBase({ storage }: Pick<Ports, "storage">, { key, etag, bytes }: MaskedBase, signal?: AbortSignal) {
  const name = `The base image ${quoteKey(key)}`;
  if (bytes !== null && bytes > LARGEST_MASKED_BYTES) {
    const [has, most] = [inWords(bytes), inWords(LARGEST_MASKED_BYTES)];
    throw new DomainError(
      "invalid",
      `${name} has ${has}; one that is changed by a mask may have ${most}. Make it smaller.`,
    );
  }
  const asked = { maxBytes: LARGEST_MASKED_BYTES, ...(signal && { signal }) };
  try {
    return await holdObject(bytes, async () => {
      const { head, body } = await storage.get(key, asked);
      if (await isAsPlanned(storage, head, etag, signal)) return body;
      throw new DomainError(
        "conflict",
        `${name} was replaced. Load the page again, and paint the mask on what is there now.`,
      );
    });
  } catch (error) {
    if (!isStorageError(error) || error.code !== "not-found") throw error;
    throw new DomainError("conflict", `${name} was deleted or moved. Choose another.`);
  }
}
