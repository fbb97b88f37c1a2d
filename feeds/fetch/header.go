package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads seconds or an HTTP date (RFC 9110, 10.2.3); what cannot be
// read, or lies in the past, is 0.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		if seconds < 0 {
			return 0
		}
		return time.Duration(min(seconds, int64(longestPause/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), longestPause)
}

// maxAge is Cache-Control's max-age (RFC 9111, 5.2.2.1), 0 when there is none
// or the answer is not to be kept.
func maxAge(value string) time.Duration {
	var age time.Duration
	for part := range strings.SplitSeq(value, ",") {
		name, number, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			seconds, err := strconv.ParseInt(strings.Trim(number, `"`), 10, 32)
			if err == nil && seconds > 0 {
				age = time.Duration(seconds) * time.Second
			}
		}
	}
	return age
}
