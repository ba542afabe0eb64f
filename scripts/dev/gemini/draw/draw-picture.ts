import sharp from "sharp";
import { drawPortrait } from "../../portrait/portrait";
import { look } from "../look";
import { mixPalette, type Palette } from "./palette";
import type { DrawingRequest } from "./read-draw-request";
import { castPersona, mix, readWords, type Words } from "./scene";

/**
 * A picture that follows from the words and pictures of a request, as PNG: the same each time with one version of sharp. People are
 * the demo's, so that labels and vectors see in them what was asked for.
 */
export async function drawPicture(request: DrawingRequest): Promise<Buffer> {
  const { instruction, pictures, sha256, width, height } = request;
  const words = readWords(instruction);
  const palette = await mixPalette(pictures);
  if (words.subject !== "person") return render(sceneOf(words, palette), width, height);
  const persona = castPersona(words, await Promise.all(pictures.map(look)), palette, sha256);
  const portrait = sharp(Buffer.from(drawPortrait(persona, Math.min(width, Math.round((height * 3) / 4)))));
  const corner = await portrait.clone().extract({ left: 2, top: 2, width: 1, height: 1 }).raw().toBuffer();
  const [r = 0, g = 0, b = 0] = corner;
  return portrait.resize(width, height, { fit: "contain", background: { r, g, b } }).removeAlpha().png().toBuffer();
}

const skies = { warm: "#e8c39a", neutral: "#b9b9b9", cool: "#9ab8e0" };

/** Other things than people, on 100 × 100. */
function sceneOf({ subject, tone, color, light }: Words, palette: Palette | null): string {
  const sky = tone ? skies[tone] : (palette?.around ?? skies.neutral);
  const main = color ?? palette?.low ?? "#5b7a6a";
  const shade = light === "dark" ? 0.45 : light === "bright" ? -0.3 : 0;
  const lit = (hex: string) => mix(hex, shade > 0 ? "#000000" : "#ffffff", Math.abs(shade));
  const things =
    subject === "landscape"
      ? `<circle cx="72" cy="26" r="9" fill="${lit(mix(sky, "#ffffff", 0.6))}"/>` +
        `<path d="M0 70L28 34L46 58L62 40L100 74V100H0Z" fill="${lit(mix(main, sky, 0.45))}"/>` +
        `<path d="M0 78C30 66 60 88 100 74V100H0Z" fill="${lit(main)}"/>`
      : `<rect y="72" width="100" height="28" fill="${lit(mix(sky, "#000000", 0.2))}"/>` +
        `<ellipse cx="50" cy="82" rx="20" ry="4" fill="#000" opacity=".25"/>` +
        `<path d="M44 22H56V34C62 40 64 46 64 54V82H36V54C36 46 38 40 44 34Z" fill="${lit(main)}"/>` +
        `<rect x="36" y="56" width="28" height="14" fill="${lit(mix(main, "#ffffff", 0.7))}"/>`;
  return `<rect width="100" height="100" fill="${lit(sky)}"/>${things}`;
}

const render = (body: string, width: number, height: number): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">${body}</svg>`,
    ),
  )
    .removeAlpha()
    .png()
    .toBuffer();
