package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"attribot/store"
	"attribot/store/claim"
)

// claimCmd curates claims: the chat's command, and files in and out.
type claimCmd struct {
	Import claimImportCmd `cmd:"" help:"Take claims from a TOML or NDJSON file."`
	Export claimExportCmd `cmd:"" help:"Write the stored claims as TOML or NDJSON."`
	Do     claimDoCmd     `cmd:"" default:"withargs" help:"list, show C3, add, edit, merge, split, confirm, withdraw, link, unlink: as in a channel."`
}

// claimDoCmd passes its words to the chat's command.
type claimDoCmd struct {
	where
	Words []string `arg:"" optional:"" help:"As in a channel, such as: show C3."`
}

// Run asks the running bot, else works on the store.
func (c *claimDoCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	answer, err := ask(w, config, strings.TrimSpace("claim "+strings.Join(quoted(c.Words), " ")))
	if err != nil {
		return err
	}
	return show(w, answer)
}

// quoted puts words that held blanks on the command line into quotation marks
// again.
func quoted(words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		key, value, isPair := strings.Cut(word, ":")
		switch {
		case !strings.Contains(word, " ") || strings.Contains(word, `"`):
			out[i] = word
		case isPair && !strings.Contains(key, " "):
			out[i] = key + `:"` + value + `"`
		default:
			out[i] = `"` + word + `"`
		}
	}
	return out
}

// claimImportCmd takes claims from a file.
type claimImportCmd struct {
	where
	Skip bool   `help:"Take the sound claims and tell of the others, instead of taking all or none."`
	File string `arg:"" type:"existingfile" help:"Claims: TOML by its ending, else NDJSON."`
}

// Run imports while no bot runs: a claim whose key or id is stored is edited,
// another one is added.
func (c *claimImportCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	if err := notRunning(w.ctx, config); err != nil {
		return err
	}
	mode := claim.AllOrNothing
	if c.Skip {
		mode = claim.SkipFaulty
	}
	claims, faults := parseClaims(c.File, mode)
	if faults != nil && !c.Skip {
		return fmt.Errorf("import claims: %w", faults)
	}
	err = withStore(config, func(s *store.Store) error {
		sum, err := importClaims(w.ctx, s, claims)
		fmt.Fprintf(w.out, "%s added, %d edited, %d as they were.\n", count(sum.added, "claim"), sum.edited, sum.same)
		return err
	})
	return errors.Join(err, faults)
}

// imported counts what an import did.
type imported struct{ added, edited, same int }

func importClaims(ctx context.Context, s *store.Store, claims []claim.Claim) (imported, error) {
	var sum imported
	for _, c := range claims {
		old, err := storedClaim(s, c)
		switch {
		case errors.Is(err, store.ErrNotFound):
			_, err = s.PutClaim(ctx, c, localUser)
			sum.added++
		case err != nil:
		default:
			if c.ID = old.ID; reflect.DeepEqual(c, old) {
				sum.same++
				continue
			}
			_, err = s.EditClaim(ctx, c, localUser)
			sum.edited++
		}
		if err != nil {
			return sum, fmt.Errorf("import claim %q: %w", c.Text, err)
		}
	}
	return sum, nil
}

// storedClaim finds the claim that an imported one means, by its key, else by
// its id.
func storedClaim(s *store.Store, c claim.Claim) (claim.Claim, error) {
	if c.Key != "" {
		return s.ClaimByKey(c.Key)
	}
	if c.ID != "" {
		return s.Claim(c.ID)
	}
	return claim.Claim{}, store.ErrNotFound
}

// claimExportCmd writes the stored claims.
type claimExportCmd struct {
	where
	Format string `enum:"toml,ndjson" default:"toml" help:"toml for people, ndjson for programs."`
}

// Run writes to standard output while no bot runs.
func (c *claimExportCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	write := claim.WriteTOML
	if c.Format == "ndjson" {
		write = claim.WriteNDJSON
	}
	return withStore(config, func(s *store.Store) error {
		claims, err := s.Claims(store.ClaimFilter{})
		if err != nil {
			return err
		}
		return write(w.out, claims)
	})
}

// parseClaims reads claims from a TOML or NDJSON file, told apart by its name.
func parseClaims(name string, mode claim.Mode) ([]claim.Claim, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	parse := claim.ParseNDJSON
	if strings.HasSuffix(name, ".toml") {
		parse = claim.ParseTOML
	}
	return parse(name, f, mode)
}
