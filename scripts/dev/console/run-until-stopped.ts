import { Refusal } from "./ports.ts";

/**
 * The frame of demo, dev and cloud: a Refusal is one sentence and exit code 1; Ctrl-C, a closed terminal and SIGTERM
 * stop what was started, once, and end well.
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
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
  try {
    await main((stop) => stops.push(stop));
  } catch (error) {
    if (ending) return;
    process.stderr.write(
      `${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : error}\n`,
    );
    await end(1);
  }
}
