package article

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
)

func parseBase(address string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || !u.IsAbs() {
		return nil
	}
	return u
}

// resolveLink makes a link absolute; what cannot be resolved, or is no web
// address afterwards, is "".
func resolveLink(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	if link == "" {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if !u.IsAbs() && base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// digest is a short hash of parts, for keys.
func digest(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// tracking are the query parameters that tell where a reader came from and
// nothing about the page.
var tracking = []string{"utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src", "cmpid", "ocid", "at_medium", "at_campaign", "at_custom", "ftcamp", "ns_mchannel", "ns_source", "guccounter", "yclid", "msclkid", "_hsenc", "_hsmi"}

// CleanLink drops tracking parameters and unwraps links that lead through a
// redirect which names its target, as google.com/url does.
func CleanLink(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.RawQuery == "" {
		return link
	}
	query := u.Query()
	if strings.HasPrefix(u.Path, "/url") && strings.HasSuffix(u.Hostname(), "google.com") {
		for _, key := range []string{"q", "url"} {
			if target := resolveLink(nil, query.Get(key)); target != "" {
				return target
			}
		}
	}
	kept := make([]string, 0, len(query))
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(strings.ToLower(part), "=")
		if !isTracking(name) {
			kept = append(kept, part)
		}
	}
	u.RawQuery = strings.Join(kept, "&")
	return u.String()
}

func isTracking(name string) bool {
	for _, t := range tracking {
		if name == t || strings.HasSuffix(t, "_") && strings.HasPrefix(name, t) {
			return true
		}
	}
	return false
}
