package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// duration is a time span as people write it: Go's "90s", "30m", "6h", and days
// and weeks: "7d", "2w".
type duration time.Duration

// UnmarshalText reads a time span.
func (d *duration) UnmarshalText(b []byte) error {
	span, err := parseDuration(string(b))
	*d = duration(span)
	return err
}

func (d duration) span() time.Duration { return time.Duration(d) }

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
