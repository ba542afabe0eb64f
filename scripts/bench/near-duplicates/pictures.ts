import sharp, { type Sharp } from "sharp";
import { type Random, randomOf } from "../../../tests/support/random";
import { ageRanges, angles, inventPersona, tones } from "../../dev/portrait/persona";
import { drawPortrait } from "../../dev/portrait/portrait";

/** In px. What is compared is a square of 32 px, so pictures that only stand by may be smaller. */
const WIDTH = 256;
const SMALL = 128;
const MANY = 1e9;

/** Numbers from `from` to `to`, with fractions. */
const between = (random: Random, from: number, to: number) => from + (random.below(MANY) / MANY) * (to - from);
const color = (random: Random) => `rgb(${random.below(256)},${random.below(256)},${random.below(256)})`;

/** Soft shapes of any size, coarse and fine at once, as photos have. */
async function photo(random: Random, shown: number): Promise<Sharp> {
  const height = Math.round(random.pick([0.56, 0.75, 1, 1.25]) * shown);
  const layer = (cells: number) => {
    const rows = Math.max(2, Math.round((cells * height) / shown));
    const samples = Buffer.from(Array.from({ length: cells * rows * 3 }, () => random.below(256)));
    return sharp(samples, { raw: { width: cells, height: rows, channels: 3 } })
      .resize(shown, height, { fit: "fill", kernel: "cubic" })
      .ensureAlpha(0.5)
      .png({ compressionLevel: 0 })
      .toBuffer();
  };
  const fine = [await layer(10 + random.below(14)), await layer(40 + random.below(60))];
  return sharp(await layer(3 + random.below(6)))
    .removeAlpha()
    .composite(fine.map((input) => ({ input })))
    .removeAlpha();
}

/** Disks, bars and triangles on a slope of two colors. */
function poster(random: Random, shown: number): Sharp {
  const height = random.pick([144, 192, 256, 320]);
  const x = () => random.below(WIDTH);
  const y = () => random.below(height);
  const shapes = Array.from({ length: 2 + random.below(9) }, () =>
    random.pick([
      () => `<circle cx="${x()}" cy="${y()}" r="${8 + random.below(70)}" fill="${color(random)}"/>`,
      () =>
        `<rect x="${x()}" y="${y()}" width="${10 + random.below(120)}" height="${10 + random.below(120)}" fill="${color(random)}"/>`,
      () => `<path d="M${x()} ${y()}L${x()} ${y()}L${x()} ${y()}Z" fill="${color(random)}"/>`,
    ])(),
  );
  return drawn(`<svg xmlns="http://www.w3.org/2000/svg" width="${shown}" height="${(shown * height) / WIDTH}" viewBox="0 0 ${WIDTH} ${height}">
    <linearGradient id="g" gradientTransform="rotate(${random.below(90)})"><stop stop-color="${color(random)}"/>
    <stop offset="1" stop-color="${color(random)}"/></linearGradient>
    <rect width="${WIDTH}" height="${height}" fill="url(#g)"/>${shapes.join("")}</svg>`);
}

/** Lines of “words” on white, as screens and documents are. */
function page(random: Random, shown: number): Sharp {
  const lines: string[] = [];
  for (let y = 10 + random.below(30); y < 240; y += 8 + random.below(14)) {
    for (let x = 10 + random.below(20); x < 240; ) {
      const width = 8 + random.below(60);
      if (random.below(4) > 0) lines.push(`<rect x="${x}" y="${y}" width="${width}" height="5" fill="#333"/>`);
      x += width + 6;
    }
  }
  return drawn(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${shown}" height="${shown}" viewBox="0 0 256 256"><rect width="256" height="256" fill="#fff"/>${lines.join("")}</svg>`,
  );
}

/** A person of the demo's kit, nearer or farther, somewhere in the picture: one composition for all, as a studio has. */
function portrait(random: Random, shown: number): Sharp {
  const persona = inventPersona(random.below(MANY), {
    angle: random.pick(angles),
    tone: random.pick(tones),
    age: random.pick(ageRanges),
  });
  const zoom = between(random, 0.6, 1);
  const [left, top] = [between(random, 0, 1 - zoom) * 768, between(random, 0, 1 - zoom) * 1024];
  const frame = `viewBox="${left} ${top} ${zoom * 768} ${zoom * 1024}"`;
  return drawn(drawPortrait(persona, shown).replace('viewBox="0 0 768 1024"', frame));
}

const drawn = (svg: string) => sharp(Buffer.from(svg)).flatten({ background: "#fff" });

/** What is drawn, and in how many of 20. */
const kinds = { photo: 8, poster: 5, portrait: 5, page: 2 };
export type Kind = keyof typeof kinds;
const draw: Record<Kind, (random: Random, shown: number) => Sharp | Promise<Sharp>> = { photo, poster, portrait, page };
const turns = Object.entries(kinds).flatMap(([kind, share]) => Array.from({ length: share }, () => kind as Kind));

export const kindOf = (number: number): Kind => turns[number % turns.length] ?? "photo";

/** A picture like no other one, the same each time for the same number. */
export async function drawPicture(number: number, isSmall = false): Promise<Sharp> {
  return draw[kindOf(number)](randomOf(number + 1), isSmall ? SMALL : WIDTH);
}

/** What people and tools do to a picture, so that it is the same to look at and another file. */
export const treatments = {
  /** To 30 to 80 % of its width, or twice. */
  resized: async (picture: Sharp, random: Random) => {
    const width = Math.round(WIDTH * random.pick([0.3, 0.5, 0.65, 0.8, 2]));
    return sharp(await picture.png().toBuffer())
      .resize(width)
      .jpeg({ quality: 90 });
  },
  /** As JPEG, WebP or AVIF of poor quality. */
  recompressed: async (picture: Sharp, random: Random) => {
    const quality = 20 + random.below(50);
    return random.pick([
      () => picture.jpeg({ quality }),
      () => picture.webp({ quality }),
      () => picture.avif({ quality, effort: 0 }),
    ])();
  },
  /** Without 5 % of its width and of its height, at whichever edges. */
  "cropped 5 %": async (picture: Sharp, random: Random) => {
    const whole = await picture.png().toBuffer();
    const { width, height } = await sharp(whole).metadata();
    const [w, h] = [Math.round(width * 0.95), Math.round(height * 0.95)];
    const at = { left: random.below(width - w + 1), top: random.below(height - h + 1) };
    return sharp(whole)
      .extract({ ...at, width: w, height: h })
      .jpeg({ quality: 90 });
  },
} satisfies Record<string, (picture: Sharp, random: Random) => Promise<Sharp>>;
