import { expect, test } from "vitest";
import {
  extensionOf,
  type IngestRole,
  ingestKey,
  ingestPlace,
  ingestRole,
  keyPattern,
  parseIngestKey,
} from "./ingest-key";
import { readRole, spellRole } from "./ingest-role";

const hash = "0a1b2c3d".padEnd(64, "9");
const image = { owner: "mina", slug: "cats", extension: "jpg", hash } as const;

test.each<[IngestRole, place: string, key: string]>([
  [{ kind: "hero" }, "cats/hero", "mina/cats/hero.jpg"],
  [{ kind: "supporting" }, "cats/supporting", "mina/cats/supporting/0a1b2c3d.jpg"],
  [
    { kind: "comparison", model: "gemini-nano-banana-2.1" },
    "cats/comparison/gemini-nano-banana-2.1",
    "mina/cats/comparison/gemini-nano-banana-2.1_0a1b2c3d.jpg",
  ],
  [{ kind: "platform", platform: "x", isOg: true }, "cats/platform/x_og", "mina/cats/platform/x_og.jpg"],
  [{ kind: "platform", platform: "x", isOg: false }, "cats/platform/x", "mina/cats/platform/x_0a1b2c3d.jpg"],
  [{ kind: "branding", name: "logo" }, "branding/logo", "mina/branding/logo.jpg"],
  [{ kind: "branding", name: "hero" }, "branding/hero", "mina/branding/hero.jpg"],
])("%j lies at %s and is read back", (role, place, key) => {
  expect(ingestPlace({ slug: "cats", role })).toBe(place);
  expect(ingestKey({ ...image, role })).toBe(key);
  expect(parseIngestKey(key)).toEqual({ owner: "mina", slug: role.kind === "branding" ? null : "cats", role });
});

test.each<[IngestRole, key: string]>([
  [{ kind: "comparison", model: "OpenAI/GPT Image 1.5" }, "mina/cats/comparison/openai-gpt-image-1.5_0a1b2c3d.jpg"],
  [{ kind: "platform", platform: "Naver 블로그", isOg: false }, "mina/cats/platform/naver-beullogeu_0a1b2c3d.jpg"],
  [{ kind: "branding", name: "Größeres Logo" }, "mina/branding/groesseres-logo.jpg"],
  [{ kind: "branding", name: "../trash" }, "mina/branding/trash.jpg"],
])("names are spelled for keys: %j lies at %s", (role, key) => {
  expect(ingestKey({ ...image, role })).toBe(key);
});

test.each([
  { role: "hero" },
  { role: "supporting" },
  { role: "comparison", model: "Gemini 2.1" },
  { role: "platform", platform: "Naver 블로그" },
  { role: "platform", platform: "x", name: "og" },
  { role: "branding", name: "Größeres Logo" },
] as const)("a pattern becomes the key once hash and extension are known: %j", (fields) => {
  const words = spellRole(fields);
  const role = readRole(fields);
  if ("problem" in words || "problem" in role) throw new Error("These fields tell a role.");
  const pattern = keyPattern({ owner: "mina", slug: "cats", ...words });
  const known = pattern.replace("{hash}", "0a1b2c3d").replace("{extension}", "jpg");
  expect(known).toBe(ingestKey({ ...image, role }));
});

test("a branding needs no slug", () => {
  expect(ingestKey({ ...image, slug: null, role: { kind: "branding", name: "logo" } })).toBe("mina/branding/logo.jpg");
});

test.each([
  ["another folder's owner", { owner: "trash" }, "No key can begin with the owner “trash”."],
  ["no slug", { slug: null }, "“” is no slug of a topic."],
  ["branding's slug", { slug: "branding" }, "“branding” is no slug of a topic."],
  ["a slug that is none", { slug: "../cats" }, "“../cats” is no slug of a topic."],
  ["half a hash", { hash: "0a1b2c3d" }, "“0a1b2c3d” is no SHA-256 in hex."],
  [
    "a model without letters",
    { role: { kind: "comparison", model: "🍌" } as const },
    "Nothing of “🍌” can be part of a key.",
  ],
])("refuses %s", (_what, wrong, sentence) => {
  expect(() => ingestKey({ ...image, role: { kind: "hero" }, ...wrong })).toThrow(sentence);
});

test("the longest key keeps to S3's 1,024 bytes", () => {
  const role = { kind: "comparison", model: "m".repeat(200) } as const;
  const key = ingestKey({ owner: "🙂".repeat(200), slug: "s".repeat(60), role, extension: "heic", hash });
  expect(Buffer.byteLength(key)).toBe(947);
  expect(parseIngestKey(key)).not.toBeNull();
});

test.each([
  ["image/jpeg", "jpg"],
  ["image/tiff", "tif"],
  ["image/heic", "heic"],
] as const)("%s ends in %s", (type, extension) => {
  expect(extensionOf(type)).toBe(extension);
});

test.each([
  [{ kind: "hero" }, true],
  [{ kind: "platform", platform: "x", isOg: true }, true],
  [{ kind: "hero", model: "m" }, false],
  [{ kind: "comparison" }, false],
  [{ kind: "cover" }, false],
])("%j is a stored role: %s", (role, isOne) => {
  expect(ingestRole.safeParse(role).success).toBe(isOne);
});
