/**
 * Text as SQLite's full-text index keeps it. Its tokenizer knows words between separators, of which Korean, Japanese and
 * Chinese have few: a trigram index finds no word of two letters, and a plain one only whole runs. So each run of such
 * letters is written as its overlapping pairs, on every write and in every question alike.
 */

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s/.\-_]/gu;

/** A sign that people search for (`%`, `"`, `*`) as a word of letters: the tokenizer drops what is none. */
const signWord = (sign: string) => `sign${sign.codePointAt(0)?.toString(16)}`;

/** Accents fold, so “café” is found by “cafe”; composed and decomposed letters are the same. Hangul stays composed. */
const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}+/gu, "")
    .normalize("NFC")
    .toLowerCase();

const pairs = (run: string) => {
  const letters = Array.from(run);
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
};

/** What the index holds of a text: its words, the pairs of its runs, and its signs, once each, with spaces between. */
export function toIndexWords(text: string): string {
  const words = (fold(text).match(RUNS) ?? []).flatMap((run) => {
    if (CJK.test(run)) return [...Array.from(run), ...pairs(run)];
    return /^[\p{L}\p{M}\p{N}]/u.test(run) ? [run] : [signWord(run)];
  });
  return [...new Set(words)].join(" ");
}

/**
 * A question of people as one for FTS5: all of its words, each as the beginning of a word, CJK runs by their pairs. Nothing
 * in it is an operator. Null: it holds no letter, digit or sign.
 */
export function toMatchQuery(text: string): string | null {
  const terms = (fold(text).match(RUNS) ?? []).flatMap((run) => {
    if (CJK.test(run)) return pairs(run).map((pair) => `"${pair}"`);
    return /^[\p{L}\p{M}\p{N}]/u.test(run) ? [`"${run}"*`] : [`"${signWord(run)}"`];
  });
  return terms.length === 0 ? null : [...new Set(terms)].join(" AND ");
}
