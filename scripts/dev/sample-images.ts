// The demo's bucket: portraits drawn from seeds, with the faults that an audit is to find.
import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Storage } from "~/ports/storage.server";
import { type Angle, ageRanges, inventPersona, type Tone, tones } from "./portrait/persona";
import { drawPortrait } from "./portrait/portrait";

type SampleObject = { key: string; body: Buffer; contentType: string };
type Sample = { key: string; contentType: string; recipe: string; draw(): Promise<Buffer> };

const root = "references/01. Model/";

/** Missing on purpose: three-quarter_neutral. Empty on purpose: back_cool. */
const groups: { folder: string; angle: Angle; tone: Tone; files: string[] }[] = [
  {
    folder: "front_warm",
    angle: "front",
    tone: "warm",
    files: ["reference.png", "02.jpg", "03.jpg", "04.png", "05.jpg"],
  },
  {
    folder: "front_neutral",
    angle: "front",
    tone: "neutral",
    files: ["reference.jpg", "02.jpg", "03.png", "04.jpg", "05.webp"],
  },
  {
    folder: "front_cool",
    angle: "front",
    tone: "cool",
    files: ["reference.png", "02.png", "03.jpg", "04.jpg", "studio + daylight.jpg"],
  },
  {
    folder: "three-quarter_warm",
    angle: "three-quarter",
    tone: "warm",
    files: ["reference.png", "02.jpg", "03.jpg", "04.png"],
  },
  // Two candidates for the reference image.
  {
    folder: "three-quarter_cool",
    angle: "three-quarter",
    tone: "cool",
    files: ["reference.jpg", "reference.png", "02.jpg", "03.png", "04.jpg"],
  },
  // The folder says profile, its pictures look to the front three-quarters.
  {
    folder: "profile_warm",
    angle: "three-quarter",
    tone: "warm",
    files: ["reference.jpg", "02.jpg", "03.png", "04.jpg"],
  },
  {
    folder: "profile_neutral",
    angle: "profile",
    tone: "neutral",
    files: ["reference.png", "02.jpg", "03.jpg", "04.png"],
  },
  { folder: "profile_cool", angle: "profile", tone: "cool", files: ["reference.jpg", "02.png", "03.jpg", "04.jpg"] },
  { folder: "back_warm", angle: "back", tone: "warm", files: ["reference.png", "02.jpg", "03.jpg", "04.png"] },
  { folder: "back_neutral", angle: "back", tone: "neutral", files: ["reference.jpg", "02.png", "03.jpg", "04.jpg"] },
  // A name that states no attributes.
  { folder: "side view??", angle: "profile", tone: "warm", files: ["01.jpg", "02.png"] },
];

/** Pictures outside the root; keys without a month have no owner. */
const elsewhere: { key: string; angle: Angle }[] = [
  { key: "generated/jun-park/2026/11/8c1f27d0.png", angle: "front" },
  { key: "generated/jun-park/2026/11/b7e0934a.png", angle: "three-quarter" },
  { key: "generated/jun-park/2026/11/d2415e6f.webp", angle: "front" },
  { key: "generated/jun-park/2026/11/f09a83b1.png", angle: "profile" },
  { key: "generated/sofia-reyes/2026/11/1a6bd870.png", angle: "front" },
  { key: "generated/sofia-reyes/2026/11/5530ce92.png", angle: "three-quarter" },
  { key: "generated/sofia-reyes/2026/11/9e74f1c8.webp", angle: "back" },
  { key: "uploads/jun-park/2026/11/casting day.jpg", angle: "front" },
  { key: "uploads/jun-park/2026/11/phone.jpg", angle: "front" },
  { key: "uploads/sofia-reyes/2026/11/retrato-é.jpg", angle: "three-quarter" },
  { key: "uploads/sofia-reyes/2026/11/scan-0012.png", angle: "front" },
  { key: "generated/legacy-0007.png", angle: "front" },
  { key: "generated/legacy-0012.png", angle: "three-quarter" },
  { key: "uploads/IMG_5531.jpg", angle: "front" },
];

const corruptKey = `${root}back_neutral/05.jpg`;
/** Held sideways: its EXIF orientation says how to turn it. */
const turnedKey = "uploads/jun-park/2026/11/phone.jpg";

const widths = [768, 1152, 768, 768, 576, 768, 960];
const contentTypes = { png: "image/png", jpg: "image/jpeg", webp: "image/webp" };

function portraits(): { key: string; angle: Angle; tone: Tone }[] {
  return [
    ...groups.flatMap(({ folder, angle, tone, files }) =>
      files.map((file) => ({ key: `${root}${folder}/${file}`, angle, tone })),
    ),
    { key: corruptKey, angle: "back", tone: "neutral" },
    // A stray file beside the groups.
    { key: `${root}IMG_2041.jpg`, angle: "front", tone: "neutral" },
    ...elsewhere.map(({ key, angle }, index) => ({ key, angle, tone: tones[index % tones.length] ?? "warm" })),
  ];
}

function listSamples(): Sample[] {
  const pictures = portraits().map(({ key, angle, tone }, index): Sample => {
    const age = ageRanges[(index * 5 + Math.floor(index / 6)) % ageRanges.length] ?? "20s";
    const svg = drawPortrait(inventPersona(index + 1, { angle, tone, age }), widths[index % widths.length] ?? 768);
    const extension = key.endsWith(".png") ? "png" : key.endsWith(".webp") ? "webp" : "jpg";
    return {
      key,
      contentType: contentTypes[extension],
      recipe: hash(`${key}\n${extension}\n${svg}`),
      draw: () => encode(key, svg, extension),
    };
  });
  const note = "Light: one softbox, left, 45°.\nAsk Sofia for the raw files.\n";
  return [
    ...pictures,
    // A text file among images, and a folder that holds nothing.
    {
      key: `${root}front_cool/notes.txt`,
      contentType: "text/plain",
      recipe: hash(note),
      draw: async () => Buffer.from(note),
    },
    {
      key: `${root}back_cool/`,
      contentType: "application/x-directory",
      recipe: hash(""),
      draw: async () => Buffer.alloc(0),
    },
  ];
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

async function encode(key: string, svg: string, extension: keyof typeof contentTypes): Promise<Buffer> {
  const picture = sharp(Buffer.from(svg)).flatten({ background: "#fff" });
  if (extension === "png") return picture.png({ compressionLevel: 7 }).toBuffer();
  if (extension === "webp") return picture.webp({ quality: 88 }).toBuffer();
  if (key === turnedKey) {
    const sideways = await picture.rotate(270).png().toBuffer();
    return sharp(sideways).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
  }
  const whole = await picture.jpeg({ quality: 90 }).toBuffer();
  return key === corruptKey ? whole.subarray(0, Math.floor(whole.length * 0.4)) : whole;
}

/** Every object of the demo's bucket, drawn one after the other; the same bytes each time on one machine. */
export async function* drawSamples(): AsyncGenerator<SampleObject> {
  for (const { key, contentType, draw } of listSamples()) yield { key, contentType, body: await draw() };
}

/**
 * Puts the samples that are missing or were drawn by another recipe; the recipe's hash rides in the object's metadata,
 * so that nothing is drawn only to find that it is there already.
 */
export async function seedBucket(
  storage: Pick<Storage, "head" | "put">,
): Promise<{ uploaded: number; present: number }> {
  const waiting = listSamples();
  let uploaded = 0;
  let present = 0;
  async function work(): Promise<void> {
    for (let sample = waiting.shift(); sample; sample = waiting.shift()) {
      const { key, contentType, recipe } = sample;
      const head = await storage.head(key);
      if (head?.metadata["sample-recipe"] === recipe) {
        present++;
      } else {
        await storage.put(key, await sample.draw(), { contentType, metadata: { "sample-recipe": recipe } });
        uploaded++;
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, work));
  return { uploaded, present };
}
