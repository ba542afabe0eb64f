/**
 * The time as people set it, so that tests can move it: for what is stored, shown or shared with other processes. It may jump
 * at any moment; a span within one process is measured by performance.now(), which no one sets.
 */
export type Clock = {
  /** Now. */
  now(): Date;
};

export const systemClock: Clock = { now: () => new Date() };
