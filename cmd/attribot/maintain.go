package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"attribot/store"
	"attribot/store/kv"
	"attribot/store/kv/bolt"
)

// where names the store that a command works on.
type where struct {
	Config string `help:"Configuration file; its store is meant. Default: bot.toml." type:"path"`
	Store  string `help:"Store file, instead of the configuration's." type:"path"`
}

// backupCmd copies the store while the bot runs, or without it.
type backupCmd struct {
	where
	To string `arg:"" help:"File to write; it must not exist." type:"path"`
}

// Run writes a consistent copy: first beside the target, then in its place.
func (c *backupCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	err = writeNew(c.To, func(out io.Writer) error {
		err := backupSocket(w.ctx, config.socketPath(), out)
		if !errors.Is(err, errNobodyListens) {
			return err
		}
		return withStore(config, func(s *store.Store) error { return s.Backup(out) })
	})
	if err != nil {
		return fmt.Errorf("back up %s: %w", config.Store, err)
	}
	fmt.Fprintf(w.out, "%s is backed up to %s.\n", config.Store, c.To)
	return nil
}

// writeNew writes a file of mode 0600 that appears whole or not at all.
func writeNew(path string, write func(io.Writer) error) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists; name another file", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// withStore opens the store of a configuration for a piece of work while no bot
// runs on it.
func withStore(config *Config, work func(*store.Store) error) error {
	if _, err := os.Stat(config.Store); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	engine, err := bolt.Open(config.Store, bolt.Options{Holder: "attribot"})
	if err != nil {
		return err
	}
	s, err := store.Open(engine, store.Options{})
	if err != nil {
		return errors.Join(err, engine.Close())
	}
	return errors.Join(work(s), s.Close())
}

// restoreCmd puts a backup in the store's place.
type restoreCmd struct {
	where
	From string `arg:"" help:"Backup to take." type:"existingfile"`
}

// Run checks the backup before it takes it; an existing store is kept aside.
func (c *restoreCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	if err := notRunning(w.ctx, config); err != nil {
		return err
	}
	fresh := config.Store + ".restored"
	if err := copyChecked(w.ctx, c.From, fresh); err != nil {
		return fmt.Errorf("restore %s: %w", c.From, err)
	}
	if _, err := os.Stat(config.Store); err == nil {
		aside := config.Store + ".before-restore"
		if err := os.Rename(config.Store, aside); err != nil {
			return fmt.Errorf("restore: keep the old store: %w", err)
		}
		fmt.Fprintf(w.out, "The old store is kept as %s.\n", aside)
	}
	if err := os.Rename(fresh, config.Store); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	fmt.Fprintf(w.out, "%s is restored from %s.\n", config.Store, c.From)
	return nil
}

// copyChecked copies a backup and checks that the copy is a sound store.
func copyChecked(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	_ = os.Remove(to) // of a restore that was interrupted
	if err := writeNew(to, func(out io.Writer) error { _, err := io.Copy(out, in); return err }); err != nil {
		return err
	}
	err = withStore(&Config{Store: to}, func(s *store.Store) error {
		report, err := s.Fsck(ctx, false)
		if err == nil && len(report.Faults) > 0 {
			err = fmt.Errorf("the backup has %s; the first: %s", count(len(report.Faults), "fault"), report.Faults[0])
		}
		return err
	})
	if err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// notRunning refuses work that a running bot would be in the way of.
func notRunning(ctx context.Context, config *Config) error {
	_, err := askSocket(ctx, config.socketPath(), "status")
	if errors.Is(err, errNobodyListens) {
		return nil
	}
	return fmt.Errorf("attribot runs on %s; stop it first", config.Store)
}

// compactCmd rewrites the store without its free pages.
type compactCmd struct{ where }

// Run compacts while no bot runs.
func (c *compactCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	if err := notRunning(w.ctx, config); err != nil {
		return err
	}
	return withStore(config, func(s *store.Store) error {
		before, after, err := s.Compact()
		if err == nil {
			fmt.Fprintf(w.out, "%s: %.1f MB, now %.1f MB.\n", config.Store, float64(before)/1e6, float64(after)/1e6)
		}
		return err
	})
}

// fsckCmd reads the whole store and checks its indexes.
type fsckCmd struct {
	where
	Repair bool `help:"Rebuild the indexes."`
}

// Run ends with an error when faults are left.
func (c *fsckCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	if err := notRunning(w.ctx, config); err != nil {
		return err
	}
	return withStore(config, func(s *store.Store) error {
		report, err := s.Fsck(w.ctx, c.Repair)
		if err != nil {
			return err
		}
		for _, f := range report.Faults {
			fmt.Fprintln(w.out, f)
		}
		fmt.Fprintf(w.out, "%s read: %s, %d index entries repaired.\n", count(report.Records, "record"), count(len(report.Faults), "fault"), report.Repaired)
		if len(report.Faults) > 0 && !c.Repair {
			return fmt.Errorf("check %s: %w; try attribot fsck --repair", config.Store, kv.ErrCorrupt)
		}
		return nil
	})
}
