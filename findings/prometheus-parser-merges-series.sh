#!/usr/bin/env bash
# parse-prometheus-text-format 1.1.1 (npm): a histogram or summary that has series of its own for each value of a label comes out
# as one series. The last one's buckets or quantiles replace the others', the label that told them apart is gone, and of each
# the sum and the count are gone, too, although every line is valid by the exposition format; counters and gauges keep their
# labels. Whoever holds an endpoint to a page's numbers by it compares one of many, and sees no error.
set -euo pipefail
version=1.1.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts "parse-prometheus-text-format@$version"
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import parse from "parse-prometheus-text-format";

const read = (text) => {
  const [{ type, metrics }] = parse(`${text}\n`);
  console.log(type, JSON.stringify(metrics));
  return metrics;
};
const histogram = ["eu 2 3", "us 20 30"].map((line) => {
  const [region, count, sum] = line.split(" ");
  return `s_bucket{region="${region}",le="1"} 1
s_bucket{region="${region}",le="+Inf"} ${count}
s_sum{region="${region}"} ${sum}
s_count{region="${region}"} ${count}`;
});
assert.deepEqual(read(`# TYPE s histogram\n${histogram.join("\n")}`), [{ buckets: { 1: "1", "+Inf": "20" } }]);
const summary = `# TYPE q summary
q{region="eu",quantile="0.5"} 1
q_sum{region="eu"} 2
q_count{region="eu"} 2
q{region="us",quantile="0.5"} 10
q_sum{region="us"} 20
q_count{region="us"} 2`;
assert.deepEqual(read(summary), [{ quantiles: { 0.5: "10" } }]);
const counter = `# TYPE c counter\nc{region="eu"} 1\nc{region="us"} 10`;
assert.deepEqual(read(counter), [
  { value: "1", labels: { region: "eu" } },
  { value: "10", labels: { region: "us" } },
]);
CODE
echo "parse-prometheus-text-format $version"
node "$work/run.mjs"
