import sharp from "sharp";
import { expect, test } from "vitest";
import { ageRanges, angles, inventPersona, tones } from "../portrait/persona";
import { drawPortrait } from "../portrait/portrait";
import { look } from "./look";

test("sees angle, tone and age of every kind of portrait that the demo draws", async () => {
  let seed = 100;
  for (const angle of angles) {
    for (const tone of tones) {
      for (const age of ageRanges) {
        const svg = drawPortrait(inventPersona(seed++, { angle, tone, age }), 576);
        const jpeg = await sharp(Buffer.from(svg)).flatten({ background: "#fff" }).jpeg({ quality: 85 }).toBuffer();
        const { values } = await look(jpeg);
        expect({ seed, ...values }).toMatchObject({ seed, angle, tone, ageRange: age });
      }
    }
  }
});

test("sees the same in the same picture", async () => {
  const grey = await sharp({ create: { width: 30, height: 40, channels: 3, background: "#777" } })
    .png()
    .toBuffer();
  expect(await look(grey)).toEqual(await look(grey));
});
