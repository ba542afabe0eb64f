import { expect, it } from "vitest";
import { themeCookie, themeFromCookie } from "./theme";

it.each([
  [null, "system"],
  ["theme=dark", "dark"],
  ["a=b; theme=light; c=d", "light"],
  ["my-theme=dark", "system"],
  ["theme=pink", "system"],
])("reads %s as %s", (header, theme) => expect(themeFromCookie(header)).toBe(theme));

it("reads back what it wrote", () => {
  expect(themeFromCookie(themeCookie("dark", true))).toBe("dark");
  expect(themeCookie("dark", true)).toContain("Secure");
  expect(themeCookie("dark", false)).not.toContain("Secure");
});
