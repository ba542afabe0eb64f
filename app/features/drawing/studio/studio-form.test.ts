import { expect, test } from "vitest";
import { readStudioAddress, type StudioForm, toDrawRequest, toStudioAddress, toStudioForm } from "./studio-form";

const empty: StudioForm = {
  ...{ prompt: "", model: "gemini-nano-banana-2.1", root: "Model", mode: "none", ageRange: null, images: [] },
  attributes: { angle: "front", tone: "warm" },
  ...{ base: "none", baseId: null, size: "1K", aspectRatio: null, count: 2, ownerId: null, budget: "0.50" },
};

const full: StudioForm = {
  ...{ ...empty, prompt: "A red scarf", mode: "tone+angle", ageRange: "20s", images: [7, 3], base: "anew", baseId: 9 },
  ...{ attributes: { angle: "profile", tone: "cool" }, aspectRatio: "3:4", count: 4, ownerId: "u-1", budget: "2" },
};

test.each([
  ["empty", empty],
  ["full", full],
])("a form that is %s is read back from its address", (_, form) => {
  expect(readStudioAddress(toStudioAddress(form), empty)).toEqual(form);
  expect(readStudioAddress(toStudioAddress(form), full)).toEqual({
    ...form,
    ...(form.prompt === "" && { prompt: full.prompt, attributes: full.attributes, ageRange: full.ageRange, baseId: 9 }),
  });
});

test("a request takes the attributes of its mode, and no base where none is used", () => {
  const request = toDrawRequest({ ...full, mode: "tone", base: "none" });
  expect(request).toMatchObject({ baseId: null, references: { mode: "tone", attributes: { tone: "cool" } } });
  expect(toDrawRequest({ ...full, mode: "none" }).references).toBeNull();
  expect(toStudioForm(toDrawRequest(full), empty)).toEqual({ ...full, budget: empty.budget });
});

test.each([
  ["own=1,x,1,-3,,4", { images: [1, 4] }],
  ["image=12", { base: "anew", baseId: 12 }],
  ["image=-1", { base: "none", baseId: null }],
  ["base=anew", { base: "none" }],
  ["mode=loud&count=many", { mode: "none", count: 2 }],
] as const)("%s is read as far as it makes sense", (address, form) => {
  expect(readStudioAddress(new URLSearchParams(address), empty)).toMatchObject(form);
});

test("a long prompt stays out of the address", () => {
  expect(toStudioAddress({ ...empty, prompt: "warm ".repeat(200) }).has("prompt")).toBe(false);
});
