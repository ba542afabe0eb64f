import { expect, test } from "vitest";
import { parseImageAddress, toImageAddress } from "./image-address";
import { namesImages } from "./image-query";
import { imageSelection } from "./image-selection";
import { filtersInWords, imagesInWords, selectionInWords } from "./image-words";

const parse = (address: string) => parseImageAddress(new URLSearchParams(address), { beside: ["sort"] });

test.each([
  ["all=yes", { all: true }],
  ["owner=u-1&owner=u-2&unowned=yes", { owner: ["u-1", "u-2"], unowned: true }],
  ["kind=upload&kind=generated", { kind: ["upload", "generated"] }],
  ["root=Model&group=front_warm", { root: "Model", group: "front_warm" }],
  ["prefix=uploads%2F100%25_%22a%22*%2F", { prefix: 'uploads/100%_"a"*/' }],
  ["label=tone%3Awarm&label=tone%3Aa%3Ab", { label: ["warm", "a:b"].map((value) => ({ attribute: "tone", value })) }],
  [
    "labelSource=tone%3Anone&labelSource=angle%3Astale",
    {
      labelSource: [
        { attribute: "tone", source: "none" },
        { attribute: "angle", source: "stale" },
      ],
    },
  ],
  ["labelRun=3&thumbnail=missing&thumbnail=stale", { labelRun: 3, thumbnail: ["missing", "stale"] }],
  ["promptVersion=5&example=references%2Fa.png", { promptVersion: 5, example: "references/a.png" }],
  ["unreadable=any&format=png&format=unread", { unreadable: ["any"], format: ["png", "unread"] }],
  [
    "minWidth=1&maxWidth=2&minHeight=0&maxHeight=4&minBytes=5&maxBytes=9007199254740991",
    { minWidth: 1, maxWidth: 2, minHeight: 0, maxHeight: 4, minBytes: 5, maxBytes: Number.MAX_SAFE_INTEGER },
  ],
  ["since=7d&until=2026-02-28&gone=yes", { since: "7d", until: "2026-02-28", gone: true }],
  [
    "since=2026-11-29T10%3A04%3A00.000Z&text=%EC%84%9C%EC%9A%B8+caf%C3%A9",
    { since: "2026-11-29T10:04:00.000Z", text: "서울 café" },
  ],
])("%s is one query, and its address again", (address, query) => {
  expect(parse(address)).toEqual(query);
  expect(String(toImageAddress(query as never))).toBe(address);
  expect(filtersInWords(parse(address))).toHaveLength(Object.keys(query).length);
});

test("one query has one address, in whichever order it was written, and says a value once", () => {
  expect(String(toImageAddress(parse("sort=key&text=a&kind=upload&owner=b&kind=upload")))).toBe(
    "owner=b&kind=upload&text=a",
  );
});

test.each([
  ["owners=u-1", "There is no filter called “owners”. Filters are all, owner, unowned,"],
  ["page=2", "There is no filter called “page”."],
  ["__proto__=1", "There is no filter called “__proto__”."],
  ["constructor=1", "There is no filter called “constructor”."],
  ["kind=uploads", "The filter “kind” does not take “uploads”: it takes generated, upload, reference, other."],
  ["kind=upload&kind=", "The filter “kind” does not take “upload”, “”:"],
  ["owner=", "The filter “owner” does not take “”:"],
  ["unowned=no", "The filter “unowned” is “yes” or left out, not “no”."],
  ["gone=", "The filter “gone” is “yes” or left out, not “”."],
  ["root=Model&root=Other", "The filter “root” takes one value, not 2."],
  ["group=front_warm", "The filter “group” does not take “front_warm”: say of which root it is a group."],
  ["label=warm", "The filter “label” takes ATTRIBUTE:VALUE, not “warm”."],
  ["label=tone:", "The filter “label” does not take “tone:”: its value is empty."],
  ["owner=", "The filter “owner” does not take “”: its value is empty."],
  ["labelSource=tone:nobody", "The filter “labelSource” does not take “tone:nobody”:"],
  ["labelRun=x", "The filter “labelRun” does not take “x”: it takes a whole number."],
  ["labelRun=0", "The filter “labelRun” does not take “0”: it takes numbers from 1."],
  ["minBytes=-1", "The filter “minBytes” does not take “-1”: it takes a whole number."],
  [
    "minBytes=9007199254740993",
    "The filter “minBytes” does not take “9007199254740993”: it takes at most 9007199254740991.",
  ],
  ["minWidth=5&maxWidth=4", "The filter “maxWidth” does not take “4”: less than minWidth."],
  ["thumbnail=has", "The filter “thumbnail” does not take “has”:"],
  ["unreadable=broken", "The filter “unreadable” does not take “broken”:"],
  ["format=svg", "The filter “format” does not take “svg”:"],
  [
    "since=yesterday",
    "The filter “since” does not take “yesterday”: neither a date (2026-11-29) nor a span (24h, 7d).",
  ],
  ["since=2026-02-30", "The filter “since” does not take “2026-02-30”:"],
  ["until=2026-13-01", "The filter “until” does not take “2026-13-01”: not a date (2026-11-29)."],
  ["until=7d", "The filter “until” does not take “7d”:"],
  ["text=+", "The filter “text” does not take “ ”: it has no letter, digit or sign to look for."],
  ["text=._", "The filter “text” does not take “._”:"],
  ["all=yes&kind=upload", "The filter “all” does not take “yes”: it goes with no other filter."],
])("%s is refused", (address, sentence) => {
  expect(() => parse(address)).toThrow(sentence);
});

test("a text or a prefix that is too long is refused, and so are too many values", () => {
  const owners = Array.from({ length: 201 }, (_, n) => `owner=u-${n}`).join("&");
  expect(() => parse(owners)).toThrow("The filter “owner” does not take 201 values: it takes at most 200 values.");
  expect(() => parse(`text=${"a".repeat(201)}`)).toThrow("it takes at most 200 characters.");
  expect(() => parse(`prefix=${"%EC%84%9C".repeat(342)}`)).toThrow("longer than 1024 bytes");
  expect(parse(`prefix=${"%EC%84%9C".repeat(341)}`).prefix).toHaveLength(341);
});

test("a query that names nothing is none, and nothing is done to it; all images are said in so many words", () => {
  expect(namesImages(parse("sort=key"))).toBe(false);
  expect(imagesInWords({})).toBeNull();
  expect(imageSelection.safeParse({ query: {} }).success).toBe(false);
  expect(imageSelection.safeParse({ ids: [] }).success).toBe(false);
  expect(imageSelection.safeParse({ query: { all: true }, ids: [1] }).success).toBe(false);
  expect(imageSelection.parse({ query: { all: true }, except: [4] })).toEqual({ query: { all: true }, except: [4] });
  expect(imagesInWords({ all: true })).toBe("all images");
});

test.each([
  [{ unowned: true, kind: ["upload"] }, "images without an owner, of kind upload"],
  [{ label: [{ attribute: "tone", value: "warm" }], text: "서울" }, "images with tone “warm”, matching “서울”"],
  [{ labelSource: [{ attribute: "tone", source: "none" }] }, "images without a label for tone"],
  [
    { labelSource: ["angle", "tone", "wardrobe"].map((attribute) => ({ attribute, source: "stale" })) },
    "images with a stale label for angle, tone or wardrobe",
  ],
  [
    {
      labelSource: [
        { attribute: "angle", source: "person" },
        { attribute: "tone", source: "none" },
      ],
    },
    "images with angle labeled by a person or without a label for tone",
  ],
  [{ since: "1d", minBytes: 1_500_000 }, "images at least 1.5\u202fMB, from the last day"],
  [{ since: "24h" }, "images from the last 24 hours"],
  [{ unreadable: ["any"], format: ["png", "unread"] }, "images that cannot be decoded, in format PNG or not read yet"],
])("%j in words", (query, words) => {
  expect(imagesInWords(query as never)).toBe(words);
});

test("owners are called by their names where they are known, else by their ids", () => {
  const query = { owner: ["sofia-reyes", "u-7", "constructor"] };
  const named = new Map([["sofia-reyes", "Sofia Reyes"]]);
  expect(imagesInWords(query, named)).toBe("images owned by “Sofia Reyes” or “u-7” or “constructor”");
  expect(filtersInWords(query, named).map(({ words }) => words)).toEqual([
    "owned by “Sofia Reyes” or “u-7” or “constructor”",
  ]);
  expect(selectionInWords({ query }, named)).toBe("images owned by “Sofia Reyes” or “u-7” or “constructor”");
});

test.each([
  [{ ids: [7] }, "1 image"],
  [{ ids: [7, 8] }, "2 images"],
  [{ query: { root: "Model" } }, "images in the root “Model”"],
  [{ query: { all: true as const }, except: [7, 8, 9] }, "all images but for 3"],
])("%j as a selection in words", (selection, words) => {
  expect(selectionInWords(selection)).toBe(words);
});
