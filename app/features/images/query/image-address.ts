import type { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { requireKnownFilters } from "~/features/require-known-filters";
import { quote } from "~/quote";
import { type ImageField, type ImageQuery, imageFields, imageQuery } from "./image-query";

/** How a field stands in an address: `many` repeats the parameter, `pair` is ATTRIBUTE:VALUE, `yes` a bare fact. */
export type Spelling = "one" | "many" | "whole" | "yes" | "label" | "labelSource";

export const spellings: Record<ImageField, Spelling> = {
  all: "yes",
  owner: "many",
  unowned: "yes",
  kind: "many",
  root: "one",
  group: "one",
  prefix: "one",
  label: "label",
  labelSource: "labelSource",
  labelRun: "whole",
  promptVersion: "whole",
  example: "one",
  thumbnail: "many",
  unreadable: "many",
  format: "many",
  minWidth: "whole",
  maxWidth: "whole",
  minHeight: "whole",
  maxHeight: "whole",
  minBytes: "whole",
  maxBytes: "whole",
  since: "one",
  until: "one",
  gone: "yes",
  text: "one",
};

/** Values of one filter that a sentence repeats. */
const VALUES_TOLD = 5;

/**
 * The query that an address (or the `--query` of a script, which is written alike) states.
 * @param beside parameters that say something else than which images: `sort`, `view`
 * @throws DomainError "invalid" that names the parameter or value that is not known; nothing is ignored
 */
export function parseImageAddress(
  params: URLSearchParams,
  { beside = [] }: { beside?: readonly string[] } = {},
): ImageQuery {
  requireKnownFilters(params, { filters: imageFields, beside });
  const given = imageFields.flatMap((field) => {
    const texts = [...new Set(params.getAll(field))];
    return texts.length === 0 ? [] : [[field, readField(field, texts)] as const];
  });
  const parsed = imageQuery.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? "");
  const texts = params.getAll(field);
  const told = texts.length > VALUES_TOLD ? `${texts.length} values` : texts.map(quote).join(", ");
  throw refuse(
    field ? `The filter ${quote(field)} does not take ${told}: ${issue && why(issue)}.` : `${issue?.message}.`,
  );
}

/** What is wrong with a value, as the end of a sentence. */
function why(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `it takes ${issue.values.join(", ")}`;
  if (issue.code === "invalid_type") return "it takes a whole number";
  if (issue.code === "too_small") return issue.origin === "string" ? "its value is empty" : "it takes numbers from 1";
  if (issue.code === "too_big") {
    const units: Record<string, string> = { string: " characters", array: " values" };
    return `it takes at most ${issue.maximum}${units[issue.origin] ?? ""}`;
  }
  return issue.message;
}

function readField(field: ImageField, texts: string[]): unknown {
  const spelling = spellings[field];
  if (spelling === "many") return texts;
  if (spelling === "label" || spelling === "labelSource") return texts.map((text) => readPair(field, spelling, text));
  const [text = "", ...more] = texts;
  if (more.length > 0) throw refuse(`The filter ${quote(field)} takes one value, not ${texts.length}.`);
  if (spelling === "one") return text;
  if (spelling === "whole") return /^\d+$/.test(text) ? Number(text) : text;
  if (text !== "yes") throw refuse(`The filter ${quote(field)} is ${quote("yes")} or left out, not ${quote(text)}.`);
  return true;
}

function readPair(field: ImageField, spelling: "label" | "labelSource", text: string) {
  const colon = text.indexOf(":");
  if (colon < 1) throw refuse(`The filter ${quote(field)} takes ATTRIBUTE:VALUE, not ${quote(text)}.`);
  const [attribute, rest] = [text.slice(0, colon), text.slice(colon + 1)];
  return spelling === "label" ? { attribute, value: rest } : { attribute, source: rest };
}

/** The parameters of a query, in the order of its fields: one query has one address. */
export function toImageAddress(query: ImageQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const field of imageFields) for (const text of writeField(query[field])) params.append(field, text);
  return params;
}

function writeField(value: ImageQuery[ImageField]): string[] {
  if (value === undefined) return [];
  if (value === true) return ["yes"];
  if (!Array.isArray(value)) return [String(value)];
  return value.map((one) => {
    if (typeof one === "string") return one;
    return `${one.attribute}:${"value" in one ? one.value : one.source}`;
  });
}

const refuse = (sentence: string) => new DomainError("invalid", sentence);
