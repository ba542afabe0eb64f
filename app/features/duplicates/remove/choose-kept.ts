import { parseIngestKey } from "~/features/images/ingest-layout";

/** By which rule one image of a group is kept. */
export const keepRules = ["used", "oldest", "largest"] as const;
export type KeepRule = (typeof keepRules)[number];

/** What people call the image that a rule keeps. */
export const keptWords: Record<KeepRule, string> = {
  used: "the one most in use (generation records and labels), else one with a structured key, else the oldest",
  oldest: "the oldest",
  largest: "the one with the most pixels, else with the most bytes",
};

export type Candidate = {
  id: number;
  key: string;
  bytes: number;
  /** In px; 0 where nobody has read it. */
  width: number;
  height: number;
  /** Epoch milliseconds at which the object was last written. */
  modifiedAt: number;
  /** Its bytes cannot be read before someone restores it. */
  isArchived: boolean;
  generations: number;
  labels: number;
};

/** What speaks for an image, the weightiest first. */
const merits: Record<KeepRule, (image: Candidate) => number[]> = {
  used: ({ key, generations, labels }) => [generations + labels, parseIngestKey(key) ? 1 : 0],
  oldest: () => [],
  largest: ({ width, height, bytes }) => [width * height, bytes],
};

/** The one image of some that a rule keeps, never one that cannot be read beside one that can; of equals the oldest, then the first indexed. */
export function chooseKept<Image extends Candidate>(images: readonly [Image, ...Image[]], rule: KeepRule): Image {
  const meritsOf = (image: Image) => [image.isArchived ? 0 : 1, ...merits[rule](image), -image.modifiedAt, -image.id];
  return images.reduce((kept, image) => (isMore(meritsOf(image), meritsOf(kept)) ? image : kept));
}

function isMore(a: number[], b: number[]): boolean {
  const at = a.findIndex((merit, index) => merit !== b[index]);
  return at >= 0 && (a[at] as number) > (b[at] as number);
}
