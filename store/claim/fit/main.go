// Command fit chooses the weights of claim retrieval on development data and
// prints what they reach, as Go source for store/claim/index. It reads the
// folder that ATTRIBOT_BENCH names.
//
//	go run ./store/claim/fit rank      weights of evidence, with the figures they reach
//	go run ./store/claim/fit tune      figures of the first step, one by one
//	go run ./store/claim/fit judge     weights of signs, on links and the own set of statements
//	go run ./store/claim/fit link      links of the annotated statements, and what is wrong with them
//	go run ./store/claim/fit without   false links when the right claim is missing
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"attribot/store/claim/index"
)

func main() {
	if err := run(os.Args[1:], os.Getenv("ATTRIBOT_BENCH")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run carries one command out.
func run(args []string, bench string) error {
	if len(args) == 0 || bench == "" {
		return fmt.Errorf("fit: want rank, tune, judge, link or without, and ATTRIBOT_BENCH")
	}
	links := filepath.Join(bench, "attribution")
	switch args[0] {
	case "judge":
		return fitJudge(links, "store/claim/testdata/judging")
	case "link":
		return link(links)
	case "without":
		return without(links)
	}
	sets, err := readSets(filepath.Join(bench, "matching"))
	if err != nil {
		return err
	}
	switch args[0] {
	case "rank":
		rank := fitAll(sets)
		sure, err := fitChance(filepath.Join(bench, "matching"), sets, rank)
		if err != nil {
			return err
		}
		fmt.Print(golang("Rank", rank), golang("Sure", sure))
	case "tune":
		tune(sets)
	default:
		return fmt.Errorf("fit: unknown command %q", args[0])
	}
	return nil
}

func readSets(dir string) ([]*set, error) {
	var sets []*set
	for _, name := range strings.Fields("ct20 ct22a ct22b mrpc") {
		s, err := readSet(filepath.Join(dir, name), index.DefaultTuning())
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		sets = append(sets, s)
	}
	return sets, nil
}
