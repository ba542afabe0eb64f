import { expect, test } from "vitest";
import { readLines } from "./read-lines.server";

async function read(...chunks: (string | Buffer)[]) {
  const found = [];
  const buffers = chunks.map((chunk) => Buffer.from(chunk as string));
  for await (const line of readLines(from(buffers))) found.push(line);
  return found;
}

async function* from(buffers: Buffer[]) {
  yield* buffers;
}

test("lines are numbered as editors count, however they are cut into chunks; blank ones are no records", async () => {
  expect(await read("\ufeff{1}\r\n\n{", "2}", "\n  \n", "{3}")).toEqual([
    { line: 1, text: "{1}" },
    { line: 3, text: "{2}" },
    { line: 5, text: "{3}" },
  ]);
  const word = Buffer.from("서울\n");
  expect(await read(word.subarray(0, 2), word.subarray(2))).toEqual([{ line: 1, text: "서울" }]);
  expect(await read()).toEqual([]);
});

test("a line that is no text, or longer than any record, is told by its number; the rest goes on", async () => {
  const huge = Buffer.alloc(16 * 1024 * 1024, "a");
  expect(await read(Buffer.from([0xff, 0xfe, 10]), huge, huge, "a\n", "{4}\n")).toEqual([
    { line: 1, text: null, problem: "is not UTF-8 text" },
    { line: 2, text: null, problem: "is longer than 32 MiB" },
    { line: 3, text: "{4}" },
  ]);
});
