import { DomainError } from "~/features/domain-error";
import { readJsonFile } from "~/features/json-file.server";
import { quote } from "~/quote";
import { type AttributeRoot, type LabelSchema, labelSchema } from "./label-schema";

/**
 * Reads labels/schema.json of the project that the process runs in. Read again each time: it is small, and an edit holds
 * for web, worker and scripts at once.
 * @throws DomainError "invalid" with one line for each thing that is wrong with the file
 */
export function loadLabelSchema(file = "labels/schema.json"): Promise<LabelSchema> {
  return readJsonFile(file, labelSchema);
}

/**
 * One root by its name.
 * @throws DomainError "not-found" that names the roots there are
 */
export function findRoot(schema: LabelSchema, name: string): AttributeRoot {
  const root = schema.roots.find((candidate) => candidate.name === name);
  if (root) return root;
  const known = schema.roots.map((candidate) => quote(candidate.name)).join(", ") || "none";
  throw new DomainError(
    "not-found",
    `labels/schema.json has no attribute root called ${quote(name)}; there is ${known}.`,
  );
}
