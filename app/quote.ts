const QUOTED_LENGTH = 60;

/**
 * A name as a sentence shows it – a folder, a title, a value, an email address: in quotes, cut at 60 characters,
 * characters that cannot be seen spelled out (a zero-width space would make a complaint about “warm” absurd). The joiner
 * of emoji stays.
 */
export function quote(name: string): string {
  const characters = Array.from(name);
  return quoteKey(characters.length > QUOTED_LENGTH ? `${characters.slice(0, QUOTED_LENGTH).join("")}…` : name);
}

/** A key or prefix as a sentence shows it: like any name, yet whole, since half an address leads nowhere. */
export const quoteKey = (key: string) => `“${visible(key)}”`;

/** A name whose characters that cannot be seen, or that turn the direction of writing, are spelled out: “<U+202E>”. */
export function visible(name: string): string {
  return name.replace(/(?!\u200d)[\p{Cc}\p{Cf}]/gu, (character) => {
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
