import { DomainError } from "~/features/domain-error";
import type { Used } from "~/features/generations/uses/uses.sql.server";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import { sinceOf } from "~/features/since";
import { quote } from "~/quote";

/** What stands in an address for records that do not say it. */
export const NOT_SAID = "none";

/** Which generations, as an address asks for them; what it leaves open is not there. */
export type GenerationFilter = {
  /** An owner's id, or NOT_SAID. The owner is that of the image; of a record without one, whom it names. */
  owner?: string;
  /** Each of these may be NOT_SAID. */
  mode?: string;
  model?: string;
  finish?: string;
  /** An image that was used as a reference, by its id. */
  reference?: number;
  /** A key that a reference had then, or how a record names it. */
  key?: string;
  /** What lay in a root, or in one of its groups, then or lies there now. */
  root?: string;
  group?: string;
  /** Words of the prompt, all of them, in any case of letters. */
  text?: string;
  since?: Date;
};

const names = ["text", "owner", "mode", "model", "finish", "reference", "key", "root", "group", "since"] as const;
type Name = (typeof names)[number];

export const generationFilter = {
  names,
  /** @throws DomainError "invalid" for what cannot be filtered by */
  parse(params: URLSearchParams, now: Date): GenerationFilter {
    const said = (name: Name) => params.get(name)?.trim() || undefined;
    const reference = said("reference");
    if (reference !== undefined && !/^\d{1,15}$/.test(reference)) {
      throw new DomainError("invalid", `${quote(reference)} is not the number of an image.`);
    }
    const root = said("root");
    const group = said("group");
    if (group !== undefined && root === undefined) {
      throw new DomainError("invalid", `Say which root the group ${quote(group)} is of: add “root” to the address.`);
    }
    const texts = { root, group, text: said("text"), owner: said("owner"), key: said("key") };
    const since = sinceOf(params, now);
    if (params.get("since") && since === undefined) {
      throw new DomainError("invalid", `The filter “since” does not take ${quote(params.get("since") ?? "")}.`);
    }
    return {
      ...given({ ...texts, mode: said("mode"), model: said("model"), finish: said("finish") }),
      ...(reference !== undefined && { reference: Number(reference) }),
      ...(since && { since }),
    };
  },
};

const given = (
  texts: Partial<Record<Name, string | undefined>>,
): Partial<Record<Exclude<Name, "reference" | "since">, string>> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));

/** The list of generations, by what its address says. */
export const generationsPath = (filter: Partial<Record<Name, string>>): string =>
  `/generations?${new URLSearchParams(filter)}`;

/** What a filter wants to have been used as a reference; nothing where it does not say. */
export function usedIn({ reference, key, root, group }: GenerationFilter, roots: readonly AttributeRoot[]): Used[] {
  const prefix = roots.find(({ name }) => name === root)?.prefix;
  if (root !== undefined && prefix === undefined) {
    const known = roots.map(({ name }) => quote(name)).join(", ");
    throw new DomainError("not-found", `There is no attribute root called ${quote(root)}; there is ${known}.`);
  }
  return [
    ...(reference === undefined ? [] : [{ imageId: reference }]),
    ...(key === undefined ? [] : [{ key }]),
    ...(prefix === undefined ? [] : [{ prefix: group === undefined ? prefix : `${prefix}${group}/` }]),
  ];
}
