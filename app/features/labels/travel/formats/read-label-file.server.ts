import { CsvError, parse as parseCsv } from "csv-parse";
import { z } from "zod";
import { delimiterOf, readCell } from "~/features/csv";
import { DomainError } from "~/features/domain-error";
import { listOf } from "~/features/format";
import { readLines } from "~/features/read-lines.server";
import { quote } from "~/quote";
import { readColumns, type ToldImage, unusedColumns } from "./columns";
import { FILE_END, type LabeledImage, type LabelOrigin, readLine, readStart, type TravelingLabel } from "./label-line";
import { readTask } from "./label-studio";
import { splitElements } from "./split-elements.server";

/** What a line (or task) of a file says, numbered from 1 as editors count; `problem` is the end of a sentence. */
export type FileEntry = { line: number } & ({ problem: string } | Told);
type Told = {
  /** A key, or how another tool names the image. */
  told: string;
  /** Whether the file's name may tell the image, too: the file is another tool's. */
  isForeign: boolean;
  labels: TravelingLabel[];
  /** What else the line says that does not go in. */
  problems: string[];
};

/** What is known of a file once it was read to its end. */
export type FileFacts = {
  /** It is a file of ours and has every label of the console that wrote it. */
  isWhole: boolean;
  /** Names of what was not used. */
  unused: Set<string>;
};

type Reading = {
  /** Of labels/schema.json; they tell columns of labels from others. */
  attributes: readonly string[];
  source: string;
  facts: FileFacts;
  /** The image of a line of ours that its reader knows by its text, so that it need not be read. */
  known?: (text: string) => LabeledImage | null;
};

/** What tells one kind of file from another; a first line is hardly longer. */
const PEEKED_BYTES = 64 * 1024;

/**
 * Reads a file of labels line by line, whatever wrote it: labels/personas.json, metadata.jsonl or .csv of a folder of images,
 * Label Studio's JSON, JSON-MIN or CSV. What it is, its beginning tells. `facts` is filled in on the way.
 * @throws DomainError "invalid" for a file of which nothing could be read
 */
export async function* readLabelFile(chunks: AsyncIterable<Buffer>, input: Reading): AsyncGenerator<FileEntry, void> {
  const { beginning, all } = await peek(chunks);
  const text = beginning.toString("utf8").replace(/^\uFEFF/, "");
  const start = text.trimStart();
  const [firstLine = ""] = start.split(/\r?\n/, 1);
  if (start === "") throw new DomainError("invalid", `${quote(input.source)} is empty.`);
  if (start.startsWith("[")) return yield* readTasks(all, input);
  if (!start.startsWith("{")) return yield* readCsv(all, delimiterOf(start), input);
  const own = readStart(firstLine.trimEnd());
  if (own === null) return yield* readRows(all, input);
  if ("problem" in own) throw new DomainError("invalid", `${quote(input.source)} ${own.problem}.`);
  input.facts.isWhole = own.whole;
  yield* readOwn(all, input);
}

async function* readOwn(chunks: AsyncIterable<Buffer>, { facts, known }: Reading): AsyncGenerator<FileEntry, void> {
  let last = 0;
  let isOver = false;
  for await (const { line, ...read } of readLines(chunks)) {
    const isFirst = last === 0;
    last = line;
    if (isFirst) continue;
    if (read.text === FILE_END) isOver = true;
    else if (read.text === null) yield { line, problem: read.problem };
    else {
      const image = known?.(read.text);
      const found = image ? { image, unknown: [] } : readLine(read.text);
      if ("problem" in found) yield { line, problem: found.problem };
      else {
        for (const name of found.unknown) facts.unused.add(name);
        const { key, labels } = found.image;
        yield { line, told: key, isForeign: false, labels, problems: [] };
      }
    }
  }
  if (isOver) return;
  facts.isWhole = false;
  yield { line: last, problem: `is the last one, and ${quote(FILE_END)} does not follow: the file was cut off` };
}

const row = z.record(z.string(), z.unknown());

/** metadata.jsonl, or tasks of Label Studio a line each. */
async function* readRows(chunks: AsyncIterable<Buffer>, input: Reading): AsyncGenerator<FileEntry, void> {
  for await (const { line, ...read } of readLines(chunks)) {
    if (read.text === null) yield { line, problem: read.problem };
    else yield toEntry(line, input, toJson(read.text));
  }
}

async function* readTasks(chunks: AsyncIterable<Buffer>, input: Reading): AsyncGenerator<FileEntry, void> {
  for await (const { line, ...read } of splitElements(toText(chunks, input))) {
    if (read.text === null) yield { line, problem: read.problem };
    else yield toEntry(line, input, toJson(read.text));
  }
}

type CsvRow = { line: number; cells: string[] };

async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  delimiter: string,
  input: Reading,
): AsyncGenerator<FileEntry, void> {
  let header: string[] | null = null;
  let last = 0;
  try {
    for await (const { line, cells } of readCsvRows(toText(chunks, input), delimiter)) {
      last = line;
      if (header === null) {
        requireColumns(cells, input);
        for (const name of unusedColumns(cells, input.attributes)) input.facts.unused.add(name);
        header = cells;
      } else if (cells.length > header.length) {
        yield { line, problem: `has ${cells.length} cells, but the header has ${header.length}` };
      } else yield toEntry(line, input, Object.fromEntries(header.map((name, at) => [name, cells[at] ?? null])));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield { line: last + 1, problem: "begins a cell whose quotes do not end: the file was cut off, or is no CSV" };
  }
}

/** The rows of a CSV file, each with the line that it ends in. Those before an error come first: reading a stream would lose them. */
async function* readCsvRows(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow, void> {
  const rows: CsvRow[] = [];
  let failure: Error | null = null;
  const parser = parseCsv({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record(record: string[], { lines }) {
      rows.push({ line: lines, cells: record.map(readCell) });
      return null;
    },
  });
  parser.on("error", (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => parser.once("close", resolve));
  parser.resume();
  for await (const text of texts) {
    if (failure === null) parser.write(text);
    yield* rows.splice(0);
  }
  if (failure === null) parser.end();
  await ended;
  yield* rows.splice(0);
  if (failure !== null) throw failure;
}

function requireColumns(header: string[], { attributes, source }: Reading): void {
  const isLabels = header.some((name) => attributes.includes(name)) && !("problem" in readColumns(cellsOf(header), []));
  if (isLabels) return;
  throw new DomainError(
    "invalid",
    `${quote(source)} is no file of labels: it is not JSON, and as CSV its first line needs “key”, “file_name” or “image” and an attribute of labels/schema.json (${listOf(attributes.map(quote))}).`,
  );
}

const cellsOf = (header: string[]) => Object.fromEntries(header.map((name) => [name, "x"]));

function toEntry(line: number, { attributes, source, facts }: Reading, json: unknown): FileEntry {
  if (json === undefined) return { line, problem: "is not JSON" };
  const read = readTask(json, attributes);
  if ("problem" in read) return { line, problem: read.problem };
  const columns = row.safeParse(json);
  if (columns.success && !("data" in columns.data)) {
    for (const name of unusedColumns(Object.keys(columns.data), attributes)) facts.unused.add(name);
  }
  return { line, told: read.told, isForeign: true, labels: toLabels(read, source), problems: read.problems };
}

function toLabels({ labels, etag, by, at }: ToldImage, file: string): TravelingLabel[] {
  const origin: LabelOrigin = { source: "import", file, ...(by !== null && { by }), ...(at !== null && { at }) };
  return labels.map(({ attribute, value }) => ({ attribute, value, etag, origin }));
}

async function* toText(chunks: AsyncIterable<Buffer>, { source }: Reading): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DomainError("invalid", `${quote(source)} is not encoded in UTF-8. Save it as UTF-8, then import it.`);
  }
}

async function peek(chunks: AsyncIterable<Buffer>): Promise<{ beginning: Buffer; all: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let bytes = 0;
  while (bytes < PEEKED_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    read.push(next.value);
    bytes += next.value.length;
  }
  async function* all() {
    yield* read;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { beginning: Buffer.concat(read), all: all() };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
