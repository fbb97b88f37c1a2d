#!/bin/sh
# Runs the Matrix suite with a person at a client of another make
# (matrix-js-sdk), in a plain and in an encrypted room, against the Dendrite
# homeserver of the folder beside. Needs Go and npm.
#
#   sh bot/chat/matrix/human/run.sh [arguments for go test]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
if ! cmp -s package-lock.json node_modules/.installed; then
	npm ci --no-audit --no-fund
	cp package-lock.json node_modules/.installed
fi
ATTRIBOT_MATRIX_HUMAN=$here
export ATTRIBOT_MATRIX_HUMAN
sh "$here/../dendrite/run.sh" -tags goolm -run 'LiveHuman' "$@"
