import type { z } from "zod";

/** What was mended in an answer so that it could be read: only what leaves no doubt about what is meant. */
export type Mending = "fence" | "doubled" | "quoted" | "number" | "case";

export type ReadAnswer<T> =
  | { kind: "labelled"; answer: T; mended: Mending[] }
  | { kind: "invalid"; problem: string; issues: z.core.$ZodIssue[] };

/** Reads an answer by its schema. */
export function readAnswer<T>(text: string, answer: z.ZodType<T>): ReadAnswer<T> {
  const found = findJson(text);
  if ("problem" in found) return { kind: "invalid", problem: `The answer is no JSON: ${found.problem}.`, issues: [] };
  const parsed = answer.safeParse(found.json);
  if (parsed.success) return { kind: "labelled", answer: parsed.data, mended: found.mended };
  const { json, mended } = mendValues(found.json, parsed.error.issues);
  const again = answer.safeParse(json);
  if (again.success) return { kind: "labelled", answer: again.data, mended: [...found.mended, ...mended] };
  return { kind: "invalid", problem: "The answer breaks the schema.", issues: parsed.error.issues };
}

const FENCED = /^```[a-z]*\s*\n([\s\S]*?)\n?\s*```$/i;

/** The one JSON value of a text: as it is, in one code fence, written twice, or once more as a JSON string. */
function findJson(text: string): { json: unknown; mended: Mending[] } | { problem: string } {
  const trimmed = text.trim();
  const fenced = FENCED.exec(trimmed)?.[1];
  const mended: Mending[] = fenced === undefined ? [] : ["fence"];
  const body = (fenced ?? trimmed).trim();
  const whole = parse(body);
  if ("json" in whole) {
    const inner = typeof whole.json === "string" ? parse(whole.json) : null;
    return inner && "json" in inner ? { json: inner.json, mended: [...mended, "quoted"] } : { ...whole, mended };
  }
  const first = firstOfTwins(body);
  return first ? { ...first, mended: [...mended, "doubled"] } : whole;
}

function parse(text: string): { json: unknown } | { problem: string } {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The value of a text that holds the same object twice, one after the other, however each is indented. */
function firstOfTwins(text: string): { json: unknown } | null {
  for (const { index } of text.matchAll(/\}\s*\{/g)) {
    const [one, other] = [parse(text.slice(0, index + 1)), parse(text.slice(index + 1))];
    if ("json" in one && "json" in other && JSON.stringify(one.json) === JSON.stringify(other.json)) return one;
  }
  return null;
}

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Mends what the schema complains of, where it can be meant in one way only; the rest stays as it is. */
function mendValues(json: unknown, issues: readonly z.core.$ZodIssue[]): { json: unknown; mended: Mending[] } {
  const copy: unknown = structuredClone(json);
  const mended = new Set<Mending>();
  for (const issue of issues) {
    const place = placeOf(copy, issue.path);
    const value = place?.holder[place.name];
    if (!place || typeof value !== "string") continue;
    if (issue.code === "invalid_type" && issue.expected === "number" && PLAIN_NUMBER.test(value)) {
      place.holder[place.name] = Number(value);
      mended.add("number");
    }
    if (issue.code !== "invalid_value") continue;
    const same = issue.values.filter((one) => typeof one === "string" && one.toLowerCase() === value.toLowerCase());
    if (same.length !== 1) continue;
    place.holder[place.name] = same[0];
    mended.add("case");
  }
  return { json: copy, mended: [...mended] };
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

/** The object that holds the value at a path, and the value's name in it. */
function placeOf(json: unknown, path: readonly PropertyKey[]) {
  const name = path.at(-1);
  let holder = json;
  for (const step of path.slice(0, -1)) holder = isObject(holder) ? holder[step] : undefined;
  return isObject(holder) && name !== undefined ? { holder, name } : null;
}
