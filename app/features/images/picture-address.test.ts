import { expect, test } from "vitest";
import { linkWindow, pictureAddress, secondsLeftInWindow } from "./picture-address";

const at = (time: string) => Date.parse(`2026-11-29T${time}Z`);

test("a window begins with each full hour and ends with it", () => {
  expect(linkWindow(at("10:59:59.999"))).toBe(linkWindow(at("10:00:00")));
  expect(linkWindow(at("11:00:00"))).toBe(linkWindow(at("10:00:00")) + 1);
  expect(["10:00:00", "10:30:00", "10:59:58.100", "10:59:59.999"].map((time) => secondsLeftInWindow(at(time)))).toEqual(
    [3_600, 1_800, 1, 0],
  );
});

test.each([
  [12, "thumbnail", undefined, "/images/12/thumbnail"],
  [12, "thumbnail", "0b1c-2", "/images/12/thumbnail?v=0b1c-2"],
  [12, "original", 'a&"b', "/images/12/original?v=a%26%22b"],
] as const)("image %i, %s of %j", (id, of, etag, address) => {
  expect(pictureAddress(id, of, etag)).toBe(address);
});
