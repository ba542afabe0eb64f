#!/usr/bin/env bash
# Installs a fresh clone of the current commit by docs/operations.md alone: the commands of its section “Install on one
# machine” as they stand there, from `git clone "$REPOSITORY"` on, in a temporary folder; then signs in with Chromium and looks
# at the first steps. Takes the ports 3000 and 9000 to 9002. The exit code is 0 only if all of it worked.
set -euo pipefail
REPOSITORY=$(cd "$(dirname "$0")/../.." && pwd)
commands=$(awk '/^## /{ on = /Install on one machine/ } on && /^```sh/{ block = 1; next } /^```$/{ block = 0 } block' "$REPOSITORY/docs/operations.md")
[ -n "$commands" ] || { echo "docs/operations.md has no block of commands in that section."; exit 1; }

work=$(mktemp -d)
clean_up() {
  for job in $(jobs -p); do kill -- "-$job" 2> /dev/null || true; done
  wait
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$work"
# Each command that serves is in a process group of its own, as in the shell of a person.
set -m
eval "$commands"
if ! node --import tsx scripts/dev/see-first-steps.ts http://127.0.0.1:3000; then
  tail -n 20 cloud.log web.log worker.log
  exit 1
fi
npx tsx scripts/doctor.ts
