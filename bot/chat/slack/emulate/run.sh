#!/bin/sh
# Starts the emulated Slack on a loopback port, runs the Slack suite against it
# and stops it. Needs Go and npm; the emulator and its Node.js come from the npm
# registry, at the versions of package-lock.json.
#
#   sh bot/chat/slack/emulate/run.sh [arguments for go test]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
work=$(mktemp -d)
server=
stop() {
	status=$?
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	if [ "$status" -ne 0 ] && [ -s "$work/log" ]; then
		echo "the emulator's last lines:" >&2
		tail -n 20 "$work/log" >&2
	fi
	rm -rf "$work"
	exit "$status"
}
trap stop EXIT
trap 'exit 130' INT TERM

cd "$here"
if ! cmp -s package-lock.json node_modules/.installed; then
	npm ci --no-audit --no-fund
	cp package-lock.json node_modules/.installed
fi
node=$here/node_modules/.bin/node
"$node" --version >/dev/null 2>&1 || node=node # where npm ran no install script
"$node" seed.mjs >"$work/seed.yaml"
port=$("$node" -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
"$node" node_modules/emulate/dist/index.js start --service slack -p "$port" --host 127.0.0.1 \
	--base-url "http://127.0.0.1:$port" --seed "$work/seed.yaml" >"$work/log" 2>&1 &
server=$!
echo "the emulated Slack is to listen on 127.0.0.1:$port"

cd "$root"
ATTRIBOT_SLACK_URL="http://127.0.0.1:$port" go test -p 1 -count=1 -timeout 240s -run 'Live' "$@" ./bot/chat/slack ./cmd/attribot
