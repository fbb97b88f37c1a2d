package main

import (
	"strings"
	"testing"
	"time"
)

func TestDemoShowsTheMainJob(t *testing.T) {
	began := time.Now()
	code, out, errs := attribot(t, "demo")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("the demo takes %v, want under 10 s", took)
	}
	out = strings.Join(strings.Fields(out), " ") // however the lines are folded
	for _, part := range []string{
		"━━ Monday 25 March 2024, morning", // alerts as they come
		"↳ on:",                            // follow-ups beneath
		"~ updated:",                       // the alert brought up to date
		"Daily digest",
		"You ask: Volt Typhoon", "You ask: speaker:\"Mao Ning\"",
		"5 outlets, 2 independent origins", // an agency's report, its copies and another outlet
		"bot/chat/slack/manifest.yaml", "[matrix]",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the demo does not show %q", part)
		}
	}
	for _, silent := range []string{"typhoon Man-yi", "France Travail", "Copilot", "\x1b["} {
		if strings.Contains(out, silent) {
			t.Errorf("the demo shows %q", silent)
		}
	}
	if errs != "" {
		t.Errorf("the demo complains: %s", errs)
	}
}
