import type { z } from "zod";
import type { Ports } from "~/ports/index.server";

/** How well it is: fine, to be looked at, to be mended, or not known because it could not be measured. */
export type Level = "ok" | "warn" | "bad" | "unknown";

/** What the number of a check counts, which says how it is printed. */
export type Unit = "count" | "percent" | "usd" | "bytes" | "seconds" | "days" | "per hour";

/** Something that someone must see: an alert is open for as long as a check goes on finding it. */
export type Trouble = {
  /** In the words of the check: "stalled". */
  verdict: string;
  /** Which of several things it is about ("run 12"); "" where there is only one. */
  about: string;
  severity: "error" | "warning";
  sentence: string;
  /** The page where it can be seen, and mended. */
  link: string;
};

/** What a measurement comes to by the rules of its check. */
export type Judgement = {
  verdict: string;
  level: Exclude<Level, "unknown">;
  /** What is so, with its numbers, and what to do where something is to be done. */
  sentence: string;
  /** The number that its chart shows; null: there is none now. */
  value: number | null;
  /** What opens alerts; absent: the verdict itself, unless it is "ok". Empty where something else tells of it already. */
  troubles?: Trouble[];
};

/** A former measurement of the same check. */
export type Earlier<Reading> = {
  at: Date;
  reading: Reading;
  /** What was wrong then, each as `troubleOf` spells it. */
  troubles: readonly string[];
};

/** One scheduled measurement and the rules by which it is judged. */
export type Check<Reading = unknown> = {
  /** Unique and lasting: its measurements are known by it. */
  name: string;
  title: string;
  unit: Unit;
  /** What its number is: "images labeled in an hour". */
  measures: string;
  /** The rules, in a sentence or two. */
  rule: string;
  /** The page with what is counted. */
  link: string;
  /** The shape in which readings are kept. */
  reading: z.ZodType<Reading>;
  /** Looks, and changes nothing. What it throws makes "could not be measured" of this check alone. */
  measure(ports: Ports, context: { signal: AbortSignal; lastAt: Date | null }): Promise<Reading>;
  /** @param earlier former measurements, the newest first: a day of them, without those that came to nothing */
  judge(reading: Reading, context: { at: Date; earlier: readonly Earlier<Reading>[] }): Judgement;
};

/** Less than from one check of the half hour to the next: between two, what work left is measured as it ends. */
const A_WHILE_MS = 20 * 60_000;

/** What was found a while ago, for what may be so for some minutes; null: nothing was measured then. */
export const aWhileBefore = <Reading>(at: Date, earlier: readonly Earlier<Reading>[]): Reading | null =>
  earlier.find((one) => at.getTime() - one.at.getTime() >= A_WHILE_MS)?.reading ?? null;

/** Ties a check's rules to the shape of its reading. */
export const defineCheck = <Reading>(check: Check<Reading>): Check<Reading> => check;

/** "stalled:run 12": what is wrong, for good; of two measurements that find it, the second opens no second alert. */
export const troubleOf = ({ verdict, about }: Pick<Trouble, "verdict" | "about">): string =>
  about === "" ? verdict : `${verdict}:${about}`;

/** The troubles of a judgement; its verdict itself where it names none. */
export function troublesOf(judgement: Judgement, link: string): Trouble[] {
  const { troubles, verdict, level, sentence } = judgement;
  if (troubles) return troubles;
  if (level === "ok") return [];
  return [{ verdict, about: "", severity: level === "bad" ? "error" : "warning", sentence, link }];
}
