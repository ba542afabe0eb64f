#!/usr/bin/env bash
# usearch 2.26.2 (npm): one vector of NaN, as dividing an embedding of zeros by its length makes one, is taken without a word, and most of
# the index is not found any more. Of 2,000 vectors each finds itself; with that one added first, a quarter does by cosine (f32, f16 and
# bf16), for it is the nearest of nearly every query. By inner product all are found, and NaN leads a third of the answers. A vector of zeros
# does no harm.
set -euo pipefail
versions="usearch@2.26.2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund "$versions"
cat > "$work/run.cjs" << 'CODE'
const assert = require("node:assert/strict");
const { Index, MetricKind, ScalarKind } = require("usearch");

const DIMENSIONS = 64;
const VECTORS = 2_000;
const ASKED = 200;
const ODD = BigInt(VECTORS);
let state = 1;
const random = () => {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return state / 2 ** 31 - 0.5;
};
const unit = (vector) => vector.map((value) => value / Math.hypot(...vector));
const vectors = Array.from({ length: VECTORS }, () => unit(Float32Array.from({ length: DIMENSIONS }, random)));
const zeros = new Float32Array(DIMENSIONS);

function ask(metric, odd) {
  const index = new Index({ metric, dimensions: DIMENSIONS, connectivity: 16, quantization: ScalarKind.F32, expansion_add: 128, expansion_search: 64, multi: false });
  if (odd) index.add(ODD, odd);
  vectors.forEach((vector, key) => index.add(BigInt(key), vector));
  const answers = vectors.slice(0, ASKED).map((vector) => [...index.search(vector, 10, 1).keys]);
  return {
    "find themselves": answers.filter((keys, asked) => keys.includes(BigInt(asked))).length,
    "led by the odd one": answers.filter(([first]) => first === ODD).length,
  };
}
const seen = {
  "cosine": ask(MetricKind.Cos),
  "cosine, one of zeros": ask(MetricKind.Cos, zeros),
  "cosine, one of NaN": ask(MetricKind.Cos, unit(zeros)),
  "inner product, one of NaN": ask(MetricKind.IP, unit(zeros)),
};
console.table(seen);
const [whole, withZeros, withNaN, byProduct] = Object.values(seen).map((one) => Object.values(one));
assert.deepEqual([whole, withZeros], [[ASKED, 0], [ASKED, 0]]);
assert.ok(withNaN[0] < ASKED / 2 && withNaN[1] > ASKED / 2);
assert.ok(byProduct[0] > ASKED * 0.9 && byProduct[1] > ASKED / 10);
CODE
echo "$versions"
node "$work/run.cjs"
