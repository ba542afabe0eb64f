/**
 * Text as the full-text index keeps it: words with spaces between, which its tokenizer takes as they are. Korean, Japanese
 * and Chinese have few separators: a trigram index finds no word of two letters, and a plain one only whole runs. So each
 * run of such letters is written as its overlapping pairs, on every write and in every question alike.
 */

const PAIRED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]`;
const CJK = new RegExp(PAIRED, "u");
/** A run of paired letters, a word of others (of which “photo서울” has one each), or a sign. */
const RUNS = new RegExp(String.raw`${PAIRED}+|(?:(?!${PAIRED})[\p{L}\p{N}])+|[^\p{L}\p{N}\s/.\-_]`, "gu");

/** A sign that people search for (`%`, `"`, `*`) as a word of letters, for the tokenizer drops what is none. */
const signWord = (sign: string) => `sign${sign.codePointAt(0)?.toString(16)}`;

/** Accents fold, so “café” is found by “cafe”; composed and decomposed letters are the same. Hangul stays composed. */
const foldText = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase();

const isWord = (run: string) => /^[\p{L}\p{N}]/u.test(run);

const pairs = (run: string) => {
  const letters = Array.from(run);
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
};

/** What the index holds of a text: its words, the letters and pairs of its runs, and its signs, once each. */
export function toIndexWords(text: string): string[] {
  const words = (foldText(text).match(RUNS) ?? []).flatMap((run) => {
    if (CJK.test(run)) return [...Array.from(run), ...pairs(run)];
    return isWord(run) ? [run] : [signWord(run)];
  });
  return [...new Set(words)];
}

/** One thing that a question asks for: a word of the index, or the beginning of one, and the part of a text that makes it. */
type Term = { word: string; part: string; isBeginning: boolean };

/** All that a question of people asks for: each word as the beginning of one, runs by their pairs. Nothing is an operator. */
function toTerms(question: string): Term[] {
  const terms = (foldText(question).match(RUNS) ?? []).flatMap((run) => {
    if (CJK.test(run)) return pairs(run).map((word) => ({ word, part: word, isBeginning: false }));
    if (!isWord(run)) return [{ word: signWord(run), part: run, isBeginning: false }];
    // The beginning of “sign” is that of each sign's word, too.
    const part = run.startsWith("sign") || "sign".startsWith(run) ? "" : run;
    return [{ word: run, part, isBeginning: true }];
  });
  return [...new Map(terms.map((term) => [term.word, term])).values()];
}

/** What a question asks for as beginnings of words. */
export const beginningsOf = (question: string): string[] =>
  toTerms(question).flatMap(({ word, isBeginning }) => (isBeginning ? [word] : []));

/**
 * A question as one for FTS5. Null: it holds no letter, digit or sign.
 * @param wordsFrom all words of the index that begin so, where they are known: FTS5 reads whole words bit by bit, and all that a
 *   beginning finds at once
 */
export function toMatchQuery(
  question: string,
  wordsFrom: (beginning: string) => readonly string[] | null = () => null,
): string | null {
  const terms = toTerms(question).map(({ word, isBeginning }) => {
    if (!isBeginning) return `"${word}"`;
    const words = wordsFrom(word);
    return words ? `(${words.map((whole) => `"${whole}"`).join(" OR ")})` : `"${word}"*`;
  });
  return terms.length === 0 ? null : terms.join(" AND ");
}

/** Whether a text has nothing that folds but letters of both cases. */
const isPlain = (text: string) => !NOT_ASCII.test(text);
const NOT_ASCII = /[^\p{ASCII}]/u;

/** Tells of a text whether the index would find it by this question. */
export function matcherOf(question: string): (text: string) => boolean {
  const terms = toTerms(question);
  return (text) => {
    // To cut a text into its words takes ten times as long as to see that it has none of them.
    if (isPlain(text) && !terms.every(({ part }) => text.toLowerCase().includes(part))) return false;
    const words = toIndexWords(text);
    return (
      terms.length > 0 &&
      terms.every(({ word, isBeginning }) =>
        words.some((candidate) => (isBeginning ? candidate.startsWith(word) : candidate === word)),
      )
    );
  };
}
