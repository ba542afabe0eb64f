/**
 * The constant of reciprocal rank fusion: how much a first place counts above a tenth. 60 is that of Cormack, Clarke and
 * Büttcher, “Reciprocal rank fusion outperforms Condorcet and individual rank learning methods” (SIGIR 2009).
 */
const DAMPING = 60;

/** Where an image stands in each list that it is in, from 0. */
export type Standing<Name extends string> = { id: number; in: Partial<Record<Name, number>> };

type Weighed<Name extends string> = Standing<Name> & { worth: number };

/** An image in a list, and how much its place there counts, from 0 to 1. */
export type Placed = { id: number; counts: number };

/**
 * Merges rankings into one, the best first: each place in a list is worth 1 / (60 + place), as far as it counts, and an image's worth is
 * the sum. What two lists value alike keeps the order in which it is met, list after list.
 * @param lists by name, the best first, each image once
 */
export function fuse<Name extends string>(lists: Readonly<Record<Name, readonly Placed[]>>): Standing<Name>[] {
  const standings = new Map<number, Weighed<Name>>();
  for (const name of Object.keys(lists) as Name[]) {
    for (const [place, { id, counts }] of lists[name].entries()) {
      const standing: Weighed<Name> = standings.get(id) ?? { id, in: {}, worth: 0 };
      standing.in[name] = place;
      standing.worth += counts / (DAMPING + place + 1);
      standings.set(id, standing);
    }
  }
  return [...standings.values()].sort((a, b) => b.worth - a.worth).map(({ worth: _, ...standing }) => standing);
}
