import { bytes } from "~/features/format";
import { LARGEST_SEARCHED_BYTES, SENT_EDGE } from "~/features/image-search/searched-picture";
import { quoteKey } from "~/quote";

/** More is not opened, so that no tab ends of it. */
const LARGEST_OPENED_BYTES = 64 * 1024 * 1024;

/**
 * A picture as it is sent: as it is where it is small, else made smaller by the browser, which is all that a model is shown anyway.
 * @throws Error with a sentence, for one that is too large or that the browser cannot open
 */
export async function toSentPicture(file: File): Promise<Blob> {
  if (file.size === 0) throw new Error(`${quoteKey(file.name)} is empty. Choose another picture.`);
  if (file.size > LARGEST_OPENED_BYTES) {
    throw new Error(
      `${quoteKey(file.name)} has ${bytes(file.size)}; a picture to search by may have ${bytes(LARGEST_OPENED_BYTES)}. Make it smaller.`,
    );
  }
  if (file.size <= LARGEST_SEARCHED_BYTES) return file;
  const smaller = await shrink(file).catch(() => null);
  if (smaller && smaller.size <= LARGEST_SEARCHED_BYTES) return smaller;
  throw new Error(`${quoteKey(file.name)} is no picture that this browser can open. Save it as JPEG, PNG or WebP.`);
}

async function shrink(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file);
  try {
    const scale = Math.min(1, SENT_EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    if (!pen) return null;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  } finally {
    picture.close();
  }
}
