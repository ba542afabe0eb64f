import { count } from "~/features/format";
import { visible } from "~/quote";
import { columnsToText } from "../run-script/columns-to-text";
import { toHarmlessJson } from "../run-script/print";

/** So many rows are still read on a screen. */
const SHOWN = 100;
const LONGEST_CELL = 60;

type Pages = AsyncIterable<readonly object[]>;

/** One JSON array, a row on each line. */
export async function* asJson(pages: Pages): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield separator + page.map(toHarmlessJson).join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** A JSON object on each line. */
export async function* asLines(pages: Pages): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((row) => `${toHarmlessJson(row)}\n`).join("");
}

/** The first rows in columns, and whether there are more. */
export async function asTable(pages: Pages, columns: readonly string[]): Promise<string> {
  const rows: object[] = [];
  for await (const page of pages) {
    rows.push(...page.slice(0, SHOWN + 1 - rows.length));
    if (rows.length > SHOWN) break;
  }
  if (rows.length === 0) return "There is none.";
  const cells = rows
    .slice(0, SHOWN)
    .map((row) => columns.map((column) => cellOf(new Map(Object.entries(row)).get(column))));
  const text = columnsToText([columns, ...cells]);
  if (rows.length <= SHOWN) return text;
  return `${text}\n\nThere are more than ${count(SHOWN)}: --json or --ndjson prints all of them.`;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (value instanceof Date) return value.toISOString();
  const text = visible(typeof value === "object" ? JSON.stringify(value) : String(value));
  const characters = Array.from(text);
  return characters.length > LONGEST_CELL ? `${characters.slice(0, LONGEST_CELL - 1).join("")}…` : text;
}
