#!/usr/bin/env bash
# Runs every fuzz test for the time given, one after the other.
set -euo pipefail
cd "$(dirname "$0")/.."
grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u | while read -r package; do
  grep -rhoE '^func (Fuzz[A-Za-z0-9_]+)' --include='*_test.go' "$package"/*_test.go | awk '{print $2}' | while read -r name; do
    echo "== $package $name"
    go test -run '^$' -fuzz "^$name\$" -fuzztime "$1" "./$package"
  done
done
