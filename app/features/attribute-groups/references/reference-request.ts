import { attributeWords } from "~/features/attribute-words";
import { DomainError } from "~/features/domain-error";
import {
  type AttributeRoot,
  type Attributes,
  type LabelSchema,
  patternAttributes,
  rootAttributes,
  spellingsOfValues,
} from "~/features/label-schema/label-schema";
import { wordsOf } from "~/features/words";
import { quote } from "~/quote";

/** What a request for references states, as the image agent calls it. */
export const referenceModes = ["tone", "tone+angle"] as const;
export type ReferenceMode = (typeof referenceModes)[number];

export type ReferenceRequest = {
  /** An attribute root's name. */
  root: string;
  mode: ReferenceMode;
  /** A value, or an alias of one, for exactly the attributes of the mode. */
  attributes: Attributes;
  /** A value of the age range, or an alias of one: only references whose image has it as its accepted label. */
  ageRange?: string | null;
};

/** The attribute by which people choose a persona, whatever the folders of a root say. */
export const AGE = "ageRange";

/** "tone+angle" → tone, angle */
export const modeAttributes = (mode: ReferenceMode): string[] => mode.split("+");

/**
 * The listed values that a request asks for, in the order of the root's pattern. A value is read as in a folder's name,
 * whole: case and separators do not matter, aliases count, nothing else does.
 * @throws DomainError "invalid" when the root's folders do not say an asked attribute, or other attributes are given than
 * the mode's; "not-found" for a value that is not listed
 */
export function readReferenceRequest(
  schema: LabelSchema,
  root: AttributeRoot,
  { mode, attributes }: Pick<ReferenceRequest, "mode" | "attributes">,
): Attributes {
  const asked = modeAttributes(mode);
  const said = patternAttributes(root.group);
  const unsaid = asked.filter((name) => !said.includes(name));
  if (unsaid.length > 0) {
    throw new DomainError(
      "invalid",
      `Groups of ${quote(root.name)} are named ${quote(root.group)} and have no ${unsaid.join(" and no ")}: choose another mode or root.`,
    );
  }
  const missing = asked.filter((name) => !Object.hasOwn(attributes, name));
  const unasked = Object.keys(attributes).filter((name) => !asked.includes(name));
  const complaints = [
    ...(missing.length > 0 ? [`${missing.join(" and ")} ${isOrAre(missing)} missing`] : []),
    ...(unasked.length > 0 ? [`${unasked.map(quote).join(" and ")} ${isOrAre(unasked)} too much`] : []),
  ];
  if (complaints.length > 0) {
    throw new DomainError("invalid", `Mode ${quote(mode)} asks for ${asked.join(" and ")}: ${complaints.join(", ")}.`);
  }
  return Object.fromEntries(
    rootAttributes(schema, root)
      .filter(({ name }) => asked.includes(name))
      .map((definition) => [definition.name, readValue(definition, attributes[definition.name] ?? "")]),
  );
}

/**
 * The listed age range that a request asks for, read as the other values are.
 * @throws DomainError "invalid" where labels/schema.json has none; "not-found" for a value that is not listed
 */
export function readAgeRange(schema: LabelSchema, text: string): string {
  const definition = schema.attributes[AGE];
  if (!definition) throw new DomainError("invalid", `labels/schema.json has no attribute called ${quote(AGE)}.`);
  return readValue({ name: AGE, ...definition }, text);
}

function readValue(definition: { name: string; values: string[]; aliases: Attributes }, text: string) {
  const { name, values } = definition;
  const words = wordsOf(text).join(" ");
  const spelling = spellingsOfValues(definition).find(([candidate]) => wordsOf(candidate).join(" ") === words);
  if (spelling) return spelling[1];
  throw new DomainError(
    "not-found",
    `There is no ${attributeWords(name)} called ${quote(text)}; there is ${values.join(", ")}.`,
  );
}

const isOrAre = (names: string[]) => (names.length > 1 ? "are" : "is");
