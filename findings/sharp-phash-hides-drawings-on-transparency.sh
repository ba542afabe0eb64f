#!/usr/bin/env bash
# sharp-phash 2.2.0 (npm) with sharp 0.34.5: two drawings that have nothing in common, black on transparency as logos and line art are, have
# one and the same perceptual hash, distance 0, for the transparency is dropped and what lies below it is black, too. Laid on white, as
# browsers show them, 20 bits of 64 differ. imghash 1.1.4 tells them apart in both cases.
set -euo pipefail
versions="sharp-phash@2.2.0 sharp@0.34.5 imghash@1.1.4"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2086
npm install --prefix "$work" --silent --no-audit --no-fund $versions
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import imghash from "imghash";
import sharp from "sharp";
import phash from "sharp-phash";
import distance from "sharp-phash/distance.js";

const draw = (shape) =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">${shape}</svg>`));
const shapes = ['<circle cx="128" cy="128" r="90"/>', '<path d="M20 20 L236 128 L20 236 Z"/>'];
const transparent = await Promise.all(shapes.map((shape) => draw(shape).png().toBuffer()));
const onWhite = await Promise.all(shapes.map((shape) => draw(shape).flatten({ background: "#fff" }).png().toBuffer()));

async function compare([a, b]) {
  const bits = distance(await phash(a), await phash(b));
  return { "sharp-phash, bits that differ": bits, "imghash, the same": (await imghash.hash(a)) === (await imghash.hash(b)) };
}
const seen = { transparent: await compare(transparent), "on white": await compare(onWhite) };
console.table(seen);
assert.deepEqual(Object.values(seen).map((one) => Object.values(one)), [[0, false], [20, false]]);
CODE
echo "$versions"
node "$work/run.mjs"
