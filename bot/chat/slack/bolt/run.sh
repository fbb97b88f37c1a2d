#!/bin/sh
# Checks the tests' fake Slack (Socket Mode, slash commands, buttons,
# response_url) with Slack's own framework as its client. Needs Go and npm.
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
cd "$root"
ATTRIBOT_SLACK_BOLT="$here" go test -count=1 -timeout 120s -run 'Bolt' "$@" ./bot/chat/slack
