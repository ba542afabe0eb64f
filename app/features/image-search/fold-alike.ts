import type { FoundImage } from "./image-search";

/** An image of a search, and those below it that are nearly the same. */
export type Folded<Image> = { first: Image; others: Image[] };

/**
 * Puts images that are nearly the same below the best of them. Those that are nearly the same as an image which is not among them, as the
 * one that others are to be like, are put below the first that is.
 * @param images the best first
 */
export function foldAlike<Image extends Pick<FoundImage, "id" | "nearDuplicateOf">>(
  images: readonly Image[],
): Folded<Image>[] {
  const folded = new Map<number, Folded<Image>>();
  for (const image of images) {
    const of = image.nearDuplicateOf ?? image.id;
    const there = folded.get(of);
    if (there) there.others.push(image);
    else folded.set(of, { first: image, others: [] });
  }
  return [...folded.values()];
}
