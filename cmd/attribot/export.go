package main

import (
	"fmt"
	"strings"
)

// exportCmd writes the statements that a query finds.
type exportCmd struct {
	where
	Format string   `enum:"csv,ndjson" default:"csv" help:"Form of the file."`
	Query  []string `arg:"" optional:"" help:"A query, as in a channel: accused:CN stance:denies. Default: everything."`
}

// Run asks as a person in a channel would and writes the file to standard
// output.
func (c *exportCmd) Run(w *machine) error {
	config, err := storeConfig(c.Config, c.Store)
	if err != nil {
		return err
	}
	answer, err := ask(w, config, strings.Join([]string{"export", strings.Join(quoted(c.Query), " "), "as", c.Format}, " "))
	if err != nil {
		return err
	}
	if len(answer.Files) == 0 {
		return fmt.Errorf("export: %s", answer.Headline)
	}
	for _, f := range answer.Files {
		if _, err := w.out.Write(f.Data); err != nil {
			return fmt.Errorf("write export: %w", err)
		}
	}
	return nil
}
