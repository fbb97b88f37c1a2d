#!/bin/sh
# Checks the tests' fake Slack (Socket Mode, slash commands, buttons,
# response_url) with Slack's own framework as its client, and the golden messages
# with Slack's own types of blocks. Needs Go and npm.
#
#   sh bot/chat/slack/bolt/run.sh [arguments for go test]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
cd "$here"
if ! cmp -s package-lock.json node_modules/.installed; then
	npm ci --no-audit --no-fund
	cp package-lock.json node_modules/.installed
fi
node=$here/node_modules/.bin/node
"$node" --version >/dev/null 2>&1 || node=node # where npm ran no install script
"$node" blocks.mjs
"$node" node_modules/typescript/bin/tsc --noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext node_modules/blocks.ts
cd "$root"
ATTRIBOT_SLACK_BOLT="$here" go test -count=1 -timeout 120s -run 'Bolt' "$@" ./bot/chat/slack
