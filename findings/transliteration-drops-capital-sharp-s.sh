#!/usr/bin/env bash
# transliteration 2.6.1 (npm): “ß” becomes “ss”, but the capital “ẞ”, which German has officially had since 2017, becomes nothing, in
# transliterate() and in slugify(): “STRAẞE” is “STRAE”, and a topic in capitals gets another slug than the same one in small
# letters. The Japanese middle dot, which stands between words, becomes nothing as well, so that two words are one. any-ascii 0.3.3
# knows both.
set -euo pipefail
versions="transliteration@2.6.1 any-ascii@0.3.3"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2086
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts $versions
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import anyAscii from "any-ascii";
import { slugify, transliterate } from "transliteration";

const seen = ["Straße", "STRAẞE", "ẞ", "ポートレート・カラー"].map((text) => ({
  text,
  transliterate: transliterate(text),
  slugify: slugify(text),
  anyAscii: anyAscii(text),
}));
console.table(seen);
assert.deepEqual(seen.map((one) => one.transliterate), ["Strasse", "STRAE", "", "potoretokara"]);
assert.deepEqual(seen.map((one) => one.slugify), ["strasse", "strae", "", "potoretokara"]);
assert.deepEqual(seen.map((one) => one.anyAscii), ["Strasse", "STRASsE", "Ss", "potoreto-kara"]);
CODE
echo "$versions"
node "$work/run.mjs"
