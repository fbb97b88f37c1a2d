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

// splitLinks parts Link headers that hold several links.
func splitLinks(headers []string) []string {
	var links []string
	for _, header := range headers {
		for i, link := range strings.Split(header, ",<") {
			for j, part := range strings.Split(link, ", <") {
				if i+j > 0 {
					part = "<" + part
				}
				links = append(links, part)
			}
		}
	}
	return links
}

// ParseLink reads the first link of a Link header: its address as written and
// its relation (RFC 8288), lower case.
func ParseLink(header string) (address, rel string) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(header), "<")
	if !ok {
		return "", ""
	}
	address, params, ok := strings.Cut(rest, ">")
	if !ok {
		return "", ""
	}
	first, _, _ := strings.Cut(params, ",")
	for part := range strings.SplitSeq(first, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if strings.EqualFold(name, "rel") {
			rel = strings.ToLower(strings.Trim(value, `" `))
		}
	}
	return address, rel
}
