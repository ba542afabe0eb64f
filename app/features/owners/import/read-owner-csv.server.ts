import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { delimiterOf, readCell } from "~/features/csv";
import { DomainError } from "~/features/domain-error";
import { bytes, count, listOf, plural } from "~/features/format";
import { type OwnerFields, readOwnerFields } from "~/features/owners/owner-fields";
import { quote } from "~/quote";

/** A studio has some hundred owners; the plan and its run keep every line. */
export const OWNERS_AT_MOST = 5_000;
export const CSV_BYTES_AT_MOST = 1_000_000;

const columns = ["id", "name", "email"] as const;
type Column = (typeof columns)[number];

/** A line of a file as it was read, or why it was not. An empty email address is null: it says nothing. */
export type CsvLine = { line: number } & ({ owner: OwnerFields } | { complaint: string });

/**
 * The owners of a CSV file with a header: `id`, `name` and perhaps `email`, in any order and case, between commas, semicolons or
 * tabs. Columns of other names are left out, and named.
 * @throws DomainError "invalid" for a file that is no such list, or too large
 */
export function readOwnerCsv(text: string): { lines: CsvLine[]; leftOut: string[] } {
  requireText(text);
  const [header, ...records] = parseRecords(text);
  const places = readHeader(header?.cells ?? []);
  if (records.length === 0) throw refuse("The file has a header, but no owner below it.");
  if (records.length > OWNERS_AT_MOST) {
    throw refuse(
      `The file has ${plural(records.length, "line")}, and at most ${count(OWNERS_AT_MOST)} are imported at once. Split it into several files.`,
    );
  }
  const seen = new Map<string, number>();
  const width = header?.cells.length ?? 0;
  const lines = records.map(({ line, cells }): CsvLine => {
    if (cells.length > width) {
      return { line, complaint: `It has ${plural(cells.length, "cell")}, but the header has ${width}.` };
    }
    const cellOf = (column: Column) => readCell(cells[places.get(column) ?? -1] ?? "");
    const read = readOwnerFields({ id: cellOf("id"), name: cellOf("name"), email: cellOf("email") });
    if ("complaint" in read) return { line, ...read };
    const first = seen.get(read.owner.id);
    if (first !== undefined) return { line, complaint: `${quote(read.owner.id)} is already in line ${first}.` };
    seen.set(read.owner.id, line);
    return { line, ...read };
  });
  const leftOut = (header?.cells ?? []).filter((_, at) => ![...places.values()].includes(at));
  return { lines, leftOut };
}

function requireText(text: string): void {
  const size = Buffer.byteLength(text);
  if (size > CSV_BYTES_AT_MOST) {
    const limit = bytes(CSV_BYTES_AT_MOST);
    throw refuse(
      `The file has ${bytes(size)}, and at most ${limit} are imported at once. Split it into several files.`,
    );
  }
  if (text.trim() === "") throw refuse("The file is empty. Paste a list with a header, or choose a file.");
  if (text.includes("\uFFFD")) {
    throw refuse(
      "The file is not encoded in UTF-8, so names would be damaged. Save it as “CSV UTF-8”, then import it.",
    );
  }
}

const parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Each record with the line that it begins in. */
function parseRecords(text: string): { line: number; cells: string[] }[] {
  const options = { bom: true, delimiter: delimiterOf(text), info: true, trim: true };
  try {
    const found = parse(text, { ...options, relax_column_count: true, skip_empty_lines: true });
    return parsed.parse(found).map(({ record, info }) => {
      const breaks = record.join("").split("\n").length - 1;
      return { line: info.lines - breaks, cells: record };
    });
  } catch (error) {
    if (error instanceof CsvError) throw refuse(explain(error));
    throw error;
  }
}

function explain(error: CsvError): string {
  const line = z.number().safeParse(error.lines).data;
  const where = line === undefined ? "The file" : `Line ${line}`;
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return `In line ${line} or before, a cell has a quote that is not closed.`;
  return `${where} has a quote in the middle of a cell. Put the whole cell in quotes, and double the quotes in it.`;
}

function readHeader(cells: string[]): Map<Column, number> {
  const names = cells.map((cell) => cell.toLowerCase());
  const places = columns.map((column) => [column, names.indexOf(column)] as const).filter(([, at]) => at >= 0);
  const missing = ["id", "name"].filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw refuse(
      `The first line has no column ${listOf(missing.map(quote))}. Begin with a header such as: id,name,email`,
    );
  }
  const twice = names.find((name, at) => columns.some((column) => column === name) && names.indexOf(name) !== at);
  if (twice !== undefined) throw refuse(`The first line has the column ${quote(twice)} twice.`);
  return new Map(places);
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
