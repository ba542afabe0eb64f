import { ownerFromKey } from "~/features/images/key-layout";

export const OWNERS = 200;
export const ownerId = (n: number) => `u-${String(n).padStart(3, "0")}`;

/** The value that each label of an image has, one of these, and what its attribute is called in labels/schema.json. */
const labelValues = {
  tone: ["warm", "neutral", "cool"],
  angle: ["front", "three-quarter", "profile", "back"],
  hairLength: ["short", "medium", "long", "covered"],
} as const;

const MONTHS = 35;
const unreadables = ["not-an-image", "undecodable", "too-large", "empty"];

/** A number below `bound` that looks random and is the same for the same image and use. */
function dice(image: number, use: number, bound: number): number {
  let mixed = Math.imul(image + 1, 0x9e3779b1) ^ Math.imul(use + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32) * bound);
}

const hex = (image: number, use: number, parts: number) =>
  Array.from({ length: parts }, (_, part) =>
    dice(image, use + part, 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");

/** One of `values`, each with its share of a thousand; the last one has the rest. */
function share<Value>(image: number, use: number, values: readonly (readonly [Value, number])[]): Value {
  let left = dice(image, use, 1_000);
  for (const [value, thousandths] of values) {
    if (left < thousandths) return value;
    left -= thousandths;
  }
  return values[values.length - 1]?.[0] as Value;
}

const kindOf = (image: number) =>
  share(image, 8, [
    ["reference", 40],
    ["other", 10],
    ["upload", 250],
    ["generated", 700],
  ]);

const monthOf = (image: number) => {
  const month = dice(image, 1, MONTHS);
  return { year: 2024 + Math.floor(month / 12), month: (month % 12) + 1 };
};

/** Some owners have many images and most have few; of nobody's, a tenth. */
const ownerOf = (image: number) => {
  if (dice(image, 2, 10) === 0) return null;
  return ownerId(Math.floor((dice(image, 3, 1_000) * dice(image, 4, 1_000) * OWNERS) / 1_000_000));
};

/**
 * Where an image lies. Half of all names hold “portrait”, one in fifty “서울”, one in ten thousand “zeppelin”.
 */
export function imageKey(image: number): string {
  const name = [
    dice(image, 5, 2) === 0 ? "portrait" : "scene",
    ...(dice(image, 6, 50) === 0 ? ["서울"] : []),
    ...(dice(image, 7, 10_000) === 0 ? ["zeppelin"] : []),
    hex(image, 10, 1),
  ].join("-");
  const { year, month } = monthOf(image);
  const when = `${year}/${String(month).padStart(2, "0")}`;
  const owner = ownerOf(image) ?? "default";
  const kind = kindOf(image);
  if (kind === "reference") {
    const angle = labelValues.angle[dice(image, 9, 4)];
    const root = dice(image, 20, 4) === 0 ? "02. Scene" : "01. Model";
    return `references/${root}/${angle}_${labelValues.tone[dice(image, 21, 3)]}/${name}.png`;
  }
  if (kind === "other") return `archive/${when}/${name}.jpg`;
  return kind === "upload" ? `uploads/${owner}/${when}/${name}.jpg` : `generated/${owner}/${when}/${name}.png`;
}

/** What the index says of the image at `key`. */
export function imageRow(image: number, key: string) {
  const { year, month } = monthOf(image);
  const createdAt = Date.UTC(year, month - 1, 1) + dice(image, 22, 28 * 24 * 60 * 60) * 1_000 + dice(image, 23, 1_000);
  const etag = `"${hex(image, 30, 4)}"`;
  const isRead = dice(image, 24, 100) > 0;
  const unreadableClass = isRead && dice(image, 25, 500) === 0 ? (unreadables[dice(image, 26, 4)] ?? "empty") : null;
  const format = share(image, 27, [
    ["image/gif", 2],
    ["image/avif", 2],
    ["image/tiff", 1],
    ["image/webp", 60],
    ["image/jpeg", 300],
    ["image/png", 635],
  ]);
  const owner = ownerFromKey(key);
  const isDecoded = isRead && unreadableClass === null;
  return {
    key,
    etag,
    bytes: 20_000 + dice(image, 28, 3_000_000) + (dice(image, 29, 100) === 0 ? 20_000_000 : 0),
    kind: kindOf(image),
    ownerId: owner === "default" ? null : owner,
    readEtag: isRead ? etag : null,
    contentType: isDecoded ? format : null,
    width: isDecoded ? 512 * (1 + dice(image, 40, 4)) : null,
    height: isDecoded ? 512 * (1 + dice(image, 41, 4)) : null,
    sha256: isRead ? hex(image, 42, 8) : null,
    unreadableClass,
    unreadable: unreadableClass === null ? null : "Its bytes are no picture.",
    thumbnailEtag: isDecoded
      ? share(image, 50, [
          ['"an-older-one"', 20],
          [null, 50],
          [etag, 930],
        ])
      : null,
    modifiedAt: createdAt,
    createdAt,
    goneAt: dice(image, 51, 100) === 0 ? createdAt + 86_400_000 : null,
  };
}

/** The labels of an image, in the order of their attributes. */
export function labelRows(image: number, etag: string) {
  return Object.entries(labelValues).map(([attribute, values], at) => ({
    attribute,
    value: values[dice(image, 60 + at, values.length)] ?? "",
    etag: dice(image, 70 + at, 50) === 0 ? '"an-older-one"' : etag,
    source: share(image, 80 + at, [
      ["person", 200],
      ["import", 100],
      ["model", 700],
    ]),
  }));
}

/** How many images the first index run found, which are numbered in the order of their keys; the rest came one by one. */
export const foundFirst = (images: number) => Math.floor(images * 0.7);
