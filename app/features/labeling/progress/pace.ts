/** A second in which so many images ended. */
export type Beat = { second: number; ended: number };

/** Of working time, not of the clock's. */
const MINUTE = 60;
/** So long nothing may end while work goes on; a longer gap is idle time (paused, parked, no worker), and does not count. */
const IDLE_AFTER_SECONDS = 10;

/**
 * Images a second over the last minute in which work went on.
 * @param beats seconds in which something ended, the newest first; more than a minute of them does no harm
 * @returns null before anything ended
 */
export function paceOf(beats: readonly Beat[]): number | null {
  let seconds = 0;
  let ended = 0;
  let later: number | null = null;
  for (const beat of beats) {
    const gap = later === null ? 1 : later - beat.second;
    const worked = gap > IDLE_AFTER_SECONDS ? 1 : gap;
    if (seconds > 0 && seconds + worked > MINUTE) break;
    seconds += worked;
    ended += beat.ended;
    later = beat.second;
  }
  return seconds === 0 ? null : ended / seconds;
}
