import sharp from "sharp";
import { expect, test } from "vitest";
import { noise } from "../../../tests/support/odd-pictures";
import { openDrawing } from "../../../tests/support/world/drawing-world";

const size = { width: 120, height: 160 };
const area = { left: 30, top: 40, width: 50, height: 60 };
const KEY = "uploads/mina/2026/11/base.png";

const plain = ({ width, height }: { width: number; height: number }, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** Black, with a white area. */
const painted = async (of = size) =>
  sharp(await plain(of, "#000"))
    .composite([{ input: await plain(area, "#fff"), left: area.left, top: area.top }])
    .png()
    .toBuffer();

/** A studio with a base image of noise, of which no two pixels are alike. */
async function openMasked(options: Parameters<typeof openDrawing>[0] = {}) {
  const world = await openDrawing(options);
  const bytes = await noise(size.width, size.height).png().toBuffer();
  await world.storage.put(KEY, bytes, { contentType: "image/png" });
  const { etag } = (await world.storage.head(KEY)) ?? {};
  const row = { key: KEY, etag: etag ?? "", bytes: bytes.length, kind: "upload" as const };
  const { id } = await world.db.image.create({ data: { ...row, modifiedAt: new Date(), createdAt: new Date() } });
  return { ...world, base: { id, bytes } };
}

const pixelsOf = (bytes: Buffer) => sharp(bytes).removeAlpha().raw().toBuffer();

function isInside(sample: number) {
  const [x, y] = [Math.floor(sample / 3) % size.width, Math.floor(sample / 3 / size.width)];
  return x >= area.left && x < area.left + area.width && y >= area.top && y < area.top + area.height;
}

test("each picture has the answer where the mask is painted, and the base's own pixels elsewhere, to the last bit", async () => {
  const world = await openMasked({ knobs: { rules: [{ fault: "no-image", times: 1 }] } });
  const planned = await world.plan({ baseId: world.base.id, count: 2 }, 1, await painted());
  expect(planned).toMatchObject({ title: "Draw 2 images with a mask", planned: 2 });
  expect(planned.summary?.facts).toContainEqual({ label: "Mask", value: "15\u202f% of the base is painted" });
  const kept = await world.db.drawMask.findUniqueOrThrow({ where: { jobRunId: planned.id } });
  expect(kept).toMatchObject({ ...size, paintedPixels: area.width * area.height });
  expect(await world.apply(planned)).toMatchObject({ succeeded: 2, failed: 0 });
  const before = await pixelsOf(world.base.bytes);
  const images = await world.drawn();
  expect(images).toMatchObject([
    { ...size, contentType: "image/png" },
    { ...size, contentType: "image/png" },
  ]);
  for (const { key } of images) {
    const after = await pixelsOf((await world.storage.get(key, { maxBytes: 1e6 })).body);
    expect(after.length).toBe(before.length);
    const changed = [...after.keys()].filter((at) => after[at] !== before[at]);
    expect(changed.filter((at) => !isInside(at))).toEqual([]);
    expect(changed.length).toBeGreaterThan(area.width * area.height);
  }
  const [call] = await world.calls(planned.id);
  // Base and mask are both paid.
  expect(call?.reservedUsd).toBeGreaterThan(0);
  const undone = await world.undo(planned.id);
  expect(undone).toMatchObject({ succeeded: 2 });
});

test("a base that is replaced between plan and call is left alone, and nothing is paid", async () => {
  const world = await openMasked();
  const planned = await world.plan({ baseId: world.base.id }, 1, await painted());
  await world.storage.put(KEY, await noise(60, 80).png().toBuffer(), { contentType: "image/png" });
  expect(await world.apply(planned)).toMatchObject({ succeeded: 0, skipped: 1 });
  expect((await world.items(planned.id))[0]?.reason).toContain(`The base image “${KEY}” was replaced since the plan`);
  expect(world.gemini.bill().calls).toBe(0);
});

test.each([
  [
    "of another size",
    () => painted({ width: 100, height: 160 }),
    "The mask has 100 × 160 px, the picture 120 × 160 px.",
  ],
  ["without paint", () => plain(size, "#000"), "Nothing is painted on the mask. Paint over what is to change."],
  [
    "that is a JPEG",
    () =>
      sharp({ create: { ...size, channels: 3, background: "#fff" } })
        .jpeg()
        .toBuffer(),
    "not a PNG",
  ],
  ["that is no picture", async () => Buffer.from("no picture"), "The mask cannot be read."],
  ["of no bytes", async () => Buffer.alloc(0), "The mask cannot be read."],
  ["of a megabyte", async () => Buffer.alloc(1024 * 1024), "it may have 655\u202fkB. Paint it with fewer strokes."],
])("a mask %s is refused with what to do, and no run is made", async (_, make, said) => {
  const { plan, db, base } = await openMasked();
  const before = await db.jobRun.count();
  await expect(make().then((mask) => plan({ baseId: base.id }, 1, mask))).rejects.toThrow(said);
  expect(await db.jobRun.count()).toBe(before);
});

test("a mask without a base, and a base whose mask did not come, are refused", async () => {
  const { plan, base } = await openMasked();
  await expect(painted().then((mask) => plan({}, 1, mask))).rejects.toThrow("Choose the base image.");
  await expect(plan({ baseId: base.id, mask: "0".repeat(64) })).rejects.toThrow("The mask is missing. Paint it again.");
});
