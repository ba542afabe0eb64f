/** S3 orders keys by their UTF-8 bytes, which JavaScript's own comparison (UTF-16) does not beyond U+FFFF. */
export const compareKeys = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const MAX_KEY_BYTES = 1_024;

/**
 * A key between two others that share a prefix, about half-way by its first differing character: after < it < last.
 * Null when there is none of printable characters. Such a key need not exist: S3 lists after any string.
 * @param last null: no bound but the prefix's end
 */
export function keyBetween(prefix: string, after: string, last: string | null): string | null {
  const low = Array.from(after.slice(prefix.length), codePoint);
  const high = last === null ? null : Array.from(last.slice(prefix.length), codePoint);
  let key = prefix;
  let isBounded = high !== null;
  for (let at = 0; ; at++) {
    const from = low[at];
    const to = isBounded ? high?.[at] : undefined;
    if (isBounded && to === undefined) return null;
    if (from !== undefined && from === to) {
      key += String.fromCodePoint(from);
      continue;
    }
    const middle = characterBetween(from ?? -1, to ?? 0x110000);
    if (middle !== null) {
      const found = key + String.fromCodePoint(middle);
      return Buffer.byteLength(found) <= MAX_KEY_BYTES ? found : null;
    }
    if (from === undefined) return null;
    // Whatever follows this character is below `last` already.
    key += String.fromCodePoint(from);
    isBounded = false;
  }
}

const codePoint = (character: string) => character.codePointAt(0) ?? 0;

/** Behind the digits, the capitals, the small letters, and all that can be printed. */
const ASCII_BOUNDS = [0x3a, 0x5b, 0x7b, 0x7f];

/**
 * Names mostly go on with characters of one kind, so of a wide gap only the part up to the end of that kind is halved:
 * behind "img-0" that is "img-5", not "img-W".
 */
function characterBetween(from: number, to: number): number | null {
  const isAscii = from < 0x7e;
  const low = Math.max(from, isAscii ? 0x1f : 0x9f);
  const high = isAscii ? Math.min(to, ASCII_BOUNDS.find((bound) => bound - low >= 2) ?? 0x7f) : to;
  if (high - low < 2) return null;
  const middle = Math.floor((low + high) / 2);
  const isSurrogate = middle >= 0xd800 && middle <= 0xdfff;
  if (!isSurrogate) return middle;
  return low < 0xd7ff ? 0xd7ff : high > 0xe000 ? 0xe000 : null;
}
