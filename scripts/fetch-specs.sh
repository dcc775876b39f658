#!/bin/sh
# Fetches GitHub's own description of its API and its example webhook payloads,
# which the tests hold the sandbox against, into .cache/specs of this checkout.
#
# Both come from the npm registry at an exact version and must have the pinned
# SHA-512. What is there at that version is left alone, so that running this
# again costs nothing. It may be run from anywhere, and by several at once.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
specs=$root/.cache/specs

# name of the result | npm package | file in it | SHA-512 of the tarball
list='openapi.json|@octokit/openapi@23.0.2|generated/api.github.com.json|a55f0cecbf46636dc0c9b36f4e6a369f28e6a669edebedac444fedaabd192d070f4b8967c3bbb979918d9b044d9010b70fb8195db171e401f32d455105718386
webhook-examples.json|@octokit/webhooks-examples@7.6.1|api.github.com/index.json|0dee94dd707a3b70ed09aedb2a008ccd31dd7a8a6aa99e92362bcc6099caeb989eaca2f5027348034b644580914bb970193efdd9df8fb3559b7c796ca3a3329d'

fail() {
	echo "fetch-specs: $*" >&2
	exit 1
}

# present NAME PACKAGE SHA512: whether the file is there at the pinned version.
present() {
	[ -s "$specs/$1" ] && [ "$(cat "$specs/$1.version" 2>/dev/null)" = "$2 $3" ]
}

sha512() {
	if command -v sha512sum >/dev/null 2>&1; then
		sha512sum "$1"
	else
		shasum -a 512 "$1"
	fi | cut -d ' ' -f 1
}

# fetch NAME PACKAGE FILE SHA512: downloads, verifies, extracts, stamps. The
# stamp goes last and every step is a rename, so that an interrupted run, or
# another one beside it, leaves nothing half-written under the final name.
fetch() {
	tarball=$(cd "$work" && npm pack --loglevel=error --ignore-scripts "$2") ||
		fail "npm pack $2 failed; is the npm registry ($(npm config get registry 2>/dev/null)) reachable?"
	sum=$(sha512 "$work/$tarball")
	[ "$sum" = "$4" ] || fail "$2 has SHA-512 $sum, want $4; nothing of it was kept"
	tar -xzf "$work/$tarball" -C "$work" "package/$3" || fail "$2 holds no $3"
	printf '%s %s\n' "$2" "$4" >"$work/$1.version"
	rm -f "$specs/$1.version"
	mv "$work/package/$3" "$specs/$1"
	mv "$work/$1.version" "$specs/$1.version"
	rm -f "$work/$tarball"
}

missing=''
for entry in $list; do
	IFS='|' read -r name package file sum <<-END
		$entry
	END
	present "$name" "$package" "$sum" || missing="$missing $entry"
done
[ -n "$missing" ] || exit 0

command -v npm >/dev/null 2>&1 ||
	fail 'npm is needed to fetch the API description and is not installed; run scripts/setup-tools.sh as root, or install Node.js (https://nodejs.org)'

mkdir -p "$specs"
work=$(mktemp -d "$specs/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

for entry in $missing; do
	IFS='|' read -r name package file sum <<-END
		$entry
	END
	echo "fetch-specs: fetching $package" >&2
	fetch "$name" "$package" "$file" "$sum"
done
