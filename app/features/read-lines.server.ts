import { isUtf8 } from "node:buffer";

/** Payloads of pictures included; a longer line is no record, and is not kept in memory. */
const LONGEST_LINE_BYTES = 32 * 1024 * 1024;

const NEWLINE = 10;

/** A line of a file, numbered from 1 as editors count; `text` is null for one that cannot be text of ours, with why. */
export type Line = { line: number; text: string } | { line: number; text: null; problem: string };

/** The lines of UTF-8 that are not blank, however long the whole is: only the line at hand is kept. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line, void> {
  let number = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const end = (): Line | null => {
    number += 1;
    const line = toLine(number, parts, bytes);
    parts = [];
    bytes = 0;
    return line;
  };
  const take = (part: Buffer) => {
    bytes += part.length;
    if (bytes <= LONGEST_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, at));
      const line = end();
      if (line) yield line;
      from = at + 1;
    }
    take(chunk.subarray(from));
  }
  const last = bytes > 0 ? end() : null;
  if (last) yield last;
}

function toLine(line: number, parts: Buffer[], bytes: number): Line | null {
  if (bytes > LONGEST_LINE_BYTES) return { line, text: null, problem: "is longer than 32 MiB" };
  const whole = Buffer.concat(parts);
  if (!isUtf8(whole)) return { line, text: null, problem: "is not UTF-8 text" };
  // A byte order mark goes with the blanks.
  const text = whole.toString("utf8").trim();
  return text === "" ? null : { line, text };
}
