#!/usr/bin/env bash
# Biome 2.6.8 with a plugin in GritQL: `biome lint FILE` names what the plugin finds, with its message and place. The same text
# through `biome lint --stdin-file-path=FILE`, as hooks and editors call it, exits 1 without the message: “The contents aren't
# fixed. Use the `--write` flag to fix them”, though such a finding has no fix.
# And a regular expression with a group that no variable takes is not refused when the plugin is loaded: it becomes an error of
# every file that the pattern is tried on (“regex pattern matched 1 variables, but expected 0”). `(?:…)` is what works.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund @biomejs/biome@2.6.8
cd "$work"
biome() { node_modules/.bin/biome lint --colors=off "$@" 2>&1; }
mkdir src
printf 'export const a = "red";\n' > src/a.js
printf '{ "plugins": ["./rule.grit"], "linter": { "rules": { "preset": "none" } } }\n' > biome.json
rule() {
  printf 'language js\n\nJsStringLiteralExpression() as $text where {\n  $text <: r"%s",\n  register_diagnostic(span=$text, message="No colors here.")\n}\n' "$1" > rule.grit
}
has() { case "$1" in *"$2"*) ;; *) echo "expected “$2” in: $1" >&2; exit 1 ;; esac; }

node_modules/.bin/biome --version
rule '.*(?:red|blue).*'
said=$(biome src/a.js) && { echo "expected exit 1" >&2; exit 1; }
has "$said" "No colors here."
echo "a file: the plugin speaks, exit 1"
said=$(biome --stdin-file-path=src/a.js < src/a.js) && { echo "expected exit 1" >&2; exit 1; }
case "$said" in *"No colors here."*) echo "standard input is no longer silent" >&2; exit 1 ;; esac
has "$said" "The contents aren't fixed"
echo "the same through standard input: “The contents aren't fixed”, exit 1"

rule '.*(red|blue).*'
said=$(biome src/a.js) || true
has "$said" "regex pattern matched 1 variables, but expected 0"
echo "a group that no variable takes: $(grep -m1 'regex pattern' <<< "$said" | sed 's/^ *//')"
