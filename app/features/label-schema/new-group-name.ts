import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import { readGroupName } from "./group-name";
import type { AttributeRoot, Attributes, LabelSchema } from "./label-schema";

/**
 * The name that a folder is to have, as it is written to S3: composed (NFC), without the space around it.
 * @throws DomainError "invalid" with what is wrong with it
 */
export function readNewName(
  schema: LabelSchema,
  root: AttributeRoot,
  text: string,
): { name: string; attributes: Attributes } {
  const name = text.normalize("NFC").trim();
  const refuse = (why: string) => new DomainError("invalid", `A group cannot be called ${quote(name)}: ${why}.`);
  if (name === "") throw new DomainError("invalid", "Give the group a name.");
  if (name.includes("/")) throw refuse("“/” would make it a folder within a folder");
  if (name === "." || name === "..") throw refuse("many programs take that for another folder");
  if (/\p{Cc}/u.test(name)) throw refuse("it has an invisible character");
  const reading = readGroupName(name, root, schema);
  if (reading.attributes === null) throw refuse(reading.problem);
  return { name, attributes: reading.attributes };
}
