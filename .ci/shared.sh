# What .ci/run and .ci/long have in common: tools, steps with times, a Ceph, and the closing line. To be sourced.
export CI=true
started=$SECONDS
reports=$(mktemp -d)
ceph=$reports/ceph
trap 'scripts/dev/ceph-rgw.sh stop "$ceph"; rm -rf "$reports"' EXIT

step() { printf '\n== %s (%d s)\n' "$1" $((SECONDS - started)); }
give_up() { printf '%s\n0 passed, 1 failed\n' "$1"; exit 1; }

declare -A package_of=(
  [chromium]=chromium [python3]=python3 [make]=make [g++]=g++ [curl]=curl
  [ceph-mon]=ceph-mon [ceph-osd]=ceph-osd [ceph-mgr]=ceph-mgr [ceph]=ceph-common [radosgw]=radosgw
)

# need_tools TOOL…: installs what is lacking, or gives up. Node and npm are the machine's own.
need_tools() {
  step "Tools"
  command -v node > /dev/null || give_up "Lacking: node (20.19 or newer)."
  command -v npm > /dev/null || give_up "Lacking: npm."
  local tool packages=() absent=() as_root=()
  for tool in "$@"; do
    command -v "$tool" > /dev/null || packages+=("${package_of[$tool]}")
  done
  if [ ${#packages[@]} -gt 0 ]; then
    echo "Installing ${packages[*]}"
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    { "${as_root[@]}" apt-get update -qq \
      && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}"; } \
      > "$reports/apt.log" 2>&1 || tail -n 20 "$reports/apt.log"
  fi
  for tool in "$@"; do command -v "$tool" > /dev/null || absent+=("$tool"); done
  [ ${#absent[@]} -eq 0 ] || give_up "Lacking: ${absent[*]}."
}

# start_ceph: a Ceph of this run, which the tests that ask a real store then find.
start_ceph() {
  local access=ci secret=ci-secret-of-one-run
  scripts/dev/ceph-rgw.sh start "$ceph" "$access" "$secret" || { echo "Ceph did not start."; return 1; }
  export S3_CONTRACT_ENDPOINT=http://127.0.0.1:7480 S3_CONTRACT_STORE=ceph
  export AWS_ACCESS_KEY_ID=$access AWS_SECRET_ACCESS_KEY=$secret
}

# run_tests NAME ARGUMENT…: vitest, with a report of that name for close_with.
run_tests() {
  local name=$1
  shift
  npx vitest run "$@" --reporter=default --reporter=json --outputFile.json="$reports/$name.json" || true
}

# close_with OTHERS NAME…: the closing line over the reports of these names; OTHERS is what failed beside them. The exit
# code is 0 only if nothing failed. A test that was left out has failed too, unless LEFT_OUT=fine: its reason is above.
close_with() {
  node - "$reports" "$@" << 'SUM'
const { readFileSync } = require("node:fs");
const [folder, others, ...names] = process.argv.slice(2);
let passed = 0;
let failed = Number(others);
for (const name of names) {
  let report;
  try {
    report = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
  } catch {
    console.log(`No report of a test run: ${name}`);
    failed += 1;
    continue;
  }
  // A file that could not even be loaded has not passed either.
  const unloaded = report.testResults.filter((result) => result.status === "failed" && result.assertionResults.length === 0);
  for (const { name: file, message } of unloaded) console.log(`${file}: ${message}`);
  const leftOut = report.numPendingTests + report.numTodoTests;
  let lost = report.numFailedTests + unloaded.length + (process.env.LEFT_OUT === "fine" ? 0 : leftOut);
  if (!report.success && lost === 0) lost = 1;
  console.log(`${name}: ${report.numPassedTests} passed, ${lost} failed${leftOut > 0 ? `, ${leftOut} left out` : ""}`);
  passed += report.numPassedTests;
  failed += lost;
}
if (Number(others) === 0) passed += 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
SUM
}
