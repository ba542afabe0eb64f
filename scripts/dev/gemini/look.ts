import sharp from "sharp";

/** What one can see on a portrait of the demo: values by attribute, and the age in years. */
export type Look = { values: Record<string, string>; years: number };

type Colour = { r: number; g: number; b: number };

// Portraits are drawn on 768×1024; they are looked at on half of that.
const WIDTH = 384;
const HEIGHT = 512;

const luma = ({ r, g, b }: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const chroma = ({ r, g, b }: Colour) => Math.max(r, g, b) - Math.min(r, g, b);

/**
 * Derives labels from pixels, the same for the same picture: tone from the border, angle from the eyes, age from how
 * light the hair is, the rest from patches of colour.
 * @throws whatever sharp throws for bytes that it cannot decode
 */
export async function look(bytes: Buffer): Promise<Look> {
  const pixels = await sharp(bytes)
    .autoOrient()
    .flatten()
    .toColourspace("srgb")
    .resize(WIDTH, HEIGHT, { fit: "fill" })
    .raw()
    .toBuffer();
  const at = (x: number, y: number): Colour => {
    const offset = (y * WIDTH + x) * 3;
    return { r: pixels[offset] ?? 0, g: pixels[offset + 1] ?? 0, b: pixels[offset + 2] ?? 0 };
  };
  const hair = average(at, 182, 202, 85, 105);
  const years = ageOf(hair);
  const angle = angleOf(at);
  return {
    values: {
      tone: toneOf(at),
      angle,
      expression: expressionOf(at, angle),
      hairLength: hairLengthOf(at, hair),
      wardrobe: wardrobeOf(average(at, 152, 232, 470, 500)),
      ageRange: rangeOf(years),
    },
    years,
  };
}

type At = (x: number, y: number) => Colour;

function average(at: At, x0: number, x1: number, y0: number, y1: number): Colour {
  const sum = { r: 0, g: 0, b: 0 };
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const { r, g, b } = at(x, y);
      sum.r += r;
      sum.g += g;
      sum.b += b;
    }
  }
  const n = (x1 - x0) * (y1 - y0);
  return { r: sum.r / n, g: sum.g / n, b: sum.b / n };
}

/** The outer 8 % at the left, the right and above; below is clothing. */
function toneOf(at: At): string {
  const left = average(at, 2, 28, 30, 300);
  const right = average(at, WIDTH - 28, WIDTH - 2, 30, 300);
  const warmth = left.r + right.r - left.b - right.b;
  return warmth > 40 ? "warm" : warmth < -40 ? "cool" : "neutral";
}

/** An eye is dark with white beside it on both sides; two in the middle, two to the right, one, or none. */
function angleOf(at: At): string {
  const lumaOfColumn = (x: number) => luma(average(at, x, x + 1, 198, 204));
  const eyes: { from: number; to: number }[] = [];
  for (let x = 100; x < 285; x++) {
    if (lumaOfColumn(x) > 75) continue;
    const last = eyes.at(-1);
    if (last && last.to === x - 1) last.to = x;
    else eyes.push({ from: x, to: x });
  }
  const isWhite = (x: number) => lumaOfColumn(x) > 190;
  const seen = eyes.filter(({ from, to }) => to - from > 8 && isWhite(from - 4) && isWhite(to + 4));
  if (seen.length === 0) return "back";
  if (seen.length === 1) return "profile";
  const middle = seen.reduce((sum, { from, to }) => sum + (from + to) / 2, 0) / seen.length;
  return middle < 207 ? "front" : "three-quarter";
}

/** How light hair is at what age: dark at 25, white at 76. */
const agesByLuma: [luma: number, years: number][] = [
  [40, 20],
  [58, 25],
  [75, 35],
  [97, 45],
  [128, 55],
  [168, 65],
  [226, 76],
];

/** In years, between the two nearest known ages. */
function ageOf(hair: Colour): number {
  const light = luma(hair);
  const above = agesByLuma.findIndex(([known]) => known > light);
  const [toLuma, toYears] = agesByLuma.at(above) ?? [226, 76];
  const [fromLuma, fromYears] = agesByLuma[above - 1] ?? [toLuma, toYears];
  if (above < 1) return toYears;
  return Math.round(fromYears + ((light - fromLuma) / (toLuma - fromLuma)) * (toYears - fromYears));
}

function rangeOf(years: number): string {
  if (years < 13) return "child";
  if (years < 20) return "teen";
  return years >= 70 ? "70+" : `${Math.floor(years / 10)}0s`;
}

/** Teeth are a smile; lips that are thin in their middle are serious. No one smiles with the back of the head. */
function expressionOf(at: At, angle: string): string {
  if (angle === "back") return "other";
  const x = { front: 192, "three-quarter": 228, profile: 270 }[angle] ?? 192;
  const chin = at(x, 312);
  let teeth = 0;
  let lips = 0;
  for (let y = 278; y < 304; y++) {
    if (luma(at(x, y)) > 235) teeth++;
    else if (distance(at(x, y), chin) > 30) lips++;
  }
  if (teeth > 3) return "smiling";
  return lips > 8 ? "neutral" : "serious";
}

/** How far down beside the face the hair's colour reaches. */
function hairLengthOf(at: At, hair: Colour): string {
  const isHair = (y: number) => [88, 92, 292, 296].some((x) => distance(at(x, y), hair) < 40);
  if (isHair(320)) return "long";
  return isHair(240) ? "medium" : "short";
}

const distance = (a: Colour, b: Colour) => Math.abs(a.r - b.r) + Math.abs(a.g - b.g) + Math.abs(a.b - b.b);

function wardrobeOf(cloth: Colour): string {
  if (chroma(cloth) > 90) return "sport";
  return luma(cloth) < 70 ? "formal" : "casual";
}
