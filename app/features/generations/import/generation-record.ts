import { z } from "zod";
import type { Json } from "~/features/json-column";
import { isOwnerId } from "~/features/owners/owner-fields";
import { quote } from "~/quote";

/** Far more than any prompt, and little enough for a page. */
const LONGEST_PROMPT = 100_000;
const LONGEST_WORD = 200;
const MOST_REFERENCES = 100;
/** Lists in lists and objects in objects: more is no history, and would overflow the stack of what reads it. */
const MOST_NESTED = 100;
/** The last one that a Date can hold, in ms. */
const LAST_MOMENT = 8.64e15;
/** Seconds since 1970 are below it until the year 5138, milliseconds above it since 1973. */
const MS_FROM = 100_000_000_000;

/** How a record names an image: as it was told (an address without its query), with what is known of its bytes. */
export const toldImage = z.object({
  told: z.string(),
  isPayload: z.boolean(),
  sha256: z.string().nullable(),
  etag: z.string().nullable(),
});
export type ToldImage = z.infer<typeof toldImage>;

/** One line of the agent's history, as it is kept. `more` is what the record has beside: nothing of it is lost. */
export const generationRecord = z.object({
  id: z.string(),
  prompt: z.string(),
  owner: z.string().nullable(),
  model: z.string().nullable(),
  mode: z.string().nullable(),
  finishReason: z.string().nullable(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  image: toldImage.nullable(),
  references: z.array(toldImage),
  more: z.record(z.string(), z.json()),
});
export type GenerationRecord = z.infer<typeof generationRecord>;

const word = z.string().trim().min(1).max(LONGEST_WORD);
/** A blank one says nothing: images made without a user have "owner": "". */
const optionalWord = z
  .string()
  .trim()
  .max(LONGEST_WORD)
  .nullish()
  .transform((text) => text || null);
/** Whoever is named becomes an owner, whose id is a segment of keys. */
const optionalOwner = optionalWord.refine((text) => text === null || isOwnerId(text), "not an owner's ID");
/** A moment in ISO form, or a number of seconds or milliseconds. Without a zone it is UTC, whichever machine reads it. */
const moment = z.union([z.string(), z.number()]).transform((value, context) => {
  const ms = typeof value === "string" ? parseIso(value.trim()) : value < MS_FROM ? value * 1_000 : value;
  if (Number.isFinite(ms) && Math.abs(ms) <= LAST_MOMENT) return Math.round(ms);
  context.addIssue({ code: "custom", message: "not a date (2026-11-29T10:04:00Z)" });
  return z.NEVER;
});

function parseIso(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return Number.NaN;
  const iso = text.replace(" ", "T");
  return Date.parse(iso.includes("T") && !/(?:z|[+-]\d{2}:?\d{2})$/i.test(iso) ? `${iso}Z` : iso);
}

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, "not a SHA-256")
  .transform((text) => text.toLowerCase())
  .nullish();
const etag = z
  .string()
  .transform((text) => text.replace(/^(W\/)?"(.*)"$/, "$2"))
  .nullish();
const namedImage = z.union([
  z.string().min(1),
  z.looseObject({
    key: z.string().min(1).optional(),
    url: z.string().min(1).optional(),
    path: z.string().min(1).optional(),
    sha256: hash,
    etag,
  }),
]);

const line = z.looseObject({
  id: z.union([word, z.number().int()]).transform(String),
  prompt: z.string().max(LONGEST_PROMPT, `not a prompt of at most ${LONGEST_PROMPT} characters`),
  owner: optionalOwner,
  model: optionalWord,
  mode: optionalWord,
  finishReason: optionalWord,
  createdAt: moment,
  image: namedImage.nullish(),
  sha256: hash,
  etag,
  references: z.array(namedImage).max(MOST_REFERENCES).nullish(),
});
const ownKeys = new Set(Object.keys(line.shape));

/**
 * Reads one line of NDJSON.
 * @param digest names the bytes of a payload
 * @returns the record, or why there is none, as the end of a sentence (“is not JSON”)
 */
export function readRecord(
  text: string,
  digest: (payload: { base64: boolean; data: string }) => string,
): { record: GenerationRecord } | { problem: string; id: string | null } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "is not JSON", id: null };
  }
  if (!isNestedWithin(json, MOST_NESTED)) {
    return { problem: `is nested deeper than ${MOST_NESTED} levels`, id: idIn(json) };
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) return { problem: problemOf(parsed.error, json), id: idIn(json) };
  const { data } = parsed;
  const told = (image: z.infer<typeof namedImage>, own: { sha256?: string | null; etag?: string | null } = {}) =>
    toldOf(image, own, digest);
  return {
    record: {
      id: clean(data.id),
      prompt: clean(data.prompt),
      owner: cleanOrNull(data.owner),
      model: cleanOrNull(data.model),
      mode: cleanOrNull(data.mode),
      finishReason: cleanOrNull(data.finishReason),
      createdAt: data.createdAt,
      image: data.image == null ? null : told(data.image, data),
      references: (data.references ?? []).map((reference) => told(reference)),
      more: moreOf(data, ownKeys),
    },
  };
}

const isNestedWithin = (value: unknown, levels: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((one) => isNestedWithin(one, levels - 1)));

const properties = z.record(z.string(), z.unknown());

function problemOf({ issues: [issue] }: z.ZodError, json: unknown): string {
  const object = properties.safeParse(json);
  const at = issue?.path[0];
  if (!object.success || Array.isArray(json) || at === undefined) return "is not a JSON object";
  const name = quote(String(at));
  if (object.data[String(at)] === undefined) return `has no ${name}`;
  return `has no usable ${name}${issue?.message.startsWith("not ") ? `: it is ${issue.message}` : ""}`;
}

const idIn = (json: unknown): string | null => {
  const id = z.looseObject({ id: z.union([word, z.number()]) }).safeParse(json);
  return id.success ? clean(String(id.data.id)) : null;
};

function toldOf(
  image: z.infer<typeof namedImage>,
  own: { sha256?: string | null | undefined; etag?: string | null | undefined },
  digest: (payload: { base64: boolean; data: string }) => string,
): ToldImage {
  const named = typeof image === "string" ? { key: image } : image;
  const text = named.key ?? named.url ?? named.path ?? "";
  const sha256 = named.sha256 ?? own.sha256 ?? null;
  const payload = /^data:([^,;]*)((?:;[^,;]*)*),(.*)$/s.exec(text);
  if (payload) {
    const [, type = "", parameters = "", data = ""] = payload;
    return {
      told: clean(`data:${type}`),
      isPayload: true,
      sha256: digest({ base64: /;base64$/i.test(parameters), data }),
      etag: named.etag ?? own.etag ?? null,
    };
  }
  return { told: clean(withoutQuery(text)), isPayload: false, sha256, etag: named.etag ?? own.etag ?? null };
}

/**
 * An address without its query, which can hold a signature, and without the name and password of a user. Anything else is as it
 * is: keys may hold a question mark.
 */
const withoutQuery = (text: string) =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text.replace(/[?#].*$/s, "").replace(/^([^/]*\/\/)[^/]*@/, "$1") : text;

/** What a record has beside what we read, without signatures and payloads; its keys in order, so that two alike are one. */
function moreOf(data: Record<string, unknown>, known: ReadonlySet<string>): Record<string, Json> {
  const names = Object.keys(data)
    .filter((name) => !known.has(name))
    .sort();
  return Object.fromEntries(names.map((name) => [clean(name), kept(data[name])]));
}

function kept(value: unknown): Json {
  if (typeof value === "string")
    return clean(/^data:/i.test(value) ? value.replace(/,.*$/s, ",…") : withoutQuery(value));
  if (Array.isArray(value)) return value.map(kept);
  if (typeof value === "object" && value !== null) return moreOf({ ...value }, new Set());
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** What signs an address of S3, of Google's or of Backblaze's store, whatever text the address stands in. */
const SIGNED = /[?&](?:x-amz-|x-goog-|awsaccesskeyid=|signature=|authorization=)/i;
const unsigned = (text: string) => text.replace(/\?[^\s"'<>]*/g, (query) => (SIGNED.test(query) ? "" : query));

/** Without signatures. Half of a surrogate pair is no text, and a NUL ends one for SQLite. */
const clean = (text: string) =>
  unsigned(text).replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|\0/g, "\uFFFD");
const cleanOrNull = (text: string | null) => (text === null ? null : clean(text));
