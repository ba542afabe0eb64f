import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { DomainError } from "./domain-error";

/**
 * Reads a file of the project that the process runs in, which people write by hand.
 * @throws DomainError "invalid" with one line for each thing that is wrong with the file
 */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? `is not JSON: ${error.message}` : "cannot be read; run from the project's root";
    throw new DomainError("invalid", `${file} ${reason}.`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`);
  throw new DomainError("invalid", `${file} is not usable:\n  ${problems.join("\n  ")}`);
}
