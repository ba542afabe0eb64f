import { z } from "zod";
import { imageQuery, namesImages } from "./image-query";

/** As many as anyone picks one by one; whoever means more says it as a query. */
export const MOST_PICKED = 10_000;

const ids = z.array(z.number().int().positive()).max(MOST_PICKED);

/**
 * Images to act on: picked ones, or all that a query finds but for some. A query that names nothing is refused; every
 * image is `{ query: { all: true } }`.
 */
export const imageSelection = z.union([
  z.strictObject({ ids: ids.min(1, "select at least one image") }),
  z.strictObject({
    query: imageQuery.refine(namesImages, "names no images; say “all” to mean every image"),
    except: ids.optional(),
  }),
]);

export type ImageSelection = z.infer<typeof imageSelection>;
