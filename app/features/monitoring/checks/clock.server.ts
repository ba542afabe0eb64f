import { z } from "zod";
import { describeError } from "~/features/known-error";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import type { Ports } from "~/ports/index.server";

const source = z.object({ name: z.string(), aheadSeconds: z.number(), withinSeconds: z.number() });
const reading = z.object({ sources: z.array(source), silent: z.array(z.string()) });
type Source = z.infer<typeof source>;

export const clock = defineCheck({
  name: "clock",
  title: "Clock",
  unit: "seconds",
  measures: "by how much the clock differs from that of S3 or Google, whichever is more",
  rule: "Off: more than 5 s from both, or from the only one that answers. Wrong: more than 10 s; then Google's sign-ins are refused, and S3 refuses calls from 15 min on.",
  link: "/schedules",
  reading,

  measure: (ports, { signal }) => compareClocks(ports, signal),
  judge: judgeClock,
});

/**
 * Our clock beside those of S3 and Google.
 * @throws Error when neither answers
 */
export async function compareClocks(
  { storage, settings, machine, clock: own }: Pick<Ports, "storage" | "settings" | "machine" | "clock">,
  signal: AbortSignal,
): Promise<z.infer<typeof reading>> {
  const others = [
    { name: "S3", url: storage.endpoint },
    { name: "Google", url: settings.GOOGLE_ISSUER },
  ];
  const asked = await Promise.allSettled(others.map(({ url }) => machine.compareClock(url, own, signal)));
  const sources: Source[] = [];
  const silent: string[] = [];
  asked.forEach((answer, index) => {
    const name = others[index]?.name ?? "";
    if (answer.status === "fulfilled") sources.push({ name, ...answer.value });
    else silent.push(name);
  });
  const [refusal] = asked.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  if (sources.length === 0) throw new Error(`neither S3 nor Google answers (${describeError(refusal).error}).`);
  return { sources, silent };
}

const OFF_SECONDS = 5;
const WRONG_SECONDS = 10;

export function judgeClock({ sources, silent }: z.infer<typeof reading>): Judgement {
  const value = Math.max(...sources.map(({ aheadSeconds }) => Math.abs(aheadSeconds)));
  const words = sources.map(({ name, aheadSeconds }) => `${offWords(aheadSeconds)} ${name}`).join(", ");
  const rest = silent.length === 0 ? "" : ` ${silent.join(" and ")} did not answer.`;
  // What is the least that each tells for sure. Two that disagree cannot both be wrong by our clock: the nearer one counts.
  const least = Math.min(...sources.map(({ aheadSeconds, withinSeconds }) => Math.abs(aheadSeconds) - withinSeconds));
  const sentence = `The clock is ${words}.${rest}`;
  const todo = "Set it by NTP: timedatectl set-ntp true.";
  if (least > WRONG_SECONDS) {
    return {
      verdict: "wrong",
      level: "bad",
      sentence: `${sentence} ${todo} Sign-ins and calls are refused by it.`,
      value,
    };
  }
  if (least > OFF_SECONDS) return { verdict: "off", level: "warn", sentence: `${sentence} ${todo}`, value };
  return { verdict: "healthy", level: "ok", sentence, value };
}

/** “120 s ahead of”, “as”: within a second nothing can be told. */
function offWords(aheadSeconds: number): string {
  const seconds = Math.round(Math.abs(aheadSeconds));
  if (seconds <= 1) return "within a second of";
  return `${seconds}\u202fs ${aheadSeconds > 0 ? "ahead of" : "behind"}`;
}
