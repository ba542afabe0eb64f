#!/usr/bin/env bash
# usearch 2.26.2 (npm): an index that loads a file becomes what the file was, whatever it was made as, and says nothing: one of 8 numbers a
# vector has 4, one that measures by distance measures by cosine, and searches answer. So a file of another embedding model of the same
# length is searched as if it were this one's; which model a file is of must stand beside it.
set -euo pipefail
versions="usearch@2.26.2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund "$versions"
cat > "$work/run.cjs" << 'CODE'
const assert = require("node:assert/strict");
const { Index, MetricKind, ScalarKind } = require("usearch");

const file = `${__dirname}/index.usearch`;
const make = (metric, dimensions) =>
  new Index({ metric, dimensions, connectivity: 16, quantization: ScalarKind.F32, expansion_add: 64, expansion_search: 64, multi: false });
const query = Float32Array.of(1, 0, 0, 0);

const saved = make(MetricKind.Cos, 4);
saved.add(1n, Float32Array.of(9, 0, 0, 0));
saved.save(file);

const wider = make(MetricKind.Cos, 8);
wider.load(file);
const byDistance = make(MetricKind.L2sq, 4);
byDistance.load(file);
const own = make(MetricKind.L2sq, 4);
own.add(1n, Float32Array.of(9, 0, 0, 0));

const [near] = byDistance.search(query, 1, 1).distances;
const [far] = own.search(query, 1, 1).distances;
console.table({
  "made for 8 numbers, loaded a file of 4": { dimensions: wider.dimensions() },
  "measures by distance, loaded a file by cosine": { "distance of (9,0,0,0) from (1,0,0,0)": near },
  "measures by distance, loaded nothing": { "distance of (9,0,0,0) from (1,0,0,0)": far },
});
assert.deepEqual([wider.dimensions(), near, far], [4, 0, 64]);
CODE
echo "$versions"
node "$work/run.cjs"
