#!/bin/sh
# Builds the Dendrite homeserver, starts it on a loopback port, runs the Matrix
# suite against it and stops it. Needs Go and, the first time, its module proxy.
#
#   sh bot/chat/matrix/dendrite/run.sh               as the bot is built by default
#   sh bot/chat/matrix/dendrite/run.sh -tags goolm   with encryption
#
# Further arguments go to go test as well.
#
# DENDRITE_BIN names a folder in which the built programs are kept and found
# again; without it they are built into a temporary one. The programs are run,
# never linked: Dendrite has another licence than the bot.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
work=$(mktemp -d)
server=
stop() {
	status=$?
	touch "$work/stop"
	if [ -n "$server" ]; then
		kill "$(cat "$work/pid")" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	if [ "$status" -ne 0 ] && [ -s "$work/log" ]; then
		echo "the homeserver's last lines:" >&2
		tail -n 20 "$work/log" >&2
	fi
	rm -rf "$work"
	exit "$status"
}
trap stop EXIT
trap 'exit 130' INT TERM

bin=${DENDRITE_BIN:-$work/bin}
mkdir -p "$bin"
version=$(sed -n 's/.*element-hq\/dendrite \(v[^ ]*\).*/\1/p' "$here/go.mod" | head -n 1)
if [ ! -x "$bin/dendrite-$version" ]; then
	echo "building dendrite $version"
	(cd "$here" && CGO_ENABLED=0 go build -o "$bin/dendrite-$version" github.com/element-hq/dendrite/cmd/dendrite &&
		CGO_ENABLED=0 go build -o "$bin/generate-keys-$version" github.com/element-hq/dendrite/cmd/generate-keys)
fi

cp "$here/dendrite.yaml" "$work/"
cd "$work"
"$bin/generate-keys-$version" --private-key matrix_key.pem >/dev/null

port=$(cd "$here" && go run ./port)
# The server is started again when it ends, so that a test can restart it.
while [ ! -e "$work/stop" ]; do
	"$bin/dendrite-$version" -config dendrite.yaml -http-bind-address "127.0.0.1:$port" \
		-really-enable-open-registration >>"$work/log" 2>&1 &
	echo $! >"$work/pid"
	wait $! || sleep 0.2
done &
server=$!
echo "dendrite $version is to listen on 127.0.0.1:$port"

cd "$root"
export ATTRIBOT_MATRIX_URL="http://127.0.0.1:$port" ATTRIBOT_MATRIX_PID="$work/pid"
go test -p 1 -count=1 -timeout 240s -run 'Live' "$@" ./bot/chat/matrix ./cmd/attribot
