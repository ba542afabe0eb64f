import { LONGEST_SLUG } from "~/features/images/ingest-layout";
import { baseSlug } from "./fallback-slug.server";
import { shortenSlug, tidyTopic } from "./slug";

/** Slugs by tidy topic: of some topics those that have one, and whatever other topics have that they could want. */
export type KnownSlugs = ReadonlyMap<string, string>;

/**
 * The slug of each topic, as `topics` spells it: the one that it has, or the one that it would be given now. Changes nothing.
 * Of topics that want the same, the first gets it, the next “-2”, then “-3”.
 */
export function proposeSlugs(known: KnownSlugs, topics: readonly string[]): Map<string, string> {
  const slugs = new Map(known);
  const taken = new Set(known.values());
  const proposed = new Map<string, string>();
  for (const topic of topics) {
    const tidy = tidyTopic(topic);
    const slug = slugs.get(tidy) ?? firstFree(baseSlug(tidy), taken);
    slugs.set(tidy, slug);
    taken.add(slug);
    proposed.set(topic, slug);
  }
  return proposed;
}

function firstFree(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let nth = 2; ; nth++) {
    const suffix = `-${nth}`;
    const slug = shortenSlug(base, LONGEST_SLUG - suffix.length) + suffix;
    if (!taken.has(slug)) return slug;
  }
}

/** Digits that a number behind a slug may have. */
const MOST_DIGITS = 7;

/**
 * Where what a topic could be given lies in the order of slugs, from `first` to before `bound`: its slug, alone and
 * numbered.
 */
export function slugRanges(topic: string): { first: string; bound: string }[] {
  const base = baseSlug(topic);
  // The more digits, the shorter what stands before them.
  const stems = Array.from({ length: MOST_DIGITS }, (_, at) => shortenSlug(base, LONGEST_SLUG - "-".length - (at + 1)));
  // No character of a slug comes before “-”, and “:” follows “9”.
  return [
    { first: base, bound: `${base}-` },
    ...Array.from(new Set(stems), (stem) => ({ first: `${stem}-0`, bound: `${stem}-:` })),
  ];
}
