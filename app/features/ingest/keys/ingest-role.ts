import { z } from "zod";
import type { IngestRole } from "~/features/images/ingest-layout";
import { quote } from "~/quote";
import { modelSlug, nameSlug } from "./slug";

const KINDS = ["hero", "supporting", "comparison", "platform", "branding"] as const;
const named = z.string().trim().min(1, "It is empty.").max(200, "It is longer than 200 characters.").optional();

/** The fields by which a line of a list tells the role of its image. */
export const roleFields = {
  role: z.enum(KINDS, { error: `It is none of ${KINDS.map(quote).join(", ")}.` }),
  model: named,
  platform: named,
  name: named,
};

const fields = z.object(roleFields);
export type RoleFields = z.infer<typeof fields>;

const slugs = { model: modelSlug, platform: nameSlug, name: nameSlug };
type Name = keyof typeof slugs;

const needed = { hero: null, supporting: null, comparison: "model", platform: "platform", branding: "name" } as const;

/** Whether these fields name the one picture that stands for a page which is shared. */
export const isOgPicture = ({ role, name }: RoleFields): boolean => role === "platform" && name?.toLowerCase() === "og";

/**
 * How keys spell a role, as far as it is told: “{model}”, “{platform}” or “{name}” stand for what is not. What is told wrongly is
 * told as `readRole` does.
 */
export function spellRole(
  fields: RoleFields,
): { kind: IngestRole["kind"]; name: string; isOg: boolean } | { problem: string } {
  const { role: kind } = fields;
  const isOg = isOgPicture(fields);
  const name = needed[kind];
  const value = name && fields[name];
  if (name === null || value === null || value === undefined)
    return { kind, name: name === null ? "" : `{${name}}`, isOg };
  const read = readRole(fields);
  return "problem" in read ? read : { kind, name: slugs[name](value) ?? "", isOg };
}

/**
 * The role that a line tells, or what is wrong with it as the end of a sentence that begins with the line:
 * `{ role: "comparison", model }`, `{ role: "platform", platform }` (with `name: "og"` for its og picture),
 * `{ role: "branding", name }`; the others have no more fields.
 */
export function readRole({ role, ...given }: RoleFields): IngestRole | { problem: string } {
  const name = needed[role];
  const isOg = isOgPicture({ role, ...given });
  const names: Name[] = ["model", "platform", "name"];
  const stray = names.find((one) => given[one] !== undefined && one !== name && !(one === "name" && isOg));
  if (stray === "name" && role === "platform") {
    return { problem: `has a “name” that the role “platform” does not know: only “og” is one` };
  }
  if (stray) return { problem: `has a field ${quote(stray)}, which the role ${quote(role)} does not have` };
  if (name === null) return role === "hero" ? { kind: "hero" } : { kind: "supporting" };
  const value = given[name];
  if (value === undefined) return { problem: `has no ${quote(name)}, which the role ${quote(role)} needs` };
  if (slugs[name](value) === null) {
    return { problem: `has the ${name} ${quote(value)}, which has no letter or digit that a key could show` };
  }
  switch (name) {
    case "model":
      return { kind: "comparison", model: value };
    case "platform":
      return { kind: "platform", platform: value, isOg };
    case "name":
      return { kind: "branding", name: value };
  }
}
