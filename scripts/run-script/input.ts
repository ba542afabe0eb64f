import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename } from "node:path";
import { UsageError } from "./end-with";
import type { Values } from "./run-script";

/** Options of a script that reads a file or standard input. */
export const inputOptions = { file: { type: "string" }, stdin: { type: "boolean" } } as const;

/** `otherwise`: the file that is read where neither option is given. */
type Default = { otherwise?: string };

/** @throws UsageError unless just one of the two is given, or for a file that cannot be read */
export async function checkInput(values: Values, { otherwise }: Default = {}): Promise<void> {
  const file = readInput(values, otherwise);
  if (file === null) return;
  await access(file, constants.R_OK).catch(() => {
    throw new UsageError(`--file ${file} cannot be read.`);
  });
}

/** @returns the file, null for standard input; what people call it; and what is in it */
export function openInput(values: Values, { otherwise }: Default = {}) {
  const file = readInput(values, otherwise);
  if (file === null) return { file, source: "stdin", chunks: process.stdin };
  return { file, source: basename(file), chunks: createReadStream(file) };
}

function readInput({ file, stdin }: Values, otherwise: string | undefined): string | null {
  const isGiven = file !== undefined;
  if (isGiven && stdin && otherwise) throw new UsageError("Say what to import: --file F or --stdin, not both.");
  if (otherwise === undefined && isGiven === Boolean(stdin)) {
    throw new UsageError("Say what to import: one of --file F and --stdin.");
  }
  if (file === "") throw new UsageError("--file names no file.");
  if (stdin) return null;
  return typeof file === "string" ? file : (otherwise ?? null);
}
