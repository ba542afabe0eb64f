/** As many are converted to measure them; of more, so many spread evenly over all. */
const MOST_MEASURED = 500;

/** Whether the nth of so many, from 1, is measured. */
export function isOfSample(nth: number, of: number): boolean {
  if (of <= MOST_MEASURED) return true;
  const upTo = (n: number) => Math.floor((n * MOST_MEASURED) / of);
  return upTo(nth) > upTo(nth - 1);
}
