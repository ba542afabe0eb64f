/** A piece of a text; `isOwn`: it is not in the other texts in this place. */
export type Piece = { text: string; isOwn: boolean };

/** Cells of the table by which two texts are compared: two of 1,500 words each. Beyond, what differs is marked as one piece. */
const MOST_CELLS = 2_250_000;

/**
 * Marks how texts differ, word by word. Each is compared with the first, and the first with all the others: of it, what one of them
 * lacks is its own.
 */
export function markDifferences(texts: readonly string[]): Piece[][] {
  const [first, ...others] = texts.map(wordsOf);
  if (!first) return [];
  const pairs = others.map((other) => commonWords(first, other));
  const inAll = first.map((_, at) => pairs.every(({ inFirst }) => inFirst[at]));
  return [toPieces(first, inAll), ...others.map((other, at) => toPieces(other, pairs[at]?.inSecond ?? []))];
}

/** Words with the space behind them, so that joined they are the text. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? [];

function toPieces(words: readonly string[], isCommon: readonly boolean[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [at, text] of words.entries()) {
    const isOwn = !isCommon[at];
    const last = pieces.at(-1);
    if (last && last.isOwn === isOwn) last.text += text;
    else pieces.push({ text, isOwn });
  }
  return pieces;
}

/** Which words of two texts belong to their longest common sequence. */
function commonWords(first: readonly string[], second: readonly string[]) {
  const isSame = (a: number, b: number) => first[a]?.trim() === second[b]?.trim();
  const shortest = Math.min(first.length, second.length);
  let start = 0;
  while (start < shortest && isSame(start, start)) start += 1;
  let end = 0;
  while (end < shortest - start && isSame(first.length - 1 - end, second.length - 1 - end)) end += 1;
  const isOutside = (length: number) => (_: string, at: number) => at < start || at >= length - end;
  const inFirst = first.map(isOutside(first.length));
  const inSecond = second.map(isOutside(second.length));
  const [rows, columns] = [first.length - start - end, second.length - start - end];
  if (rows * columns > MOST_CELLS) return { inFirst, inSecond };
  // lengths[row][column]: how many words what is left from there has in common.
  const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const longest = isSame(start + row, start + column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
      lengths[row]?.fill(longest, column, column + 1);
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (isSame(start + row, start + column)) {
      inFirst[start + row] = true;
      inSecond[start + column] = true;
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return { inFirst, inSecond };
}
