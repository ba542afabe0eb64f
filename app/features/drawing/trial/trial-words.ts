import { count, plural } from "~/features/format";

/** Generations of one trial: each is drawn twice, so that more would cost more than a look is worth. */
export const TRIED = 3;

/** Generations that are not among those of a trial, by the reason. */
export type LeftOut = { what: string; count: number }[];

/** How many generations can be tried, as a sentence begins with them; fewer than a trial has are said to be all. */
export function triedWords(generations: number): string {
  if (generations === TRIED) return `The newest ${plural(generations, "generation")}`;
  return generations === 1 ? "The only generation" : `The only ${plural(generations, "generation")}`;
}

/** “Left out: no picture came of it (2); changed by a mask (1).” Null: nothing is. */
export function leftOutWords(leftOut: LeftOut): string | null {
  if (leftOut.length === 0) return null;
  return `Left out: ${leftOut.map(({ what, count: n }) => `${what} (${count(n)})`).join("; ")}.`;
}

/** What is said in place of a trial that has no generation. */
export const nothingToTry = (what: string): string =>
  `No generation that used ${what} can be drawn once more, so there is nothing to try.`;

/** A budget that is enough whatever the answers say, in whole cents: what the field begins with. */
export const enoughFor = (mostUsd: number | null): string =>
  mostUsd === null ? "" : (Math.ceil(mostUsd * 100) / 100).toFixed(2);
