import anyAscii from "any-ascii";
import { BRANDING, LONGEST_SLUG } from "~/features/images/ingest-layout";

/** A topic as it is remembered: however it was typed, the same words are one topic. */
export const tidyTopic = (topic: string): string =>
  topic
    .normalize("NFC")
    // Half a surrogate pair or a NUL would come back from a database as something else.
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();

/**
 * A topic as a part of keys: `[a-z0-9]` words joined by “-”, at most 60 characters; null where nothing can be romanized
 * (punctuation, emoji).
 *
 * The word “branding” alone is none, for `OWNER/branding/hero.jpg` would be two things: it becomes “topic-branding”, here
 * rather than where collisions are settled, so that nobody who asks for a slug can be given it.
 */
export function slugOf(topic: string): string | null {
  const slug = nameSlug(topic);
  return slug === BRANDING ? `topic-${BRANDING}` : slug;
}

/** The same of any other name: a platform's, a branding's. */
export const nameSlug = (name: string): string | null => nullIfEmpty(shortenSlug(romanize(name), LONGEST_SLUG));

/** The same of a model's name, whose versions have dots: “Gemini 2.1” → “gemini-2.1”. */
export function modelSlug(model: string): string | null {
  const parts = model.split(".").map(romanize);
  const whole = parts.filter((part) => part !== "").join(".");
  return nullIfEmpty(whole.slice(0, LONGEST_SLUG).replace(/[.-]$/, ""));
}

/** A slug of at most `length` characters, cut at the end of a word where one ends in the last third. */
export function shortenSlug(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const wordEnd = slug.lastIndexOf("-", length);
  return slug.slice(0, wordEnd >= (length * 2) / 3 ? wordEnd : length).replace(/-$/, "");
}

const nullIfEmpty = (text: string) => (text === "" ? null : text);

const germanLetters: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

function romanize(text: string): string {
  const spelled = text
    // Composes what was typed letter by letter ("u" and two dots, half-width kana), and resolves "①" and "ﬁ".
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => germanLetters[letter] ?? letter)
    .replace(/\p{Cf}/gu, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    // Each has a syllable of its own, and no space around it.
    .replace(/\p{Script=Han}/gu, " $& ");
  // What is neither letter nor digit now stands for a sound within a word: “ob'ekt”.
  const plain = anyAscii(spelled)
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, "");
  return plain.trim().replace(/ +/g, "-");
}
