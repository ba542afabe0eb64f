import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { judgeJpeg } from "~/features/images/pixels/jpeg/judge-jpeg";
import { type Random, randomOf } from "../../tests/support/random";

/**
 * Verdicts on 200 whole JPEGs of up to five encoders and on 200 that are damaged at random, made as it runs: ours beside
 * libjpeg's (`djpeg`, which fails at a warning), held against what is lost in fact, that is whether any pixel differs.
 */
const EACH = 200;
const folder = mkdtempSync(join(tmpdir(), "diffs-ops-jpegs-"));
const file = (name: string) => join(folder, name);
const random = randomOf(13);

/** Large soft shapes under fine noise, as photos have; odd sizes, so that edges are filled up. */
function picture(): Sharp {
  const [width, height] = [120 + random.below(900), 120 + random.below(700)];
  const pixels = Buffer.alloc(width * height * 3);
  const [across, down, grain] = [20 + random.below(90), 20 + random.below(90), 1 + random.below(30)];
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    pixels[at] = 110 + 80 * Math.sin(x / across + (at % 3)) * Math.cos(y / down + (at % 3)) + random.below(grain);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

type Encoder = (input: Sharp, quality: number) => Promise<Buffer>;
const byTool =
  (tool: string, args: (from: string, to: string, quality: number) => string[], from = "in.ppm"): Encoder =>
  async (input, quality) => {
    await writeSource(input, from);
    execFileSync(tool, args(file(from), file("out.jpg"), quality), { stdio: "ignore" });
    return readFileSync(file("out.jpg"));
  };
async function writeSource(input: Sharp, name: string) {
  const { data, info } = await input.raw().toBuffer({ resolveWithObject: true });
  const header = Buffer.from(`P6\n${info.width} ${info.height}\n255\n`);
  writeFileSync(file(name), Buffer.concat([header, data]));
}
const encoders: Record<string, Encoder> = {
  "sharp, baseline": (input, quality) =>
    input.jpeg({ quality, chromaSubsampling: random.pick(["4:2:0", "4:4:4"]) }).toBuffer(),
  "sharp, mozjpeg progressive": (input, quality) => input.jpeg({ quality, mozjpeg: true }).toBuffer(),
  "cjpeg, with restart markers": byTool("cjpeg", (from, to, quality) => [
    "-quality",
    `${quality}`,
    "-restart",
    "1",
    "-outfile",
    to,
    from,
  ]),
  ImageMagick: byTool("convert", (from, to, quality) => [from, "-quality", `${quality}`, to]),
  ffmpeg: byTool("ffmpeg", (from, to, quality) => [
    "-y",
    "-i",
    from,
    "-q:v",
    `${2 + Math.floor((100 - quality) / 4)}`,
    to,
  ]),
  GraphicsMagick: byTool("gm", (from, to, quality) => [
    "convert",
    from,
    "-interlace",
    "Line",
    "-quality",
    `${quality}`,
    to,
  ]),
};

/** Where the data of the first scan begins. */
function scanStart(jpeg: Buffer): number {
  let at = 2;
  while (jpeg[at + 1] !== 0xda) at += 2 + jpeg.readUInt16BE(at + 2);
  return at + 2 + jpeg.readUInt16BE(at + 2);
}

const damages: Record<string, (jpeg: Buffer, at: number, random: Random) => Buffer> = {
  cut: (jpeg, at) => jpeg.subarray(0, at),
  "zeros over up to 400 bytes": (jpeg, at) =>
    Buffer.from(jpeg).fill(0, at, Math.min(jpeg.length, at + 20 + random.below(380))),
  "other bytes in place of up to 64": (jpeg, at) => {
    const changed = Buffer.from(jpeg);
    for (let left = 1 + random.below(64); left > 0; left--)
      changed[Math.min(changed.length - 3, at + left)] = random.below(256);
    return changed;
  },
  "up to 400 bytes missing": (jpeg, at) =>
    Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + 1 + random.below(400))]),
  "one byte changed": (jpeg, at) => {
    const changed = Buffer.from(jpeg);
    changed[at] = (changed[at] ?? 0) ^ (1 + random.below(255));
    return changed;
  },
};

const pixelsOf = (jpeg: Buffer) =>
  sharp(jpeg, { failOn: "none" })
    .raw()
    .toBuffer()
    .catch(() => null);
const hasDjpeg = spawnSync("djpeg", ["-version"]).error === undefined;
/** Null where there is no djpeg. */
function libjpegTakes(jpeg: Buffer): boolean | null {
  if (!hasDjpeg) return null;
  writeFileSync(file("judged.jpg"), jpeg);
  return spawnSync("djpeg", ["-outfile", "/dev/null", file("judged.jpg")], { stdio: "ignore" }).status === 0;
}

type Row = { kind: string; files: number; wrong: string; libjpeg: string };
const rows: Row[] = [];
const wholes: Buffer[] = [];
try {
  const names = Object.keys(encoders).filter((name) => {
    const tool = { cjpeg: "cjpeg", ImageMagick: "convert", ffmpeg: "ffmpeg", GraphicsMagick: "gm" }[
      name.split(",")[0] ?? ""
    ];
    const isThere = !tool || spawnSync(tool, ["-version"]).error === undefined;
    if (!isThere) console.log(`Left out: ${name}, which is not installed.`);
    return isThere;
  });
  for (const [number, name] of names.entries()) {
    const [from, to] = [number, number + 1].map((part) => Math.round((part * EACH) / names.length));
    let [ours, theirs, files] = [0, 0, 0];
    for (let left = (to ?? 0) - (from ?? 0); left > 0; left--, files++) {
      const jpeg = await (encoders[name] as Encoder)(picture(), 30 + random.below(70));
      wholes.push(jpeg);
      if (judgeJpeg(jpeg).kind !== "whole") ours++;
      if (libjpegTakes(jpeg) === false) theirs++;
    }
    rows.push({
      kind: `whole: ${name}`,
      files,
      wrong: `${ours} refused`,
      libjpeg: hasDjpeg ? `${theirs} refused` : "no djpeg",
    });
  }
  for (const [kind, damage] of Object.entries(damages)) {
    const tally = { missed: 0, refused: 0, theirMissed: 0, theirRefused: 0, lost: 0 };
    const files = EACH / Object.keys(damages).length;
    for (let left = files; left > 0; left--) {
      const jpeg = random.pick(wholes);
      const start = scanStart(jpeg);
      const damaged = damage(jpeg, start + random.below(jpeg.length - start - 2), random);
      const [before, after] = [await pixelsOf(jpeg), await pixelsOf(damaged)];
      const isLost = after === null || before === null || !after.equals(before);
      if (isLost) tally.lost++;
      const [ours, theirs] = [judgeJpeg(damaged).kind === "whole", libjpegTakes(damaged)];
      if (ours && isLost) tally.missed++;
      if (!ours && !isLost) tally.refused++;
      if (theirs === true && isLost) tally.theirMissed++;
      if (theirs === false && !isLost) tally.theirRefused++;
    }
    const told = (missed: number, refused: number) =>
      `${missed} of ${tally.lost} missed, ${refused} of ${files - tally.lost} refused`;
    rows.push({
      kind: `damaged: ${kind}`,
      files,
      wrong: told(tally.missed, tally.refused),
      libjpeg: hasDjpeg ? told(tally.theirMissed, tally.theirRefused) : "no djpeg",
    });
  }
  console.log("Wrong verdicts, held against whether a pixel differs:");
  console.table(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
