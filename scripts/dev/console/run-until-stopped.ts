import { constants } from "node:os";
import { DatabaseNotReady } from "~/ports/index.server";
import { Refusal } from "./ports";

/**
 * The frame of demo, dev and cloud: a Refusal is one sentence and exit code 1; Ctrl-C, a closed terminal and SIGTERM
 * stop what was started, once. Where `main` has returned, all stands and serves, and that is its proper end: exit code 0.
 * Before, it is an interruption: 128 and the signal's number, as shells count.
 * @param main is given a place to leave what must be stopped, as soon as it has started
 */
export async function runUntilStopped(
  main: (onStop: (stop: () => Promise<void>) => void) => Promise<void>,
): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  let ending: Promise<never> | undefined;
  const end = (code: number) => {
    ending ??= (async () => {
      for (const stop of stops.toReversed()) await stop();
      process.exit(code);
    })();
    return ending;
  };
  let isServing = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end(isServing ? 0 : 128 + constants.signals[signal]));
  }
  try {
    await main((stop) => stops.push(stop));
    isServing = true;
  } catch (error) {
    if (ending) return;
    const isPlain = error instanceof Refusal || error instanceof DatabaseNotReady;
    process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : error}\n`);
    await end(1);
  }
}
