/** The time that `share` of them do not exceed, to a tenth of a millisecond unless told. */
export function percentile(times: readonly number[], share: number, digits = 1): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number((sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(digits));
}
