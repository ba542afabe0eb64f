import { z } from "zod";
import { attributeWords } from "~/features/attribute-words";
import { isUntrackedPrefix } from "~/features/images/key-layout";
import { wordsOf } from "~/features/words";
import { quote } from "~/quote";

/** `{angle}_{tone}`: attributes in braces, one separator between two. */
const GROUP_PATTERN = /^\{[^{}]+\}(?:[_\- ]\{[^{}]+\})*$/;

const attribute = z.strictObject({
  /** Listed values, in the order in which people expect to see them. */
  values: z.array(z.string().trim().min(1)).min(1),
  /** Other spellings in folder names, each leading to a listed value. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** The model also gives a number in this unit, from which the value follows. */
  estimate: z.literal("years").optional(),
});

const root = z.strictObject({
  name: z.string().trim().min(1),
  /** The folder whose direct subfolders are the groups. */
  prefix: z.string().regex(/^[^/].*\/$/, "must be a folder: no leading “/”, but one at the end"),
  /** How a group's folder is named. */
  group: z
    .string()
    .regex(GROUP_PATTERN, "must be attributes in braces with “_”, “-” or a space between: {angle}_{tone}"),
});

/** labels/schema.json: the attributes with their listed values, and the roots whose folders carry them. */
export const labelSchema = z
  .strictObject({ attributes: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/), attribute), roots: z.array(root) })
  .superRefine((schema, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    for (const [name, { values, aliases }] of Object.entries(schema.attributes)) {
      const spellings = new Map<string, string>();
      for (const spelling of [...values, ...Object.keys(aliases)]) {
        const words = wordsOf(spelling).join(" ");
        const other = spellings.get(words);
        if (words === "") complain(["attributes", name], `${quote(spelling)} has no letter or digit`);
        else if (other !== undefined)
          complain(["attributes", name], `${quote(spelling)} and ${quote(other)} read alike`);
        spellings.set(words, spelling);
      }
      for (const [alias, value] of Object.entries(aliases)) {
        if (!values.includes(value))
          complain(["attributes", name, "aliases", alias], `${quote(value)} is not a listed value`);
      }
    }
    for (const [index, { name, prefix, group }] of schema.roots.entries()) {
      const used = patternAttributes(group);
      for (const attribute of used) {
        if (!(attribute in schema.attributes))
          complain(["roots", index, "group"], `no attribute called ${quote(attribute)}`);
      }
      if (new Set(used).size < used.length) complain(["roots", index, "group"], "names an attribute twice");
      if (isUntrackedPrefix(prefix)) complain(["roots", index, "prefix"], "lies where no image is tracked");
      for (const other of schema.roots.slice(0, index)) {
        if (other.name === name) complain(["roots", index, "name"], `two roots are called ${quote(name)}`);
        if (other.prefix.startsWith(prefix) || prefix.startsWith(other.prefix)) {
          complain(["roots", index, "prefix"], `overlaps the root ${quote(other.name)}`);
        }
      }
    }
  });

export type LabelSchema = z.infer<typeof labelSchema>;
export type AttributeRoot = LabelSchema["roots"][number];
/** Attribute → listed value. */
export type Attributes = Record<string, string>;

/** The attributes of a root's pattern, in its order: `{angle}_{tone}` → angle, tone. */
export function patternAttributes(pattern: string): string[] {
  return Array.from(pattern.matchAll(/\{([^{}]+)\}/g), (match) => match[1] ?? "");
}

/** The root's attributes with their definitions, in the order of its pattern. */
export function rootAttributes(
  schema: LabelSchema,
  root: AttributeRoot,
): { name: string; values: string[]; aliases: Attributes }[] {
  return patternAttributes(root.group).map((name) => {
    const definition = schema.attributes[name];
    if (!definition) throw new Error(`labels/schema.json: no attribute called ${quote(name)}`);
    return { name, values: definition.values, aliases: definition.aliases };
  });
}

/** Every spelling of an attribute's values with the listed value that it means, the values themselves first. */
export function spellingsOfValues({ values, aliases }: { values: string[]; aliases: Attributes }): [string, string][] {
  return [...values.map((value): [string, string] => [value, value]), ...Object.entries(aliases)];
}

/** How a folder with these attributes is named by the root's pattern: front_warm. */
export function canonicalGroupName(root: AttributeRoot, attributes: Attributes): string {
  return root.group.replace(/\{([^{}]+)\}/g, (_, name: string) => attributes[name] ?? "");
}

/** As a sentence says them: angle front, tone warm. */
export function describeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${attributeWords(name)} ${value}`)
    .join(", ");
}

/** Every combination of the root's values, the first attribute varying slowest. */
export function allCombinations(schema: LabelSchema, root: AttributeRoot): Attributes[] {
  return rootAttributes(schema, root).reduce<Attributes[]>(
    (combinations, { name, values }) =>
      combinations.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value }))),
    [{}],
  );
}
