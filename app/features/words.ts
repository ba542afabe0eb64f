const QUOTED_LENGTH = 60;

/**
 * The words of a name or value: separators (`_`, `-`, white space) cut, case folded, composed (NFC). Two texts mean the
 * same value exactly when their words are equal, so "Three-Quarter" and "three_quarter" do.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .split(/[_\-\s]+/u)
    .filter(Boolean);
}

/**
 * A name as a sentence shows it: in quotes, cut at 60 characters, characters that nobody sees spelled out (a zero-width
 * space would make a complaint about “warm” absurd). The joiner of emoji stays.
 */
export function quote(text: string): string {
  const characters = Array.from(text);
  const shown = characters.length > QUOTED_LENGTH ? `${characters.slice(0, QUOTED_LENGTH).join("")}…` : text;
  const visible = shown.replace(/(?!\u200d)[\p{Cc}\p{Cf}]/gu, (character) => {
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
  });
  return `“${visible}”`;
}
