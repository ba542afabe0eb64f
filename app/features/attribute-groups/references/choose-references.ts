import { isReferenceName } from "~/features/attribute-groups/findings/audit-listing";
import type { NoReference } from "~/features/attribute-groups/findings/explain-no-reference";
import type { FindingType } from "~/features/attribute-groups/findings/finding-types";
import { DomainError } from "~/features/domain-error";
import { groupBy } from "~/features/group-by";
import { baseName } from "~/features/images/key-layout";
import { readGroupName } from "~/features/label-schema/group-name";
import {
  type AttributeRoot,
  type Attributes,
  allCombinations,
  describeAttributes,
  type LabelSchema,
} from "~/features/label-schema/label-schema";
import { quote } from "~/quote";

/** The image that stands for a group that says what was asked. */
export type ChosenReference = {
  /** The folder's name, exactly, and its prefix. */
  group: string;
  prefix: string;
  /** All that the folder says. */
  attributes: Attributes;
  key: string;
  etag: string;
  /** A sentence. */
  why: string;
};

/** A combination that was asked for and for which nothing is injected. */
export type MissingReference = {
  /** The finding that an audit calls it by, or what its label lacks. */
  type: MissingType;
  attributes: Attributes;
  /** The folders that say it: none, one without a usable reference image, or several that say the same. */
  groups: string[];
  /** A sentence. */
  reason: string;
};
/** Why a reference image is not of the age range that was asked for. */
export const labelReasons = {
  "no-label": "Not labeled",
  "other-label": "Labeled otherwise",
  "not-indexed": "Not indexed",
} as const;
export type MissingType =
  | keyof typeof labelReasons
  | Extract<
      FindingType,
      | "missing-combination"
      | "same-attributes"
      | "empty-group"
      | "no-reference"
      | "several-candidates"
      | "undecodable"
      | "archived"
      | "stale-label"
    >;

/** The one image that stands for a group, or why there is none. */
export type GroupReference = { reference: { key: string; etag: string } } | NoReference;
/** A group whose name says what was asked. */
export type MatchingGroup = { name: string; prefix: string; attributes: Attributes } & GroupReference;

/** Someone has to decide before these can be used; the others lack something. */
const ambiguous: readonly MissingType[] = ["same-attributes", "several-candidates"];

/** As many reasons as are still read. */
const SHOWN = 6;

/** The groups whose own names, read by the schema as it is now, say just what was asked: never a near miss. */
export function groupsThatSay<Group extends { name: string }>(
  schema: LabelSchema,
  root: AttributeRoot,
  asked: Attributes,
  groups: readonly Group[],
): (Group & { attributes: Attributes })[] {
  return groups.flatMap((group) => {
    const { attributes } = readGroupName(group.name, root, schema);
    return attributes && says(attributes, asked) ? [{ ...group, attributes }] : [];
  });
}

const says = (attributes: Attributes, asked: Attributes) =>
  Object.entries(asked).every(([name, value]) => attributes[name] === value);

/**
 * One reference, or the reason why there is none, for each combination of the root's values that says what was asked; in
 * the schema's order of values. Of groups that stand for the same, none is taken.
 */
export function chooseReferences(
  schema: LabelSchema,
  root: AttributeRoot,
  asked: Attributes,
  groups: readonly MatchingGroup[],
): { references: ChosenReference[]; missing: MissingReference[] } {
  const byAttributes = groupBy(groups, ({ attributes }) => JSON.stringify(attributes));
  const references: ChosenReference[] = [];
  const missing: MissingReference[] = [];
  for (const attributes of allCombinations(schema, root).filter((combination) => says(combination, asked))) {
    const same = (byAttributes.get(JSON.stringify(attributes)) ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const [group, ...others] = same;
    const names = same.map(({ name }) => name);
    const words = describeAttributes(attributes);
    if (!group) {
      missing.push({ type: "missing-combination", attributes, groups: [], reason: `There is no group for ${words}.` });
    } else if (others.length > 0) {
      const reason = `${names.map(quote).join(" and ")} stand for the same, ${words}: none of them is used.`;
      missing.push({ type: "same-attributes", attributes, groups: names, reason });
    } else if (group.reference) {
      const { name, prefix, reference } = group;
      const why = `${quote(name)} stands for ${words}; ${describeChoice(reference.key)}.`;
      references.push({ group: name, prefix, attributes, key: reference.key, etag: reference.etag, why });
    } else {
      missing.push({ type: group.type, attributes, groups: names, reason: group.reason });
    }
  }
  return { references, missing };
}

function describeChoice(key: string): string {
  const image = quote(baseName(key));
  return isReferenceName(key)
    ? `${image} is its only image named “reference” or “ref”`
    : `${image} is the group's only image`;
}

/** How a request is refused for which no reference was found; null: at least one was. */
export function refusalOf(selection: {
  root: string;
  attributes: Attributes;
  ageRange: string | null;
  references: readonly ChosenReference[];
  missing: readonly MissingReference[];
}): DomainError | null {
  const { root, attributes, ageRange, references, missing } = selection;
  if (references.length > 0) return null;
  const matching = missing.filter(({ groups }) => groups.length > 0);
  const told = matching.length > 0 ? matching : missing;
  const reasons = told.slice(0, SHOWN).map(({ reason }) => reason);
  if (told.length > SHOWN) reasons.push(`There are ${told.length - SHOWN} more like these.`);
  const words = describeAttributes({ ...attributes, ...(ageRange !== null && { ageRange }) });
  return matching.length > 0 && matching.every(({ type }) => ambiguous.includes(type))
    ? new DomainError(
        "conflict",
        `It is ambiguous which image of ${quote(root)} stands for ${words}. ${reasons.join(" ")}`,
      )
    : new DomainError("not-found", `No image of ${quote(root)} stands for ${words}. ${reasons.join(" ")}`);
}
