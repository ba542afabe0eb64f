#!/usr/bin/env bash
# @heartexlabs/label-studio 1.8.0 (npm), the package that its README says to install for embedding Label Studio's editor: its
# package.json has `main` and `browser` build/static/js/main.js and lists build/ among its files, yet the package has no such
# folder, only pictures. `import "@heartexlabs/label-studio"` fails, and installing it tells nothing. The last version with a
# build on npm is 1.4.0; the older package label-studio 1.0.1 has one, too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in @heartexlabs/label-studio@1.8.0 @heartexlabs/label-studio@1.4.0 label-studio@1.0.1; do
  rm -rf package
  tar -xzf "$(npm pack --silent "$package")"
  main=$(node -p 'require("./package/package.json").main ?? require("./package/package.json").browser')
  if [ -f "package/$main" ]; then has=yes; else has=no; fi
  echo "$package: main is $main, in the package: $has"
  echo "$has" >> seen
done
diff - seen << 'SEEN'
no
yes
yes
SEEN
