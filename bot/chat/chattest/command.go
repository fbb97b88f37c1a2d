package chattest

import (
	"strings"
	"testing"

	"attribot/bot/chat"
	"attribot/bot/message"
)

func answer(headline string, private bool) chat.Reply {
	return chat.Reply{Private: private, Message: message.Message{Headline: headline,
		Blocks: []message.Block{message.I(message.T("China denies it since May 2023"))}}}
}

func command(t *testing.T, h Harness) {
	if h.Say == nil {
		t.Skip("nobody can type on this backend")
	}
	in := h.listen(t, func(chat.Command) chat.Reply { return answer("Who holds what", false) })
	h.Say(t, h.Channel, `timeline "Volt Typhoon" & more <b>`)
	cmd := in.wait(t, 1)[0]
	if cmd.Text != `timeline "Volt Typhoon" & more <b>` {
		t.Errorf("the command's text is %q", cmd.Text)
	}
	if cmd.Network != h.Network.Name() || cmd.Channel != h.Channel || cmd.User == "" || cmd.Action != "" {
		t.Errorf("the command is %+v", cmd)
	}
	s := h.waitShown(t, h.Channel, "Who holds what", 1)[0]
	if !strings.Contains(s.Text, "China denies it since May 2023") {
		t.Errorf("the answer reads %q", s.Text)
	}
}

func private(t *testing.T, h Harness) {
	if h.Say == nil {
		t.Skip("nobody can type on this backend")
	}
	h.listen(t, func(chat.Command) chat.Reply { return answer("For you alone", true) })
	h.Say(t, h.Channel, "subscriptions")
	h.waitShown(t, h.Channel, "For you alone", 1)
}

func silent(t *testing.T, h Harness) {
	if h.Say == nil {
		t.Skip("nobody can type on this backend")
	}
	in := h.listen(t, func(cmd chat.Command) chat.Reply {
		if cmd.Text == "quiet" {
			return chat.Reply{}
		}
		return answer("An answer", false)
	})
	h.Say(t, h.Channel, "quiet")
	in.wait(t, 1)
	h.Say(t, h.Channel, "speak")
	h.waitShown(t, h.Channel, "An answer", 1)
}

func press(t *testing.T, h Harness) {
	if h.Press == nil {
		t.Skip("nobody can press an action on this backend")
	}
	in := h.listen(t, func(chat.Command) chat.Reply { return answer("Noted", true) })
	actions := []message.Action{
		{ID: "right", Value: "S12 C3", Label: "Right", Sign: "✅"},
		{ID: "why", Value: "S12", Label: "Why?", Sign: "❓"},
	}
	out := h.out("acts", "an alert with actions")
	out.Message.Actions = actions
	id := post(t, h.Network, out)
	h.waitShown(t, h.Channel, "an alert with actions", 1)
	h.Press(t, h.Channel, id, actions[1])
	cmd := in.wait(t, 1)[0]
	if cmd.Action != "why" || cmd.Value != "S12" || cmd.User == "" || cmd.Channel != h.Channel {
		t.Errorf("the pressed action comes in as %+v", cmd)
	}
	h.waitShown(t, h.Channel, "Noted", 1)
}

func itself(t *testing.T, h Harness) {
	if h.Say == nil {
		t.Skip("nobody can type on this backend")
	}
	in := h.listen(t, func(chat.Command) chat.Reply { return answer("An answer", false) })
	post(t, h.Network, h.out("k1", "!attribution help"))
	post(t, h.Network, h.out("k2", "/attribution help"))
	h.Say(t, h.Channel, "asked by a person")
	for _, cmd := range in.wait(t, 1) {
		if cmd.Text != "asked by a person" {
			t.Errorf("the bot answers its own words %q", cmd.Text)
		}
	}
	h.waitShown(t, h.Channel, "An answer", 1)
}
