import { isKnownError } from "~/features/known-error";
import type { AttributeRoot, Attributes, LabelSchema } from "~/features/label-schema/label-schema";
import { readNewName } from "~/features/label-schema/new-group-name";
import { quote } from "~/quote";

/** A group as a form offers it; `attributes` is null where its name could not be read. */
export type NamedGroup = { name: string; attributes: Attributes | null };

/** What the forms of the group actions need to know: how names of the root are read, and which groups there are. */
export type ActionScope = {
  root: AttributeRoot;
  /** Only the attributes of the root's pattern, and this root. */
  schema: LabelSchema;
  /** By name, as the newest snapshot has them. */
  groups: NamedGroup[];
};

/** Other groups that say the same attributes. */
export function findSame(scope: ActionScope, group: string, attributes: Attributes | null): NamedGroup[] {
  if (!attributes) return [];
  const says = JSON.stringify(attributes);
  return scope.groups.filter((other) => other.name !== group && JSON.stringify(other.attributes) === says);
}

/** What a group's new name would say, or why the group cannot be called so. The server asks the same again. */
export function judgeNewName(
  scope: ActionScope,
  group: string,
  text: string,
): { name: string; attributes: Attributes } | { complaint: string } {
  if (text === group) return { complaint: "This is its current name. Choose what the folder should be named for." };
  try {
    const reading = readNewName(scope.schema, scope.root, text);
    if (reading.name === group) return { complaint: "This is its current name." };
    const [same] = findSame(scope, group, reading.attributes);
    if (same) return { complaint: `${quote(same.name)} is already named for this. Merge the two instead.` };
    return reading;
  } catch (error) {
    if (isKnownError(error, "DomainError")) return { complaint: error.message };
    throw error;
  }
}
