import { z } from "zod";
import {
  AGE,
  modeAttributes,
  type ReferenceRequest,
  referenceModes,
} from "~/features/attribute-groups/references/reference-request";
import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";

/** What `/api/references/resolve` is asked. Which values there are, labels/schema.json says. */
export const referenceQuery = z.strictObject({
  root: z.string().min(1, "is missing: the name of an attribute root"),
  mode: z.enum(referenceModes, { error: `must be ${referenceModes.map(quote).join(" or ")}` }),
  tone: z.string().optional(),
  angle: z.string().optional(),
  [AGE]: z.string().optional(),
});

const known = Object.keys(referenceQuery.shape);
const attributes = [...new Set(referenceModes.flatMap(modeAttributes))];

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
  const { root = "", mode = "", ...rest } = Object.fromEntries(params);
  const { data, error } = referenceQuery.safeParse({ ...rest, root, mode: mode.replaceAll(" ", "+") });
  if (!data) throw refuse(error.issues.slice(0, 1).map(sentenceOf).join(""));
  const given = attributes.flatMap((name) => (name in rest ? [[name, rest[name] ?? ""]] : []));
  return { root: data.root, mode: data.mode, attributes: Object.fromEntries(given), ageRange: data[AGE] ?? null };
}

const sentenceOf = ({ path, message }: z.core.$ZodIssue) => `The parameter ${quote(String(path[0]))} ${message}.`;
const refuse = (sentence: string) => new DomainError("invalid", sentence);
