package slack

import (
	"testing"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"
)

func TestConformance(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Harness {
		w := newWorkspace(t)
		return chattest.Harness{
			Network: w.network(), Channel: "C0ALERTS", Other: "C0OTHER",
			Shown: func(_ *testing.T, channel string) []chattest.Shown { return w.screenOf(channel) },
			Say: func(t *testing.T, channel, words string) {
				t.Helper()
				w.say(channel, words)
			},
			Press: func(t *testing.T, channel string, on chat.MessageID, a message.Action) {
				t.Helper()
				id, value := w.button(on, a.Label)
				if id == "" {
					t.Fatalf("no button %q on %s", a.Label, on)
				}
				w.deliver("interactive", w.pressed(channel, on, id, value))
			},
			Lose: func(*testing.T) {
				w.mu.Lock()
				defer w.mu.Unlock()
				w.lose = true
			},
			Restart: func(*testing.T) chat.Network { return w.network() },
			Ready:   func(*testing.T) { <-w.connected },
		}
	})
}
