import { expect, test } from "vitest";
import { parseImageSearch, toImageSearch } from "./image-search-address";

const parse = (text: string) => parseImageSearch(new URLSearchParams(text));

test("an address and the search that it states lead to each other", () => {
  const picture = "0123456789abcdef".repeat(4);
  const search = {
    find: "red scarf & snow",
    like: 314,
    picture,
    query: { kind: ["reference" as const], owner: ["jun"] },
  };
  const address = toImageSearch(search);
  expect(address).toMatch(/^\/images\/search\?/);
  expect(parse(address.slice(address.indexOf("?")))).toEqual(search);
});

test("an address may say nothing, and words may be blank", () => {
  expect(parse("")).toEqual({ find: null, like: null, picture: null, query: {} });
  expect(parse("find=+&like=")).toEqual({ find: null, like: null, picture: null, query: {} });
  expect(toImageSearch({ find: null, like: null, picture: null, query: {} })).toBe("/images/search");
});

test.each([
  ["find=a&find=b", "“find” takes one value, not 2."],
  ["like=last", "“like” takes the number of an image, not “last”."],
  ["like=0", "“like” takes the number of an image, not “0”."],
  ["picture=a.png", "“picture” takes the 64 hex digits of a picture that was searched by, not “a.png”."],
  [`find=${"a".repeat(2_001)}`, "A search takes at most 2000 characters, not 2001. Search for fewer words."],
  ["sort=key-asc", /^There is no filter called “sort”/],
])("%s", (text, sentence) => {
  expect(() => parse(text)).toThrow(sentence);
});
