#!/bin/sh
# Makes sure that what the tests call besides Go is there: git with its
# http-backend, which serves the sandbox's wikis; npm, which fetches GitHub's
# API description; a C compiler, which Go's race detector links with; PostgreSQL,
# of which tests start a throwaway server.
#
# As root on a machine with apt-get it installs what is missing; anywhere else
# it says what to install and fails. With everything there it does nothing.
set -eu

have() {
	command -v "$1" >/dev/null 2>&1
}

have_http_backend() {
	have git && [ -x "$(git --exec-path)/git-http-backend" ]
}

# Debian puts initdb where no PATH leads.
have_postgres() {
	for initdb in /usr/lib/postgresql/*/bin/initdb; do
		[ -x "$initdb" ] && return
	done
	have initdb
}

# missing prints the Debian packages that are wanted and not there.
missing() {
	have_http_backend || echo git
	have npm || echo npm
	have "${CC:-cc}" || have gcc || echo gcc libc6-dev
	have_postgres || echo postgresql
	# npm from Debian trusts the system's certificates, which a bare image lacks.
	have npm || [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
}

wanted=$(missing | tr '\n' ' ')
[ -n "$wanted" ] || exit 0

if ! have apt-get || [ "$(id -u)" -ne 0 ]; then
	echo "setup-tools: please install (names of the Debian packages): $wanted" >&2
	echo "setup-tools: on Debian or Ubuntu: sudo apt-get install -y $wanted" >&2
	exit 1
fi

echo "setup-tools: installing $wanted" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >&2
# shellcheck disable=SC2086 # a list of names
apt-get install -y -q --no-install-recommends $wanted >&2

wanted=$(missing | tr '\n' ' ')
if [ -n "$wanted" ]; then
	echo "setup-tools: still missing after the installation: $wanted" >&2
	exit 1
fi
