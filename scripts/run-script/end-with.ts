import { describeError } from "~/features/known-error";
import { printJson, spellOut } from "./print";

/** An option that makes no sense: its sentence is printed and the exit code is 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * Has the process end by this error: its sentence goes to stderr, and with --json the one document on stdout is
 * `{"error": "…", "exitCode": 1}`.
 * @param exitCode 2 for a UsageError, else 1, unless told
 */
export function endWith(error: unknown, exitCode = error instanceof UsageError ? 2 : 1): void {
  process.exitCode = exitCode;
  const sentence = describeError(error).error;
  process.stderr.write(`${spellOut(sentence)}\n`);
  if (error instanceof UsageError) process.stderr.write("Try --help.\n");
  // What could not be read as options may still have asked for it.
  if (process.argv.includes("--json")) printJson({ error: sentence, exitCode });
}
