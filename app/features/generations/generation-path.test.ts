import { expect, test } from "vitest";
import { comparePath, generationIdFromSlug, generationPath } from "./generation-path";

test.each(["g-1", "a/b?c#d", "앞 🙂", ".", "..", "compare", "~compare", ""])(
  "“%s” is found again by its address",
  (id) => {
    const { pathname } = new URL(generationPath(id), "http://localhost");
    const slug = decodeURIComponent(pathname.slice("/generations/".length));
    expect(slug).not.toBe("compare");
    expect(generationIdFromSlug(slug)).toBe(id);
  },
);

test("ids stand side by side in one address, whatever is in them", () => {
  const { searchParams } = new URL(comparePath(["a,b", "c&d"]), "http://localhost");
  expect(searchParams.getAll("ids")).toEqual(["a,b", "c&d"]);
});
