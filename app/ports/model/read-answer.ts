import type { z } from "zod";
import { chooseObject, isObject } from "./choose-object";

/** What was mended in an answer so that it could be read: only what leaves no doubt about what is meant. */
export type Mending = "fence" | "wrapped" | "doubled" | "listed" | "quoted" | "number" | "case" | "space";

export type ReadAnswer<T> =
  | { kind: "labelled"; answer: T; mended: Mending[] }
  | { kind: "invalid"; problem: string; issues: z.core.$ZodIssue[] };

/**
 * Reads an answer, which is one object, by its schema.
 * @param examples what the request said of its examples, in their order: a model may answer for them too
 */
export function readAnswer<T>(text: string, answer: z.ZodType<T>, examples: readonly Partial<T>[] = []): ReadAnswer<T> {
  const found = findJson(text, examples);
  if ("problem" in found) return { kind: "invalid", problem: found.problem, issues: [] };
  const parsed = answer.safeParse(found.json);
  if (parsed.success) return { kind: "labelled", answer: parsed.data, mended: found.mended };
  const { json, mended } = mendValues(found.json, parsed.error.issues);
  const again = answer.safeParse(json);
  if (again.success) return { kind: "labelled", answer: again.data, mended: [...found.mended, ...mended] };
  return { kind: "invalid", problem: "The answer breaks the schema.", issues: parsed.error.issues };
}

type Parsed = { json: unknown } | { problem: string };
type Found = { json: unknown; mended: Mending[] } | { problem: string };

const FENCE = /```(?:json\b)?/gi;

/** The one object of a text, whatever stands around it and however often it comes; or of a text that came as JSON. */
function findJson(text: string, examples: readonly unknown[]): Found {
  const whole = parse(text.replace(FENCE, ""));
  if (!("json" in whole) || typeof whole.json !== "string") return findObject(text, examples);
  const inner = findObject(whole.json, examples);
  return "json" in inner ? { ...inner, mended: [...inner.mended, "quoted"] } : inner;
}

function findObject(text: string, examples: readonly unknown[]): Found {
  const { objects, around } = splitObjects(text);
  // JSON that is not an object breaks the schema: that says more than that none was found.
  const found: unknown[] = [];
  for (const one of objects.length > 0 ? objects : [text]) {
    const parsed = parse(one);
    if ("problem" in parsed) return parsed;
    found.push(parsed.json);
  }
  const chosen = chooseObject(found, examples);
  if ("problem" in chosen) return chosen;
  const mended: Mending[] = [];
  if (around !== around.replace(FENCE, "")) mended.push("fence");
  if (objects.length > 0 && around.replace(FENCE, "").trim() !== "") mended.push("wrapped");
  if (chosen.how) mended.push(chosen.how);
  return { json: chosen.json, mended };
}

/** The objects of a text that are within no other one, and what stands around them. One that breaks off is the last. */
function splitObjects(text: string): { objects: string[]; around: string } {
  const objects: string[] = [];
  let around = "";
  let [depth, from, isInString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    // Within an object quotation marks make strings, whose braces do not count.
    if (isInString) {
      if (mark === "\\") at++;
      else if (mark === '"') isInString = false;
    } else if (mark === '"') isInString = depth > 0;
    else if (mark === "{" && depth++ === 0) {
      around += text.slice(from, at);
      from = at;
    } else if (mark === "}" && depth > 0 && --depth === 0) {
      objects.push(text.slice(from, at + 1));
      from = at + 1;
    }
  }
  if (depth > 0) objects.push(text.slice(from));
  else around += text.slice(from);
  return { objects, around };
}

function parse(text: string): Parsed {
  try {
    const json: unknown = JSON.parse(text);
    // JSON.parse keeps the last of two values without a word.
    return countNames(json) === namesIn(text) ? { json } : { problem: "The answer gives one name twice." };
  } catch (error) {
    return { problem: `The answer is not JSON: ${error instanceof Error ? error.message : error}.` };
  }
}

const namesIn = (text: string) =>
  text.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g)?.filter((one) => one.endsWith(":")).length ?? 0;

const countNames = (json: unknown): number =>
  isObject(json)
    ? Object.values(json).reduce<number>(
        (sum, value) => sum + countNames(value),
        Array.isArray(json) ? 0 : Object.keys(json).length,
      )
    : 0;

const PLAIN_NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)$/;

/** Mends what the schema complains of, where it can be meant in one way only; the rest stays as it is. */
function mendValues(json: unknown, issues: readonly z.core.$ZodIssue[]): { json: unknown; mended: Mending[] } {
  const copy: unknown = structuredClone(json);
  const mended = new Set<Mending>();
  for (const issue of issues) {
    const place = placeOf(copy, issue.path);
    const value = place?.holder[place.name];
    if (!place || typeof value !== "string") continue;
    const plain = value.trim();
    const mean = (meant: unknown, how: Mending | null) => {
      place.holder[place.name] = meant;
      if (plain !== value) mended.add("space");
      if (how) mended.add(how);
    };
    if (issue.code === "invalid_type" && issue.expected === "number" && PLAIN_NUMBER.test(plain)) {
      mean(Number(plain), "number");
    }
    if (issue.code !== "invalid_value") continue;
    const same = issue.values.filter((one) => typeof one === "string" && one.toLowerCase() === plain.toLowerCase());
    if (issue.values.includes(plain)) mean(plain, null);
    else if (same.length === 1) mean(same[0], "case");
  }
  return { json: copy, mended: [...mended] };
}

/** The object that holds the value at a path, and the value's name in it. */
function placeOf(json: unknown, path: readonly PropertyKey[]) {
  const name = path.at(-1);
  let holder = json;
  for (const step of path.slice(0, -1)) holder = isObject(holder) ? holder[step] : undefined;
  return isObject(holder) && name !== undefined ? { holder, name } : null;
}
