import { attributeWords } from "~/features/attribute-words";
import { DomainError } from "~/features/domain-error";
import type { LabelSchema } from "~/features/label-schema/label-schema";
import { quote } from "~/quote";

/**
 * That labels/schema.json lists this attribute, and for it this value.
 * @throws DomainError "invalid"
 */
export function requireListed(
  { attributes }: Pick<LabelSchema, "attributes">,
  { attribute, value }: { attribute: string; value: string | null },
): void {
  const listed = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  if (!listed) {
    const known = Object.keys(attributes).map(quote).join(", ");
    throw new DomainError("invalid", `There is no attribute called ${quote(attribute)}; there is ${known || "none"}.`);
  }
  if (value === null || listed.values.includes(value)) return;
  throw new DomainError(
    "invalid",
    `${quote(value)} is no listed value of ${attributeWords(attribute)}. Choose one of ${listed.values.map(quote).join(", ")}.`,
  );
}
