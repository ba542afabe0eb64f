import { expect, test } from "vitest";
import { groupNameFromSlug, groupPath, groupSlug } from "./group-slug";

test.each(["front_warm", "side view??", "", ".", "..", "~", "~..", "...", "a%2Fb", "정면", "front_🔥", " a "])(
  "the group %j keeps its name through a URL that a browser has normalised",
  (name) => {
    const url = new URL(groupPath("Model & more", name), "http://console.test");
    const [, folder, slug, ...rest] = url.pathname.split("/");
    expect([folder, rest]).toEqual(["attribute-groups", []]);
    expect(groupNameFromSlug(decodeURIComponent(slug ?? ""))).toBe(name);
    expect(url.searchParams.get("root")).toBe("Model & more");
  },
);

test("most names are their own slug", () => {
  expect(groupSlug("01. front_warm")).toBe("01. front_warm");
});
