import { redirect } from "@remix-run/node";
import type { PictureLink } from "~/features/images/link-to-image.server";

/**
 * The way to a picture in the store. The link is in this answer's Location alone: no page holds it, and nothing that the
 * browser goes on to is told where it came from.
 */
export const leadToPicture = ({ url, keepSeconds }: PictureLink): Response =>
  redirect(url, {
    headers: { "Cache-Control": keepSeconds > 0 ? `private, max-age=${keepSeconds}` : "private, no-cache" },
  });
