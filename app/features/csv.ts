/**
 * What a CSV file begins with: without it Excel takes the file for the machine's old code page, and every curly quote
 * and every letter beyond ASCII is garbled. What reads a CSV file has to pass over it (TextDecoder does).
 */
export const csvStart = "\uFEFF";

export type CsvCell = string | number | boolean | null;

/**
 * A spreadsheet takes a cell that begins with one of these for a formula and would run it; where Chinese, Japanese or Korean is
 * written, the full-width signs as well.
 */
const startsFormula = /^[=+\-@＝＋－＠\t\r\n]/;

/**
 * One line of a CSV file (RFC 4180), its line break included; null is an empty cell. Text that a spreadsheet would run
 * as a formula gets an apostrophe in front, which it shows as text: keys and sentences come from outside.
 */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(toText).join(",")}\r\n`;

/** A cell as it was before `csvLine` put an apostrophe in front of what a spreadsheet would run. */
export const readCell = (text: string): string =>
  text.startsWith("'") && startsFormula.test(text.slice(1)) ? text.slice(1) : text;

function toText(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const safe = startsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What stands between the cells of a CSV file's first line: a comma, a semicolon or a tab, whichever is there most often. */
export function delimiterOf(text: string): string {
  const [header = ""] = text.split(/[\r\n]/, 1);
  const counted = [",", ";", "\t"].map((sign) => ({ sign, times: header.split(sign).length }));
  return counted.reduce((most, one) => (one.times > most.times ? one : most)).sign;
}
