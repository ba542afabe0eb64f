import sharp from "sharp";

/** Colors of pictures, mixed: behind, above the middle (hair, a sky) and low and to the left (clothes, the ground); in hex. */
export type Palette = { around: string; high: string; low: string };

// Pictures are looked at on so many px, whatever their shape: places are shares of it.
const [WIDTH, HEIGHT] = [48, 64];
type Area = { left: number; top: number; right: number; bottom: number };
const areas: Record<keyof Palette, Area> = {
  around: { left: 12, top: 16, right: 15, bottom: 24 },
  high: { left: 22, top: 10, right: 26, bottom: 13 },
  low: { left: 12, top: 50, right: 19, bottom: 56 },
};

/** The mean over all pictures; null for none. */
export async function mixPalette(pictures: Buffer[]): Promise<Palette | null> {
  if (pictures.length === 0) return null;
  const looked = await Promise.all(
    pictures.map((bytes) =>
      sharp(bytes)
        .autoOrient()
        .flatten({ background: "#fff" })
        .toColourspace("srgb")
        .resize(WIDTH, HEIGHT, { fit: "fill" })
        .raw()
        .toBuffer(),
    ),
  );
  const mean = (area: Area) => toHex(average(looked.map((pixels) => averageOf(pixels, area))));
  return { around: mean(areas.around), high: mean(areas.high), low: mean(areas.low) };
}

type Rgb = [number, number, number];

function averageOf(pixels: Buffer, { left, top, right, bottom }: Area): Rgb {
  const found: Rgb[] = [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * WIDTH + x) * 3;
      found.push([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0]);
    }
  }
  return average(found);
}

function average(colors: Rgb[]): Rgb {
  const sum = (channel: 0 | 1 | 2) => colors.reduce((total, color) => total + color[channel], 0) / colors.length;
  return [sum(0), sum(1), sum(2)];
}

const toHex = (rgb: Rgb) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
