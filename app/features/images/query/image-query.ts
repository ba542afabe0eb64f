import { z } from "zod";
import { toMatchQuery } from "~/features/images/text/search-text";
import { unreadableClasses } from "~/features/images/unreadable-classes";

/** What an accepted label can come from; `none`: there is no label; `stale`: the image has other bytes than it was for. */
const labelSources = ["person", "model", "import", "none", "stale"] as const;
const imageKinds = ["generated", "upload", "reference", "other"] as const;
/** `due`: missing or stale, of an image that can be read: what a backfill makes. */
const thumbnailStates = ["made", "missing", "stale", "due"] as const;
/** Formats by their names in addresses; `unread`: its bytes were not read since it last changed. */
export const imageFormats = ["jpeg", "png", "webp", "gif", "avif", "heic", "tiff", "unread"] as const;

/** S3's own limit, in UTF-8. */
const LONGEST_KEY_BYTES = 1_024;
const LONGEST_TEXT = 200;
/** More values of one filter than anyone picks by hand, and far fewer than SQLite binds. */
const MOST_VALUES = 200;

const some = <Value extends z.ZodType>(value: Value) => z.array(value).min(1).max(MOST_VALUES).optional();
const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional();
const key = z
  .string()
  .min(1)
  .refine(
    (text) => new TextEncoder().encode(text).length <= LONGEST_KEY_BYTES,
    `longer than ${LONGEST_KEY_BYTES} bytes`,
  );

/** True for a day or moment of the calendar: 2026-02-30 is none, and would be read as March 2. */
const isInCalendar = (text: string) => {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text.slice(0, 10));
};

const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isInCalendar(text), "not a date (2026-11-29)");

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/;
/** `2026-11-29`, or a span before now (`24h`, `7d`), which a plan freezes into a moment (`2026-11-29T10:04:00.000Z`). */
const since = z
  .string()
  .refine(
    (text) => /^[1-9]\d{0,3}[hd]$/.test(text) || (MOMENT.test(text) && isInCalendar(text)),
    "neither a date (2026-11-29) nor a span (24h, 7d)",
  );

const labelIs = z.strictObject({ attribute: z.string().min(1), value: z.string().min(1) });
const labelFrom = z.strictObject({ attribute: z.string().min(1), source: z.enum(labelSources) });

const ranges = [
  ["minWidth", "maxWidth"],
  ["minHeight", "maxHeight"],
  ["minBytes", "maxBytes"],
] as const;

/**
 * Which images: the same in an address, on a page, in a plan and in a script. Each field narrows; the values of one field
 * are alternatives (of `label`, those of one attribute). A query without any field is no query: see `namesImages`.
 */
export const imageQuery = z
  .strictObject({
    /** Every image, said in so many words. Goes with no other field. */
    all: z.literal(true).optional(),
    owner: some(z.string().min(1)),
    /** Images that belong to nobody; beside `owner` an alternative to it. */
    unowned: z.literal(true).optional(),
    kind: some(z.enum(imageKinds)),
    /** Name of an attribute root. */
    root: z.string().min(1).optional(),
    /** Name of a group folder of `root`. */
    group: z.string().min(1).optional(),
    prefix: key.optional(),
    label: some(labelIs),
    labelSource: some(labelFrom),
    /** Images that this label run asked about. */
    labelRun: z.number().int().positive().optional(),
    /** Images with a label that a model gave by this prompt version. */
    promptVersion: z.number().int().positive().optional(),
    /** Images with a label that a model gave by a prompt of which the image with this key was an example. */
    example: key.optional(),
    thumbnail: some(z.enum(thumbnailStates)),
    unreadable: some(z.enum(["any", ...unreadableClasses])),
    format: some(z.enum(imageFormats)),
    minWidth: whole,
    maxWidth: whole,
    minHeight: whole,
    maxHeight: whole,
    minBytes: whole,
    maxBytes: whole,
    since: since.optional(),
    until: day.optional(),
    /** Images whose object is no longer listed, which no other query finds. */
    gone: z.literal(true).optional(),
    text: z
      .string()
      .trim()
      .max(LONGEST_TEXT)
      .refine((text) => toMatchQuery(text) !== null, "it has no letter, digit or sign to look for")
      .optional(),
  })
  .superRefine((query, context) => {
    const complain = (field: ImageField, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (query.all && Object.values(query).filter((value) => value !== undefined).length > 1)
      complain("all", "it goes with no other filter");
    if (query.group !== undefined && query.root === undefined) complain("group", "say of which root it is a group");
    for (const [least, most] of ranges) {
      const [low, high] = [query[least], query[most]];
      if (low !== undefined && high !== undefined && low > high) complain(most, `less than ${least}`);
    }
  });

export type ImageQuery = z.infer<typeof imageQuery>;
export type ImageField = keyof ImageQuery;
export const imageFields = Object.keys(imageQuery.shape) as ImageField[];

/** True for a query that can be acted on: it names something, be it `all`. Looking takes none, changing does. */
export const namesImages = (query: ImageQuery) => Object.values(query).some((value) => value !== undefined);
