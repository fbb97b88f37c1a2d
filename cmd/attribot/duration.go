package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// duration is a time span as people write it: Go's "90s", "30m", "6h", and days
// and weeks: "7d", "2w". It stays text until it is checked, so that a fault can
// be told with its line.
type duration string

// span is the length of a checked duration; an empty one is zero.
func (d duration) span() time.Duration {
	span, err := parseDuration(string(d))
	if err != nil {
		return 0
	}
	return span
}

func parseDuration(s string) (time.Duration, error) {
	unit := time.Duration(0)
	switch {
	case strings.HasSuffix(s, "d"):
		unit = 24 * time.Hour
	case strings.HasSuffix(s, "w"):
		unit = 7 * 24 * time.Hour
	}
	span, err := time.ParseDuration(s)
	if unit != 0 {
		var n int
		n, err = strconv.Atoi(s[:len(s)-1])
		if err == nil && n > int(maxSpan/unit) {
			err = strconv.ErrRange
		}
		span = time.Duration(n) * unit
	}
	if err != nil || span < 0 {
		return 0, fmt.Errorf("%q is no time span: write one such as 30m, 6h or 7d", s)
	}
	return span, nil
}

// maxSpan is the longest span worth writing: a hundred years.
const maxSpan = 100 * 366 * 24 * time.Hour
