import { describe, expect, test } from "vitest";
import { safeReturnTo } from "./safe-return-to";

describe("safeReturnTo", () => {
  test.each([
    ["/", "/"],
    ["/images?owner=jun&page=2#top", "/images?owner=jun&page=2#top"],
    ["/attribute-groups/front_warm", "/attribute-groups/front_warm"],
    ["/images/a%2Fb", "/images/a%2Fb"],
    ["/images?returnTo=https://evil.example", "/images?returnTo=https://evil.example"],
    ["/logins", "/logins"],
  ])("keeps %j", (input, path) => {
    expect(safeReturnTo(input)).toBe(path);
  });

  test.each([
    [`/images?text=${"a".repeat(1_987)}`, `/images?text=${"a".repeat(1_987)}`],
    [`/images?text=${"a".repeat(1_988)}`, "/images"],
    [`/images?text=${"é".repeat(1_000)}`, "/images"],
    [`/images#${"a".repeat(3_000)}`, "/images"],
    [`/images/${"a".repeat(3_000)}`, "/"],
  ])("leaves of an address that no cookie holds its path: %j", (input, path) => {
    expect(safeReturnTo(input)).toBe(path);
  });

  test.each([
    null,
    "",
    "images",
    "https://evil.example/",
    "javascript:alert(1)",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e%2e//evil.example",
    " //evil.example",
    "/@evil.example:99999999/..//x",
    "/login",
    "/login?returnTo=/login",
    "/logout",
    "/auth/google/callback?code=1",
    "/x/../auth/google",
  ])("refuses %j", (input) => {
    const path = safeReturnTo(input);
    expect(path).toBe("/");
    expect(new URL(path, "https://ops.example").origin).toBe("https://ops.example");
  });
});
