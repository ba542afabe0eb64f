import { describe, expect, it } from "vitest";
import { bytes, confidence, count, dollars, duration, percent, plural, rate, relativeTime } from "./format";

const plain = (text: string) => text.replaceAll("\u202f", "_");

describe("numbers", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [12_431, "12_431"],
    [1_000_000, "1_000_000"],
  ])("count %d", (value, text) => expect(plain(count(value))).toBe(text));

  it("says one and many", () => {
    expect(plural(1, "image")).toBe("1 image");
    expect(plural(0, "image")).toBe("0 images");
    expect(plural(2, "folder or object", "folders and objects")).toBe("2 folders and objects");
  });

  it.each([
    [0, 0, "0_%"],
    [63, 100, "63_%"],
    [999, 1000, "99_%"],
    [5, 5, "100_%"],
  ])("percent of %d in %d is 100 only when all are done", (part, total, text) =>
    expect(plain(percent(part, total))).toBe(text),
  );

  it.each([
    [0, "0_B"],
    [999, "999_B"],
    [1000, "1_kB"],
    [1_234_567, "1.2_MB"],
    [123_456_789n, "123_MB"],
    [5e15, "5_PB"],
    [7e18, "7_000_PB"],
  ])("bytes %d", (value, text) => expect(plain(bytes(value))).toBe(text));

  it.each([
    [0, "$0.00"],
    [0.0042, "$0.0042"],
    [0.0836, "$0.0836"],
    [0.1, "$0.10"],
    [0.5, "$0.50"],
    [1234.5, "$1_234.50"],
  ])("dollars %d", (value, text) => expect(plain(dollars(value))).toBe(text));

  it("prints rates and confidences", () => {
    expect(rate(61.4)).toBe("61/s");
    expect(rate(0.44)).toBe("0.4/s");
    expect(confidence(0.914)).toBe("0.91");
  });
});

describe("time", () => {
  it.each([
    [0, "<_1_s"],
    [0.96, "<_1_s"],
    [1.2, "1_s"],
    [59.6, "1_min 0_s"],
    [69, "1_min 9_s"],
    [3_725, "1_h 2_min"],
  ])("duration of %d s", (seconds, text) => expect(plain(duration(seconds))).toBe(text));

  const now = new Date("2026-11-20T12:00:00Z");
  it.each([
    ["2026-11-20T11:59:57Z", "just now"],
    ["2026-11-20T12:00:03Z", "just now"],
    ["2026-11-20T11:59:30Z", "30_s ago"],
    ["2026-11-20T11:56:00Z", "4_min ago"],
    ["2026-11-20T09:00:00Z", "3_h ago"],
    ["2026-11-10T12:00:00Z", "10_d ago"],
    ["2026-11-21T11:00:00Z", "in 23_h"],
  ])("%s", (at, text) => expect(plain(relativeTime(new Date(at), now))).toBe(text));
});
