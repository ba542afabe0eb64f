import { describe, expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import type { PromptContent } from "./prompt-content";
import { equalHashes, keepPromptVersion, promptHash, readPromptContent, requestHash } from "./prompt-versions.server";

const content: PromptContent = {
  instructions: "Label the picture.",
  attributes: { tone: { values: ["warm", "cool"] } },
  settings: { model: "gemini-2.5-flash", temperature: 0, maxOutputTokens: 100, thinkingBudget: 0, imageEdge: 768 },
  examples: [{ key: "r/front_warm/a.png", etag: "e1", labels: { tone: "warm" } }],
};
const withSettings = (settings: Partial<PromptContent["settings"]>): PromptContent => ({
  ...content,
  settings: { ...content.settings, ...settings },
});
const clock = { now: () => new Date("2026-11-20T10:00:00Z") };

describe("promptHash", () => {
  test.each<[string, PromptContent]>([
    ["instructions", { ...content, instructions: "Label the picture!" }],
    ["listed values", { ...content, attributes: { tone: { values: ["warm", "cool", "neutral"] } } }],
    ["an estimate", { ...content, attributes: { tone: { values: ["warm", "cool"], estimate: "years" } } }],
    ["the model", { ...content, settings: { ...content.settings, model: "gemini-2.5-pro" } }],
    [
      "an example's ETag",
      { ...content, examples: [{ key: "r/front_warm/a.png", etag: "e2", labels: { tone: "warm" } }] },
    ],
    ["no example", { ...content, examples: [] }],
    ["no temperature", withSettings({ temperature: undefined })],
    ["a media resolution", withSettings({ mediaResolution: "low" })],
  ])("is another for other %s", (_, other) => {
    expect(promptHash(other)).not.toBe(promptHash(content));
  });

  test("of a version from before models stopped taking a temperature is what it was", () => {
    expect(promptHash(content)).toBe("da2adb3803e32b2b858c5c98128bedbf826e7a263e2671afac55ac918718cd87");
  });

  test("does not depend on the order of keys in settings", () => {
    const { model, ...rest } = content.settings;
    expect(promptHash({ ...content, settings: { ...rest, model } })).toBe(promptHash(content));
  });
});

describe("equalHashes", () => {
  const takesNone = { takes: { temperature: false, mediaResolution: true } };
  const versions = [content, withSettings({ temperature: undefined })];

  test.each(versions)(
    "a version with and one without a temperature are one question to a model that takes none: %#",
    (one) => {
      expect(equalHashes(one, takesNone)[0]).toBe(promptHash(one));
      expect(new Set(equalHashes(one, takesNone))).toEqual(new Set(versions.map(promptHash)));
    },
  );

  test.each(versions)("and two to a model that takes it: %#", (one) => {
    expect(equalHashes(one, { takes: { temperature: true, mediaResolution: false } })).toEqual([promptHash(one)]);
  });
});

test("requestHash is one for each prompt and picture", () => {
  expect(requestHash("p", "e")).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set([requestHash("p", "e"), requestHash("p", "f"), requestHash("q", "e")]).size).toBe(3);
});

describe("keepPromptVersion", () => {
  test("keeps the same content once and gives other content the next version", async () => {
    const db = await openTestDb();
    const first = await keepPromptVersion({ db, clock }, "Personas", content);
    const again = await keepPromptVersion({ db, clock }, "Personas", content);
    expect(again).toEqual(first);
    expect(first).toMatchObject({ version: 1, createdAt: clock.now() });
    const second = await keepPromptVersion({ db, clock }, "Personas", { ...content, instructions: "Look closely." });
    expect(second.version).toBe(2);
    const other = await keepPromptVersion({ db, clock }, "Tones", { ...content, instructions: "Tone only." });
    expect(other).toMatchObject({ name: "Tones", version: 1 });
    expect(readPromptContent(first)).toEqual(content);
  });

  test("gives no number twice when several keep at once", async () => {
    const db = await openTestDb();
    const contents = Array.from({ length: 6 }, (_, index) => ({ ...content, instructions: `Prompt ${index % 3}` }));
    const kept = await Promise.all(contents.map((one) => keepPromptVersion({ db, clock }, "Personas", one)));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(3);
    expect([...new Set(kept.map(({ version }) => version))].sort()).toEqual([1, 2, 3]);
  });
});
