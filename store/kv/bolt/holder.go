package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"attribot/store/kv"
)

// maxHolder bounds what is read of another process's note.
const maxHolder = 200

// holderPath is the note beside the store that says who has it open.
func holderPath(path string) string { return path + ".pid" }

// writeHolder leaves this process's id and name beside the store. The lock of
// the file is what counts; the note only serves the message.
func writeHolder(path, holder string) error {
	if holder == "" {
		holder = filepath.Base(os.Args[0])
	}
	note := fmt.Sprintf("%d %s\n", os.Getpid(), holder)
	if err := os.WriteFile(holderPath(path), []byte(note), 0o600); err != nil {
		return fmt.Errorf("note who holds the store: %w", explain(err))
	}
	return nil
}

func removeHolder(path string) { os.Remove(holderPath(path)) }

// locked is kv.ErrLocked with the holder's name as far as it is known.
func locked(path string) error {
	b, err := os.ReadFile(holderPath(path))
	note := string(b[:min(len(b), maxHolder)])
	pid, name, ok := strings.Cut(strings.TrimSpace(note), " ")
	if err != nil || !ok {
		return errors.Join(kv.ErrLocked)
	}
	return fmt.Errorf("%w: %s, process %s", kv.ErrLocked, printable(name), printable(pid))
}

// printable keeps a note from another process from writing controls into a
// terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}
