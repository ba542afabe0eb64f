import { wordsOf } from "~/features/words";
import { quote } from "~/quote";
import {
  type AttributeRoot,
  type Attributes,
  type LabelSchema,
  patternAttributes,
  rootAttributes,
  spellingsOfValues,
} from "./label-schema";

export type GroupNameReading =
  | { attributes: Attributes }
  | {
      attributes: null;
      /** `unknown-value`: as many parts as attributes, but one of them is no listed value. */
      reason: "unreadable-name" | "unknown-value";
      /** What could not be read: not “angle_tone”: no tone called “purple”. */
      problem: string;
    };

/** One way to say a value: its words, and what they mean. */
type Spelling = { attribute: string; value: string; words: string[] };

/** `01. ` before a name only orders folders in an S3 browser. */
const NUMBERING = /^\d{1,4}\.\s*/u;

/**
 * What a group folder's name says by its root's pattern. Case, surrounding space, order, separators (`_`, `-`, space) and
 * numbering do not matter, aliases count; every word must be used and every attribute be given exactly once.
 */
export function readGroupName(name: string, root: AttributeRoot, schema: LabelSchema): GroupNameReading {
  const text = name.normalize("NFC").trim().replace(NUMBERING, "");
  const words = wordsOf(text);
  const { spellings, order } = spellingsOf(root, schema);

  const readings = distinct(readWords(words, spellings, order));
  const inOrder = readings.filter((reading) => Object.keys(reading).every((attribute, i) => attribute === order[i]));
  const [only, ...others] = inOrder.length > 0 ? inOrder : readings;
  if (only && others.length === 0) {
    return { attributes: Object.fromEntries(order.map((attribute) => [attribute, only[attribute] ?? ""])) };
  }
  const shape = patternAttributes(root.group).reduce((pattern, key) => pattern.replace(`{${key}}`, key), root.group);
  const { reason, complaint } = only
    ? { reason: "unreadable-name" as const, complaint: `it can be read in ${others.length + 1} ways` }
    : explain(text, cutters(text, root.group), spellings, order);
  return { attributes: null, reason, problem: `not ${quote(shape)}: ${complaint}` };
}

type Spellings = { spellings: Spelling[] /** The attributes, as the pattern has them. */; order: string[] };

/** A root's thousands of names are read by the same schema, which no one changes once it is loaded. */
const known = new WeakMap<LabelSchema, Map<AttributeRoot, Spellings>>();

function spellingsOf(root: AttributeRoot, schema: LabelSchema): Spellings {
  const byRoot = known.get(schema) ?? new Map<AttributeRoot, Spellings>();
  known.set(schema, byRoot);
  const found = byRoot.get(root) ?? makeSpellings(root, schema);
  byRoot.set(root, found);
  return found;
}

function makeSpellings(root: AttributeRoot, schema: LabelSchema): Spellings {
  const attributes = rootAttributes(schema, root);
  const spellings = attributes.flatMap((definition) =>
    spellingsOfValues(definition).map(
      ([spelling, value]): Spelling => ({ attribute: definition.name, value, words: wordsOf(spelling) }),
    ),
  );
  return { spellings, order: attributes.map((attribute) => attribute.name) };
}

/** Every way to read all words as one value of each attribute, in the order in which the words give them. */
function readWords(words: string[], spellings: Spelling[], open: string[]): Attributes[] {
  if (open.length === 0) return words.length === 0 ? [{}] : [];
  return spellings
    .filter((spelling) => open.includes(spelling.attribute) && startsWith(words, spelling.words))
    .flatMap(({ attribute, value, words: used }) =>
      readWords(
        words.slice(used.length),
        spellings,
        open.filter((name) => name !== attribute),
      ).map((rest) => ({ [attribute]: value, ...rest })),
    );
}

function startsWith(words: string[], beginning: string[]): boolean {
  return beginning.every((word, i) => words[i] === word);
}

function distinct(readings: Attributes[]): Attributes[] {
  return [...new Map(readings.map((reading) => [JSON.stringify(reading), reading])).values()];
}

/** What cuts the name into parts: the pattern's own separators, or where it has none of them, `_` and `-`. */
function cutters(text: string, pattern: string): string {
  const own = pattern.replace(/\{[^{}]+\}/g, "");
  return Array.from(own).some((separator) => text.includes(separator)) ? own : "_-";
}

/**
 * Says what stands in the way. Unlike in reading, not every separator cuts here: in “side view??” a person meant one
 * thing by two words.
 */
function explain(
  text: string,
  separators: string,
  spellings: Spelling[],
  order: string[],
): { reason: "unreadable-name" | "unknown-value"; complaint: string } {
  const parts = partsOf(text, separators, spellings);
  const given = new Map<string, string>();
  const unknown: string[] = [];
  for (const part of parts) {
    const meanings = meaningsOf(wordsOf(part), spellings);
    const attribute = order.find((name) => meanings.includes(name) && !given.has(name));
    const taken = order.find((name) => meanings.includes(name));
    if (attribute) given.set(attribute, part);
    else if (taken) {
      const complaint = `two values for ${taken}, ${quote(given.get(taken) ?? "")} and ${quote(part)}`;
      return { reason: "unreadable-name", complaint };
    } else unknown.push(part);
  }

  const missing = order.filter((name) => !given.has(name));
  const [first] = unknown;
  if (parts.length === 0) return { reason: "unreadable-name", complaint: "the name is empty" };
  if (first === undefined) return { reason: "unreadable-name", complaint: `no ${missing.join(" and no ")} given` };
  if (unknown.length > missing.length) {
    return { reason: "unreadable-name", complaint: `${quote(first)} is not ${order.map(withArticle).join(" or ")}` };
  }
  const isRightShape = unknown.length === missing.length && given.size > 0;
  return {
    reason: isRightShape ? "unknown-value" : "unreadable-name",
    complaint: unknown.map((part, i) => `no ${missing[i]} called ${quote(part)}`).join(" and "),
  };
}

/** The text cut at the separators, but not within a value that holds one (three-quarter). */
function partsOf(text: string, separators: string, spellings: Spelling[]): string[] {
  const pieces = text.split(new RegExp(`([${separators.replaceAll("-", "\\-")}]+)`)).map((piece) => ({
    text: piece,
    words: wordsOf(piece),
  }));
  const parts: string[] = [];
  for (let at = 0; at < pieces.length; ) {
    const end = endOfValue(pieces, at, spellings);
    const part = pieces.slice(at, end);
    if (pieces[at]?.words.length) parts.push(trimSeparators(part.map((piece) => piece.text).join("")));
    at = end;
  }
  return parts;
}

/** Behind the most pieces that together say one value; behind this piece alone where it begins none. */
function endOfValue(pieces: { words: string[] }[], start: number, spellings: Spelling[]): number {
  const longest = Math.max(...spellings.map((spelling) => spelling.words.length));
  const said: string[] = [];
  let end = start + 1;
  // No further than a value can reach: a name of a thousand words must not take seconds.
  for (let at = start; at < pieces.length && said.length <= longest; at++) {
    const words = pieces[at]?.words ?? [];
    if (words.length === 0 && at === start) break;
    if (words.length === 0) continue;
    said.push(...words);
    if (meaningsOf(said, spellings).length > 0) end = at + 1;
  }
  return end;
}

/** The attributes of which these words are a value. */
function meaningsOf(words: string[], spellings: Spelling[]): string[] {
  return spellings
    .filter((spelling) => spelling.words.length === words.length && startsWith(words, spelling.words))
    .map((spelling) => spelling.attribute);
}

/** Not by one regular expression: `[_\-\s]+$` would begin again at every separator within. */
function trimSeparators(text: string): string {
  const isSeparator = (at: number) => /[_\-\s]/u.test(text.charAt(at));
  let start = 0;
  let end = text.length;
  while (start < end && isSeparator(start)) start += 1;
  while (end > start && isSeparator(end - 1)) end -= 1;
  return text.slice(start, end);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}
