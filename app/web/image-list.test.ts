import { expect, test } from "vitest";
import { parseImageList } from "./image-list";

const parse = (address: string) => parseImageList(new URLSearchParams(address));

test("an address says which images, in which order, from where on, and how they are drawn", () => {
  expect(parse("kind=upload&sort=key-asc&after=12.uploads/a.png&view=table&size=5&image=12")).toEqual({
    query: { kind: ["upload"] },
    order: { by: "key", direction: "asc" },
    from: { after: "12.uploads/a.png" },
  });
  expect(parse("view=grid&size=1&image=")).toMatchObject({ query: {}, from: null });
});

test.each([
  ["view=list", "There is no view called “list”. Views are grid, table."],
  ["size=6", "There is no size called “6”. Sizes of pictures are 1 to 5."],
  ["size=0", "There is no size called “0”. Sizes of pictures are 1 to 5."],
  ["size=", "There is no size called “”. Sizes of pictures are 1 to 5."],
  ["image=abc", "“abc” is not an image of this list."],
  ["sort=key-asc&sort=key-desc", "“sort” takes one value, not 2."],
  ["after=1.2&after=1.3", "“after” takes one value, not 2."],
  ["after=1.2&before=1.3", "A list begins “after” a place or ends “before” one, not both."],
])("%s is refused", (address, sentence) => {
  expect(() => parse(address)).toThrow(sentence);
});
