import { z } from "zod";
import { LARGEST_OWN_BYTES, OWN_EDGE } from "~/features/drawing/studio/own-image";
import type { StudioImage } from "~/features/drawing/studio/studio-image.server";
import { bytes } from "~/features/format";
import { quoteKey } from "~/quote";
import { toBase64Url } from "./to-base64-url";

/** More is not opened, so that no tab ends of it. */
const LARGEST_OPENED_BYTES = 64 * 1024 * 1024;

const answered = z.union([z.object({ image: z.custom<StudioImage>() }), z.object({ refusal: z.string() })]);

/**
 * Adds a picture of one's own to the bucket.
 * @throws Error with a sentence
 */
export async function sendOwnImage(file: File): Promise<StudioImage> {
  const body = new URLSearchParams({ picture: await toBase64Url(await toSent(file)) });
  const answer = await fetch("/own-images", { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer === null) throw new Error("The console does not answer. Try again.");
  if (answer.type === "opaqueredirect") {
    throw new Error("Your session has ended. Sign in again, then add the picture once more.");
  }
  if (!answer.ok) throw new Error("The console could not take the picture. Try again.");
  const said = answered.parse(await answer.json());
  if ("refusal" in said) throw new Error(`${quoteKey(file.name)}: ${said.refusal}`);
  return said.image;
}

/** As it is where it is small, else as a JPEG of what a model would be shown of it. */
async function toSent(file: File): Promise<Blob> {
  const name = quoteKey(file.name);
  if (file.size === 0) throw new Error(`${name} is empty. Choose another picture.`);
  if (file.size > LARGEST_OPENED_BYTES) {
    const [has, most] = [bytes(file.size), bytes(LARGEST_OPENED_BYTES)];
    throw new Error(`${name} has ${has}; a picture that is added here may have ${most}. Make it smaller.`);
  }
  if (file.size <= LARGEST_OWN_BYTES) return file;
  const smaller = await shrink(file).catch(() => null);
  if (smaller && smaller.size <= LARGEST_OWN_BYTES) return smaller;
  throw new Error(`${name} is no picture that this browser can make smaller. Save it as JPEG, PNG or WebP.`);
}

async function shrink(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, OWN_EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  picture.close();
  return pen && new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
}
