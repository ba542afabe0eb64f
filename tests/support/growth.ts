/** Below this, a measurement is mostly noise: what takes no longer has not grown. */
const NOISE_MS = 5;
const ROUNDS = 5;

/**
 * How many times as long `work` takes at four times the size: about 4 where it grows with the size, 16 with its square.
 * Of the processor, and the least of several rounds, so that whatever else the machine does has no part in it.
 */
export function growthAtFourTimes(size: number, work: (size: number) => void): number {
  const least = (at: number) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const before = process.cpuUsage();
      work(at);
      return process.cpuUsage(before).user / 1_000;
    });
    return Math.max(Math.min(...rounds), NOISE_MS);
  };
  return least(4 * size) / least(size);
}
