/** The time, so that tests can move it. */
export type Clock = {
  /** Now. */
  now(): Date;
};

export const systemClock: Clock = { now: () => new Date() };
