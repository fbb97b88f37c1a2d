package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// listening starts a control socket and returns its path once it answers.
func listening(t *testing.T, answer chat.Handler) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- serveSocket(ctx, path, answer, copyOf, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if conn, err := net.Dial("unix", path); err == nil {
			_ = conn.Close()
			return path
		}
	}
	t.Fatal("the socket does not answer")
	return ""
}

func echo(_ context.Context, cmd chat.Command) chat.Reply {
	return chat.Reply{Message: message.Message{Headline: "you asked " + cmd.Text}}
}

// copyOf stands for the store's backup.
func copyOf(out io.Writer) error {
	_, err := io.WriteString(out, "the whole store")
	return err
}

func TestBackupComesThroughTheSocket(t *testing.T) {
	var got strings.Builder
	if err := backupSocket(t.Context(), listening(t, echo), &got); err != nil || got.String() != "the whole store" {
		t.Errorf("got %q, %v", got.String(), err)
	}
}

func TestQuestionIsAnsweredThroughTheSocket(t *testing.T) {
	path := listening(t, echo)
	got, err := askSocket(t.Context(), path, "volt typhoon")
	if err != nil || got.Headline != "you asked volt typhoon" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestSocketIsTheOwnersAlone(t *testing.T) {
	info, err := os.Stat(listening(t, echo))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("mode is %o, want 600", mode)
	}
}

func TestSecondBotOnOneSocketIsRefused(t *testing.T) {
	path := listening(t, echo)
	err := serveSocket(t.Context(), path, echo, copyOf, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "another attribot") {
		t.Errorf("got %v, want a refusal that names the other bot", err)
	}
}

func TestSocketLeftByAKilledBotIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	_ = left.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := serveSocket(ctx, path, echo, copyOf, slog.New(slog.DiscardHandler)); err != nil {
		t.Error(err)
	}
}

func TestNobodyListening(t *testing.T) {
	_, err := askSocket(t.Context(), filepath.Join(t.TempDir(), "none"), "x")
	if !errors.Is(err, errNobodyListens) {
		t.Errorf("got %v, want errNobodyListens", err)
	}
}

func TestHugeQuestionIsRefused(t *testing.T) {
	path := listening(t, echo)
	if got, err := askSocket(t.Context(), path, strings.Repeat("x", 2*maxQuestion)); err == nil {
		t.Errorf("a question of %d bytes was answered with %q", 2*maxQuestion, got.Headline)
	}
}
