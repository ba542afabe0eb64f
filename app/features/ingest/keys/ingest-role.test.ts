import { expect, test } from "vitest";
import { z } from "zod";
import { readRole, roleFields, spellRole } from "./ingest-role";

const line = z.strictObject(roleFields);

test.each([
  [{ role: "hero" }, { kind: "hero" }],
  [{ role: "supporting" }, { kind: "supporting" }],
  [
    { role: "comparison", model: " gemini-2.1 " },
    { kind: "comparison", model: "gemini-2.1" },
  ],
  [
    { role: "platform", platform: "Instagram" },
    { kind: "platform", platform: "Instagram", isOg: false },
  ],
  [
    { role: "platform", platform: "x", name: "OG" },
    { kind: "platform", platform: "x", isOg: true },
  ],
  [
    { role: "branding", name: "Logo" },
    { kind: "branding", name: "Logo" },
  ],
])("a line with %j has the role %j", (fields, role) => {
  expect(readRole(line.parse(fields))).toEqual(role);
});

test.each([
  [{ role: "comparison" }, "has no “model”, which the role “comparison” needs"],
  [{ role: "platform" }, "has no “platform”, which the role “platform” needs"],
  [{ role: "branding", platform: "x" }, "has a field “platform”, which the role “branding” does not have"],
  [{ role: "hero", model: "m" }, "has a field “model”, which the role “hero” does not have"],
  [{ role: "supporting", name: "og" }, "has a field “name”, which the role “supporting” does not have"],
  [
    { role: "platform", platform: "x", name: "a" },
    "has a “name” that the role “platform” does not know: only “og” is one",
  ],
  [{ role: "comparison", model: "🍌" }, "has the model “🍌”, which has no letter or digit that a key could show"],
])("a line with %j %s", (fields, problem) => {
  expect(readRole(line.parse(fields))).toEqual({ problem });
});

test.each([
  [{ role: "cover" }, "It is none of “hero”, “supporting”, “comparison”, “platform”, “branding”."],
  [{}, "It is none of “hero”, “supporting”, “comparison”, “platform”, “branding”."],
  [{ role: "branding", name: " " }, "It is empty."],
  [{ role: "branding", name: "n".repeat(201) }, "It is longer than 200 characters."],
])("%j is refused: %s", (fields, sentence) => {
  expect(line.safeParse(fields).error?.issues[0]?.message).toBe(sentence);
});

test.each([
  [{ role: "supporting" }, { kind: "supporting", name: "", isOg: false }],
  [{ role: "comparison" }, { kind: "comparison", name: "{model}", isOg: false }],
  [
    { role: "platform", name: "og" },
    { kind: "platform", name: "{platform}", isOg: true },
  ],
  [{ role: "branding" }, { kind: "branding", name: "{name}", isOg: false }],
  [
    { role: "branding", name: "Our Logo" },
    { kind: "branding", name: "our-logo", isOg: false },
  ],
  [
    { role: "comparison", model: "🍌" },
    { problem: "has the model “🍌”, which has no letter or digit that a key could show" },
  ],
])("%j is spelled as far as it is told", (fields, words) => {
  expect(spellRole(line.parse(fields))).toEqual(words);
});
