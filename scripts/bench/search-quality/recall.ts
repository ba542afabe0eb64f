/**
 * How many of the first `k` that were found are right, of as many as could be: where fewer than `k` are right, of those.
 * @returns 0 to 1
 */
export function recallAt(k: number, found: readonly number[], right: ReadonlySet<number>): number {
  const hits = found.slice(0, k).filter((id) => right.has(id)).length;
  return hits / Math.min(k, right.size);
}

export const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
