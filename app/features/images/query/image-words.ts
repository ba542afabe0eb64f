import { attributeWords } from "~/features/attribute-words";
import { bytes, count, plural } from "~/features/format";
import { groupBy } from "~/features/group-by";
import { quote, quoteKey } from "~/quote";
import { type ImageField, type ImageQuery, imageFields } from "./image-query";
import type { ImageSelection } from "./image-selection";

/** Names of owners by their ids; one that is not among them is called by its id. */
export type OwnerNames = Map<string, string>;
const noNames: OwnerNames = new Map();

type Words = { [Field in ImageField]: (value: NonNullable<ImageQuery[Field]>, named: OwnerNames) => string };

const or = (texts: string[]) => texts.join(" or ");
/** “angle, tone or expression” */
const anyOne = (texts: string[]) => or([texts.slice(0, -1).join(", "), ...texts.slice(-1)].filter(Boolean));
const names = (texts: string[]) => or(texts.map(quote));

const thumbnails = {
  made: "with a thumbnail",
  missing: "without a thumbnail",
  stale: "with a stale thumbnail",
  due: "whose thumbnail is due",
} as const;

const labelers = { person: "labeled by a person", model: "labeled by a model", import: "imported" } as const;

const words: Words = {
  all: () => "all images",
  owner: (owners, named) => `owned by ${names(owners.map((id) => named.get(id) ?? id))}`,
  unowned: () => "without an owner",
  kind: (kinds) => `of kind ${or(kinds)}`,
  root: (root) => `in the root ${quote(root)}`,
  group: (group) => `in the group ${quote(group)}`,
  prefix: (prefix) => `whose key begins with ${quoteKey(prefix)}`,
  label: (labels) => `with ${or(labels.map(({ attribute, value }) => `${attributeWords(attribute)} ${quote(value)}`))}`,
  labelSource: (sources) =>
    or(
      [...groupBy(sources, ({ source }) => source).values()].map((alike) => {
        const attributes = anyOne(alike.map(({ attribute }) => attributeWords(attribute)));
        const source = alike[0]?.source ?? "none";
        if (source === "none") return `without a label for ${attributes}`;
        return source === "stale" ? `with a stale label for ${attributes}` : `with ${attributes} ${labelers[source]}`;
      }),
    ),
  labelRun: (run) => `asked about in label run ${run}`,
  promptVersion: (version) => `labeled by prompt version ${version}`,
  example: (key) => `labeled after the example ${quoteKey(key)}`,
  thumbnail: (states) => or(states.map((state) => thumbnails[state])),
  unreadable: (classes) =>
    classes.includes("any") ? "that cannot be decoded" : `that cannot be decoded (${or(classes)})`,
  format: (formats) =>
    `in format ${or(formats.map((format) => (format === "unread" ? "not read yet" : format.toUpperCase())))}`,
  minWidth: (px) => `at least ${count(px)} px wide`,
  maxWidth: (px) => `at most ${count(px)} px wide`,
  minHeight: (px) => `at least ${count(px)} px high`,
  maxHeight: (px) => `at most ${count(px)} px high`,
  minBytes: (size) => `at least ${bytes(size)}`,
  maxBytes: (size) => `at most ${bytes(size)}`,
  since: (moment) => {
    const span = /^(\d+)([hd])$/.exec(moment);
    if (!span) return `since ${moment}`;
    const unit = span[2] === "h" ? "hour" : "day";
    return span[1] === "1" ? `from the last ${unit}` : `from the last ${span[1]} ${unit}s`;
  },
  until: (day) => `until ${day}`,
  gone: () => "no longer in the bucket",
  text: (text) => `matching ${quote(text)}`,
};

function wordsOfField<Field extends ImageField>(field: Field, query: ImageQuery, named: OwnerNames): string | null {
  const value = query[field];
  return value === undefined ? null : words[field](value as NonNullable<ImageQuery[Field]>, named);
}

/** Each filter of a query in words, in the order of its fields. */
export function filtersInWords(query: ImageQuery, named = noNames): { field: ImageField; words: string }[] {
  return imageFields.flatMap((field) => {
    const text = wordsOfField(field, query, named);
    return text === null ? [] : [{ field, words: text }];
  });
}

/** A query as a sentence's object: “images without an owner, kind upload”; null for one that names nothing. */
export function imagesInWords(query: ImageQuery, named = noNames): string | null {
  const texts = filtersInWords(query, named).map((filter) => filter.words);
  if (texts.length === 0) return null;
  return query.all ? "all images" : `images ${texts.join(", ")}`;
}

/** A selection the same way: “12 images”, “images in the root “Model” but for 3”. */
export function selectionInWords(selection: ImageSelection, named = noNames): string {
  if ("ids" in selection) return plural(selection.ids.length, "image");
  const { query, except = [] } = selection;
  const images = imagesInWords(query, named) ?? "images";
  return except.length === 0 ? images : `${images} but for ${count(except.length)}`;
}
