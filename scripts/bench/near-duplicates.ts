import sharp, { type Sharp } from "sharp";
import { groupAlike } from "~/features/duplicates/search/group-alike";
import { indexHashes } from "~/features/duplicates/search/hash-index";
import { distanceBetween, readHashes } from "~/features/duplicates/search/hashes";
import { colorDistance, readColors } from "~/features/images/pixels/placeholder-colors.server";
import { describeLook } from "~/features/images/pixels/rendering/describe-look.server";
import { randomOf } from "../../tests/support/random";
import { drawPicture, kindOf, treatments } from "./near-duplicates/pictures";

/**
 * What finds pictures again that were resized, recompressed or cropped, among 20,000 others, and what it takes for near that is not: by
 * the distance of hashes, with and without a look at colors. Pictures are drawn as it runs. Then how long a million hashes take.
 */
const [pictures = 20_000] = process.argv.slice(2).map(Number);
const PAIRS = 500;
const DISTANCES = [4, 6, 8, 10, 12];
const COLORS = [6, 8, 10, 256];
const FARTHEST = Math.max(...DISTANCES);
const HASHES = 1_000_000;

sharp.concurrency(1);
sharp.cache(false);

async function look(picture: Sharp) {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const { placeholder, perceptualHash } = await describeLook({ samples: data, width, height, channels });
  return { hash: perceptualHash || "0".repeat(16), colors: await readColors(placeholder ?? Buffer.alloc(0)) };
}

const kinds = Object.entries(treatments);
/** Spread over all, of every kind of picture. */
const sourceOf = (pair: number) => pair * Math.floor(pictures / PAIRS) + ((pair % 20) % Math.floor(pictures / PAIRS));
const sources = new Set(Array.from({ length: PAIRS }, (_, pair) => sourceOf(pair)));

const looks: Awaited<ReturnType<typeof look>>[] = [];
for (let number = 0; number < pictures; number++) {
  looks.push(await look(await drawPicture(number, !sources.has(number))));
  if (number % 1_000 === 999) process.stderr.write(`\r${number + 1} pictures`);
}
process.stderr.write("\n");
const treated: Record<string, { distance: number; colors: number }[]> = {};
for (const [name, treat] of kinds) {
  treated[name] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const number = sourceOf(pair);
    const picture = await (await treat(await drawPicture(number), randomOf(number + 7))).toBuffer();
    const own = looks[number] as (typeof looks)[number];
    const other = await look(sharp(picture));
    const distance = distanceBetween(readHashes([own.hash, other.hash]), 0, 1);
    treated[name].push({ distance, colors: colorDistance(own.colors, other.colors) });
  }
}

const hashes = readHashes(looks.map(({ hash }) => hash));
const findNear = indexHashes(hashes, FARTHEST);
const others: { distance: number; colors: number; kinds: string }[] = [];
for (let a = 0; a < pictures; a++) {
  const near = new Set<number>();
  findNear(a, (b) => b > a && near.add(b));
  for (const b of near) {
    const [one, other] = [looks[a], looks[b]] as [(typeof looks)[number], (typeof looks)[number]];
    const of = [kindOf(a), kindOf(b)].sort().join("/");
    others.push({
      distance: distanceBetween(hashes, a, b),
      colors: colorDistance(one.colors, other.colors),
      kinds: of,
    });
  }
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
const rows = COLORS.flatMap((colors) =>
  DISTANCES.map((distance) => {
    const isNear = (pair: { distance: number; colors: number }) => pair.distance <= distance && pair.colors <= colors;
    const found = kinds.map(([name]) => [name, (treated[name] ?? []).filter(isNear).length] as const);
    const wrong = others.filter(isNear);
    const mean = found.reduce((sum, [, count]) => sum + count, 0) / found.length;
    return {
      colors: colors === 256 ? "any" : colors,
      distance,
      ...Object.fromEntries(found.map(([name, count]) => [name, percent(count, PAIRS)])),
      "wrong pairs": wrong.length,
      "of them portraits": wrong.filter(({ kinds: of }) => of === "portrait/portrait").length,
      precision: percent(mean, mean + wrong.length),
    };
  }),
);
console.log(`Recall of ${PAIRS} pairs of each kind among ${pictures} pictures, and precision of ${PAIRS} mixed ones:`);
console.table(rows);

const random = randomOf(3);
const half = () => Uint32Array.from({ length: HASHES }, () => random.below(2 ** 32));
const many = { high: half(), low: half() };
for (const distance of [7, 10]) {
  const startedAt = performance.now();
  let groups = 0;
  const found = groupAlike(many, distance);
  for (let step = found.next(); !step.done; step = found.next(step.value?.near)) groups += step.value ? 1 : 0;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${HASHES} hashes of nothing at a distance of ${distance}: ${seconds} s, ${groups} groups by chance`);
}
