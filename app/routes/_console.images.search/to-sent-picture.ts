import { bytes } from "~/features/format";
import { LARGEST_SEARCHED_BYTES, SENT_EDGE } from "~/features/image-search/searched-picture";
import { quoteKey } from "~/quote";
import { shrink } from "./shrink";

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
  const smaller = await shrink(file, SENT_EDGE).catch(() => null);
  if (smaller && smaller.size <= LARGEST_SEARCHED_BYTES) return smaller;
  throw new Error(`${quoteKey(file.name)} is no picture that this browser can open. Save it as JPEG, PNG or WebP.`);
}
