#!/usr/bin/env bash
# The two commands of a newcomer, and the check, on each Node that this project supports:
#
#   scripts/dev/every-node.sh [VERSION…]        (20 22 24.21.0 24 26; a major means its newest)
#
# For each: Node from npm, a fresh clone of the current commit in a temporary folder, `npm run demo -- --once`, then
# `npm run check` and `npm test`, which together are `npm run validate`. Ends with "N passed, N failed"; the exit code is
# 0 only if nothing failed. Minutes a Node; npm's cache is shared, and everything that was made is removed.
set -uo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
versions=("$@")
# 24.21.0 stands for the 24.19 to 24.21 that abort with better-sqlite3 12.
[ ${#versions[@]} -gt 0 ] || versions=(20 22 24.21.0 24 26)

work=$(mktemp -d)
running=
clean_up() {
  [ -z "$running" ] || kill -- "-$running" 2> /dev/null
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
npm=$(command -v npm) || { printf 'Lacking: npm.\n0 passed, 1 failed\n'; exit 1; }

passed=0 failed=0
# judge NAME EXIT_CODE WORDS: counts one outcome and says it in one line
judge() {
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  printf '%-12s %-8s exit %-4s %s\n' "$label" "$1" "$2" "$3"
}

# A Node without npm: the machine's npm then runs by it. Not in a folder above the clone, whose node_modules/.bin npm
# would put before everything else.
fetch_node() {
  local package=$work/nodes/$1 arch
  case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=x64 ;; esac
  mkdir -p "$package"
  (cd "$package" && "$npm" pack --silent "node-linux-$arch@$1" > packed && tar -xzf "$(tail -n 1 packed)" --strip-components=1) \
    && [ -x "$package/bin/node" ]
}

# Variables in which an npm that runs this script tells its own Node and folders.
callers='NODE|NODE_(ENV|OPTIONS|PATH)|INIT_CWD|npm_(execpath|node_execpath|command|lifecycle_.*|package_.*)|npm_config_(prefix|local_prefix|global_prefix|globalconfig|nodedir|node_gyp)'

# In a process group of its own, so that being stopped leaves nothing behind.
run() {
  local log=$1
  shift
  set -m
  (
    cd "$clone" || exit 1
    for name in $(compgen -e | grep -E "^($callers)\$"); do unset "$name"; done
    PATH=$work/nodes/$version/bin:$PATH exec "$@"
  ) > "$log.out" 2> "$log.err" < /dev/null &
  running=$!
  set +m
  wait "$running"
  local code=$?
  running=
  return $code
}

last_words() { grep -v '^\s*$' "$1.out" "$1.err" -h | tail -n "${2:-15}" | sed 's/^/    /'; }

# What vitest's JSON report says, in a line; then the name of each test that failed.
count_tests() {
  "$work/nodes/$version/bin/node" -e '
    const report = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    const seconds = Math.round((Math.max(...report.testResults.map((one) => one.endTime)) - report.startTime) / 1000);
    console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} skipped in ${seconds} s`);
    for (const { name, status, message, assertionResults } of report.testResults) {
      if (status === "failed" && assertionResults.length === 0) console.log(`    ${name}: ${message}`);
      for (const test of assertionResults)
        if (test.status === "failed") console.log(`    ${test.fullName}: ${test.failureMessages[0].split("\n")[0]}`);
    }' "$1" 2> /dev/null || echo "no report"
}

# Read to its end before any of it runs: whoever changes this file meanwhile changes nothing.
main() {
  for version in "${versions[@]}"; do
    label="Node $version"
    clone=$work/clones/$version
    log=$work/logs/$version
    mkdir -p "$work/clones" "$work/logs"
    if ! fetch_node "$version"; then
      judge fetch 1 "npm has no node-linux package of this version"
      continue
    fi
    label="Node $("$work/nodes/$version/bin/node" -p process.versions.node)"
    git clone --quiet "$repository" "$clone" || { judge clone 1 ""; continue; }

    # Free ports, most likely: the demo's own may be in use.
    port=$((20000 + RANDOM % 10000))
    run "$log.demo" npm run demo -- --once --port $port --cloud-port $((port + 1))
    code=$?
    seconds=$(grep -A 30 '^Installing packages' "$log.demo.err" | sed -n 's/^  done in \(.*\) s$/\1/p' | head -n 1)
    printf '%-12s install  %s\n' "$label" "${seconds:-?} s"
    judge demo $code "$(tail -n 1 "$log.demo.out" | grep '^{')"
    [ $code -eq 0 ] || last_words "$log.demo"

    run "$log.check" npm run check
    code=$?
    judge check $code ""
    [ $code -eq 0 ] || last_words "$log.check"

    run "$log.test" npm test -- --reporter=default --reporter=json --outputFile.json="$log.json"
    code=$?
    judge test $code "$(count_tests "$log.json")"
    [ -e "$log.json" ] || last_words "$log.test"

    changed=$(git -C "$clone" status --porcelain)
    judge tree "$([ -z "$changed" ] && echo 0 || echo 1)" "${changed:-unchanged}"
    rm -rf "$clone"
  done

  printf '%d passed, %d failed\n' $passed $failed
  [ $failed -eq 0 ]
}
main; exit
