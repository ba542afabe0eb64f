import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { quote } from "~/quote";
import type { TravelingLabel } from "./label-line";

/** What a row of another tool's file says of one image: how it names it, its ETag where it has that, and its labels. */
export type ToldImage = {
  told: string;
  etag: string | null;
  labels: Pick<TravelingLabel, "attribute" | "value">[];
  /** Who labeled it, and when, as far as the row says. */
  by: string | null;
  at: string | null;
  /** What of it says no single value, as the ends of sentences. */
  problems: string[];
};

/** Columns that name an image, the surest first: ours, Hugging Face's, and Label Studio's name for the value of <Image>. */
const NAMES = ["key", "file_name", "image"];
/** Columns that are about the row itself, here and in the exports of Label Studio. */
const ABOUT = [
  ...[...NAMES, "etag", "id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"],
  ...["agreement", "history"],
];

const choices = z.object({ choices: z.array(z.string()) });

/**
 * One row of metadata.jsonl (or .csv), of Label Studio's JSON-MIN or of its CSV: a column an attribute. Label Studio writes one choice
 * as its text, several as `{"choices": […]}` and in CSV as that in JSON.
 * @param attributes of labels/schema.json; other columns are left out
 */
export function readColumns(
  row: Readonly<Record<string, unknown>>,
  attributes: readonly string[],
): ToldImage | { problem: string } {
  const told = NAMES.map((name) => row[name]).find((value) => typeof value === "string" && value !== "");
  if (typeof told !== "string") return { problem: "names no image: it has no “key”, “file_name” or “image”" };
  const labels: ToldImage["labels"] = [];
  const problems: string[] = [];
  for (const attribute of attributes) {
    const read = readValue(row[attribute]);
    if (read === null) continue;
    if ("problem" in read) problems.push(`has ${read.problem} for ${quote(attribute)}`);
    else labels.push({ attribute, value: read.value });
  }
  const { annotator, updated_at: updated, created_at: created } = row;
  return {
    told: imageOf(told),
    etag: typeof row.etag === "string" && row.etag !== "" ? row.etag : null,
    labels,
    by: annotator === undefined || annotator === null || annotator === "" ? null : String(annotator),
    at: toTime(updated) ?? toTime(created),
    problems,
  };
}

/** Columns that are no attribute and that nothing is read from. */
export const unusedColumns = (names: readonly string[], attributes: readonly string[]): string[] =>
  names.filter((name) => !ABOUT.includes(name) && !attributes.includes(name));

/** Labels as columns, one an attribute; null where there is none. */
export const toColumns = (
  labels: readonly TravelingLabel[],
  attributes: readonly string[],
): Record<string, string | null> =>
  Object.fromEntries(
    attributes.map((name) => [name, labels.find(({ attribute }) => attribute === name)?.value ?? null]),
  );

/** @throws DomainError "invalid" where an attribute has the name of a column that a row needs itself */
export function requireFreeColumns(attributes: readonly string[]): void {
  const taken = attributes.find((attribute) => ABOUT.includes(attribute));
  if (taken === undefined) return;
  throw new DomainError(
    "invalid",
    `The attribute ${quote(taken)} of labels/schema.json cannot be a column of this file, which needs that name itself.`,
  );
}

/** A cell's single value; null: it has none. */
export function readValue(cell: unknown): { value: string } | { problem: string } | null {
  if (cell === undefined || cell === null) return null;
  if (typeof cell === "number")
    return { problem: `the class number ${cell}, which says nothing without the names of the classes,` };
  const found = typeof cell === "string" && /^\s*[[{]/.test(cell) ? parse(cell) : cell;
  if (typeof found === "string") return found.trim() === "" ? null : { value: found.trim() };
  const listed = choices.safeParse(found);
  if (!listed.success) return { problem: "no single choice" };
  const [only, ...more] = listed.data.choices;
  if (only === undefined) return null;
  return more.length === 0 ? { value: only } : { problem: `${listed.data.choices.length} choices` };
}

/** A path, an address or a task's own way of naming a file, as what is to be looked for among keys. */
export function imageOf(told: string): string {
  const upload = /^\/data\/upload\/(?:\d+\/)?(?:[0-9a-f]{8}-)?(.+)$/.exec(told);
  if (upload?.[1]) return decode(upload[1]);
  const local = /^\/data\/local-files\/?\?(?:.*&)?d=([^&]+)/.exec(told);
  if (local?.[1]) return decode(local[1]);
  const ofStore = /^(?:s3|gs|azure-blob):\/\/[^/]+\/(.+)$/.exec(told);
  if (ofStore?.[1]) return ofStore[1];
  const address = /^https?:\/\/[^/]+\/([^?#]+)/.exec(told);
  return address?.[1] ? decode(address[1]) : told;
}

/** A time as ISO has it with four digits a year; null for anything else, for a time says only when something was labeled. */
export function toTime(value: unknown): string | null {
  const at = typeof value === "string" || typeof value === "number" ? new Date(value) : null;
  if (at === null || Number.isNaN(at.getTime())) return null;
  const year = at.getUTCFullYear();
  return year >= 0 && year <= 9_999 ? at.toISOString() : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
