#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8.18.7): a picture of 16 bit without a profile is sRGB, and comes out unchanged. Ask for sRGB by name, with
# `withIccProfile("srgb", { attach: false })`, as 16-bit pictures that do have a profile need, and the one without is converted from P3: skin
# (203, 156, 132) becomes (212, 154, 128). The same picture in 8 bit stays as it is. So whether to name sRGB depends on
# whether there is a profile, which only `metadata()` tells.
set -euo pipefail
version=0.35.5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund "sharp@$version"
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import sharp from "sharp";

const color = [203, 156, 132];
const [width, height, channels] = [8, 8, 3];
const samples = Uint16Array.from({ length: width * height * channels }, (_, at) => color[at % 3] * 257);
const deep = await sharp(samples, { raw: { width, height, channels } }).toColourspace("rgb16").png().toBuffer();
const plain = await sharp(deep).toColourspace("srgb").png().toBuffer();
const { depth, hasProfile } = await sharp(deep).metadata();
assert.deepEqual({ depth, hasProfile }, { depth: "ushort", hasProfile: false });

const first = async (picture) => [...(await picture.removeAlpha().raw().toBuffer()).subarray(0, 3)];
const srgb = (bytes) => sharp(bytes).toColourspace("srgb");
const seen = {
  "16 bit": await first(srgb(deep)),
  "16 bit, sRGB by name": await first(srgb(deep).withIccProfile("srgb", { attach: false })),
  "8 bit, sRGB by name": await first(srgb(plain).withIccProfile("srgb", { attach: false })),
};
console.log(sharp.versions.sharp, sharp.versions.vips, seen);
assert.deepEqual(seen, {
  "16 bit": color,
  "16 bit, sRGB by name": [212, 154, 128],
  "8 bit, sRGB by name": color,
});
CODE
(cd "$work" && node run.mjs)
