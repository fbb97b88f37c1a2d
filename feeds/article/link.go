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
