//go:build tools

// Package dendrite pins the Matrix homeserver that the suite of this folder
// starts as a process of its own. It is never linked into the bot.
package dendrite

import (
	_ "github.com/element-hq/dendrite/cmd/dendrite"
	_ "github.com/element-hq/dendrite/cmd/generate-keys"
)
