import { expect, test } from "vitest";
import { keysOn } from "./keyboard";

test.each<[pathname: string, here: string[]]>([
  ["/", ["Everywhere"]],
  ["/images", ["List of images", "An image", "Everywhere"]],
  ["/images/12", ["An image", "Everywhere"]],
  ["/attribute-groups", ["Everywhere"]],
  ["/attribute-groups/front_warm", ["An attribute group", "Everywhere"]],
  ["/label-runs", ["Everywhere"]],
  ["/label-runs/new", ["Everywhere"]],
  ["/label-runs/3", ["Review of a label run", "Everywhere"]],
])("on %s its own keys come first: %j", (pathname, titles) => {
  const { here, elsewhere } = keysOn(pathname);
  expect(here.map(({ title }) => title)).toEqual(titles);
  expect(here.length + elsewhere.length).toBe(5);
});
