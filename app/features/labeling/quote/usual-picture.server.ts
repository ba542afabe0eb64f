import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import type { ModelImage } from "~/ports/model/model.server";

/** An empty picture of the usual shape, to count tokens by. @param edge its long side in px */
export async function usualPicture(edge: number): Promise<ModelImage> {
  return { bytes: await blankJpeg(Math.round(edge * 0.75), edge), contentType: "image/jpeg" };
}
