import { classOf, describeError, isDatabaseUnavailable } from "~/features/known-error";
import { type Check, type Judgement, type Level, type Trouble, troublesOf } from "~/features/monitoring/check";
import type { Ports } from "~/ports/index.server";
import { readEarlier, readLastAt } from "./measurements.server";

/** One that takes longer hangs: the others must not wait for it. */
const LONGEST_MS = 60_000;

/** What came of a check. `troubles` null: nothing is known, so that what was wrong before stays so. */
export type Measurement = Omit<Judgement, "level" | "troubles"> & {
  name: string;
  at: Date;
  level: Level;
  reading: unknown;
  troubles: Trouble[] | null;
};

/**
 * Measures one check and judges it. It writes nothing. A check that throws, or hangs for a minute, is "unmeasured", with
 * what it threw as its sentence.
 * @throws DatabaseUnavailable, and whatever `signal` aborts with: then nothing was found out, and it may be tried again
 */
export async function measureCheck(ports: Ports, check: Check, signal: AbortSignal): Promise<Measurement> {
  const { name, title, link } = check;
  const at = ports.clock.now();
  const limit = AbortSignal.timeout(LONGEST_MS);
  try {
    const context = { signal: AbortSignal.any([signal, limit]), lastAt: await readLastAt(ports.db, check) };
    const reading = check.reading.parse(await Promise.race([check.measure(ports, context), endOf(limit)]));
    const judgement = check.judge(reading, { at, earlier: await readEarlier(ports.db, check, at) });
    return { ...judgement, name, at, reading, troubles: troublesOf(judgement, link) };
  } catch (error) {
    if (signal.aborted || isDatabaseUnavailable(error)) throw error;
    if (classOf(error) === "internal") ports.log.error({ err: error, check: name }, "a check could not be measured");
    const sentence = limit.aborted
      ? `${title} could not be measured: it took longer than a minute.`
      : `${title} could not be measured: ${describeError(error).error}`;
    return { name, at, verdict: "unmeasured", level: "unknown", sentence, value: null, reading: null, troubles: null };
  }
}

const endOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
