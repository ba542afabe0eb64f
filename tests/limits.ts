/**
 * The only times that end a test. None of them says how quick anything is – that is what scripts/bench measures –, only
 * that something hangs: they must do for a machine that does ten other things.
 */
export const limits = {
  testTimeout: 900_000,
  hookTimeout: 300_000,
  /** For a state to come about, asked by `expect.poll`; a browser's own waits have it, too. */
  expect: { poll: { timeout: 300_000 } },
};
