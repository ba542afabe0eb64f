import { z } from "zod";
import {
  AGE,
  modeAttributes,
  type ReferenceRequest,
  referenceModes,
} from "~/features/attribute-groups/references/reference-request";
import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

const attributes = [...new Set(referenceModes.flatMap(modeAttributes))];
const known = ["root", "mode", ...attributes, AGE];
const mode = z.enum(referenceModes);

/**
 * `root=Model&mode=tone%2Bangle&tone=warm&angle=front`; a “+” of the mode that no one encoded arrives as a space.
 * @throws DomainError "invalid" that names what is unknown, given twice or missing
 */
export function parseReferenceQuery(params: URLSearchParams): ReferenceRequest {
  const names = [...new Set(params.keys())];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw refuse(`There is no parameter ${unknown.map(quote).join(", ")}; there is ${known.join(", ")}.`);
  const twice = names.filter((name) => params.getAll(name).length > 1);
  if (twice.length > 0) throw refuse(`Give ${twice.map(quote).join(", ")} once.`);
  const root = params.get("root");
  if (!root) throw refuse("The parameter “root” is missing: the name of an attribute root.");
  const asked = mode.safeParse(params.get("mode")?.replaceAll(" ", "+"));
  if (!asked.success) throw refuse(`The parameter “mode” must be ${referenceModes.map(quote).join(" or ")}.`);
  const given = attributes.flatMap((name) => (params.has(name) ? [[name, params.get(name) ?? ""]] : []));
  return { root, mode: asked.data, attributes: Object.fromEntries(given), ageRange: params.get(AGE) };
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
