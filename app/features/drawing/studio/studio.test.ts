import { expect, test } from "vitest";
import { startDrawing } from "~/features/drawing/start-drawing.server";
import { noise } from "../../../../tests/support/odd-pictures";
import { actor, asked, frontWarm, openDrawing } from "../../../../tests/support/world/drawing-world";
import { keepOwnImage } from "./keep-own-image.server";
import { previewDrawing } from "./preview-drawing.server";
import { readStudio } from "./read-studio.server";
import { readStudioRun } from "./read-studio-run.server";

const FRONT = "references/01. Model/front_warm/reference.png";
const signal = new AbortController().signal;

test("a preview has the references in order with why, the quote, and what is wrong with the prompt beside them", async () => {
  const { ports, db, gemini } = await openDrawing();
  const { id } = await db.image.findUniqueOrThrow({ where: { key: FRONT.replace("reference.png", "02.png") } });
  const request = { ...asked, references: frontWarm, images: [id], baseId: id, count: 2 };
  const preview = await previewDrawing(ports, request);
  expect(preview.shown.map(({ role }) => role)).toEqual(["own", "reference", "base"]);
  expect(preview.shown[1]).toMatchObject({ key: FRONT, why: expect.stringMatching(/\.$/) });
  expect(preview).toMatchObject({ missing: [], promptProblem: null, usd: expect.any(Number) });
  for (const [prompt, problem] of [
    ["", "Say in the prompt what the picture is to show."],
    ["warm ".repeat(4_000), "The prompt is longer than 8,000 characters. Shorten it."],
  ] as const) {
    expect(await previewDrawing(ports, { ...request, prompt })).toMatchObject({
      promptProblem: problem,
      shown: [{ role: "own" }, { role: "reference" }, { role: "base" }],
    });
  }
  expect(gemini.bill().calls).toBe(0);
});

test("what was shown is what is drawn: a reference that is another one by then starts nothing", async () => {
  const { ports, db } = await openDrawing();
  const request = { ...asked, references: frontWarm };
  const { shown } = await previewDrawing(ports, request);
  const runs = await db.jobRun.count();
  await db.group.updateMany({ where: { referenceKey: FRONT }, data: { referenceEtag: "another" } });
  await expect(startDrawing(ports, { request, budgetUsd: 1, actor, shown })).rejects.toThrow(
    "Other pictures would be sent now than were shown",
  );
  expect(await db.jobRun.count()).toBe(runs);
});

test("the studio begins with the request of a run, whose refusals it shows, and with a generation record", async () => {
  const world = await openDrawing({ knobs: { rules: [{ fault: "image-safety", times: 1 }] } });
  const run = await world.draw({ references: frontWarm, count: 2 }, 0.75);
  const studio = await readStudio(world.ports, new URLSearchParams({ run: String(run.id), size: "2K" }));
  expect(studio.form).toMatchObject({
    ...{ prompt: asked.prompt, mode: "tone+angle", count: 2, size: "2K", budget: "0.75" },
    attributes: frontWarm.attributes,
  });
  const result = await readStudioRun(world.ports, run.id);
  expect(result?.drawn).toHaveLength(1);
  expect(result?.without).toMatchObject([{ isFailed: true, why: expect.stringContaining("(IMAGE_SAFETY)") }]);

  const { id } = await world.db.generation.findFirstOrThrow({ where: { imageId: { not: null } } });
  const again = await readStudio(world.ports, new URLSearchParams({ generation: id }));
  expect(again.form).toMatchObject({ prompt: asked.prompt, mode: "tone+angle", images: [], aspectRatio: "3:4" });
  await expect(readStudio(world.ports, new URLSearchParams({ run: "999" }))).rejects.toThrow(
    "is none that draws images",
  );
  await expect(readStudio(world.ports, new URLSearchParams({ generation: "x" }))).rejects.toThrow(
    "There is no generation",
  );
});

test("what the address names and is not there is left out, and said", async () => {
  const { ports } = await openDrawing();
  const { form, notes } = await readStudio(ports, new URLSearchParams({ own: "999", image: "998", owner: "nobody" }));
  expect(form).toMatchObject({ images: [], base: "none", baseId: null, ownerId: null });
  expect(notes).toEqual([
    "There is no image 999, so it was left out.",
    "There is no image 998, so it was left out.",
    "Its owner is not there any more. Choose another one.",
  ]);
});

test("a picture of one's own becomes an image once, however often it is added; what is none is refused", async () => {
  const { ports, db, storage } = await openDrawing();
  const bytes = await noise(40, 30).png().toBuffer();
  const id = await keepOwnImage(ports, { bytes, actor, signal });
  expect(await keepOwnImage(ports, { bytes, actor, signal })).toBe(id);
  const row = await db.image.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ kind: "upload", ownerId: null, width: 40, height: 30, thumbnailEtag: row.etag });
  expect(row.key).toMatch(/^uploads\/unowned\/\d{4}\/\d\d\/studio-[0-9a-f]{16}\.png$/);
  expect(await storage.head(row.key)).toMatchObject({ bytes: bytes.length });
  const add = (none: Buffer) => keepOwnImage(ports, { bytes: none, actor, signal });
  await expect(add(Buffer.from("no picture"))).rejects.toThrow("The picture cannot be used:");
  await expect(add(Buffer.alloc(800 * 1024))).rejects.toThrow("one that is added here may have");
});
