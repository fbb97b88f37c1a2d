package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// forbidden are the networks that are not the public internet, after the
// special-purpose registries of IANA (RFC 6890 and its updates). Metadata
// services of clouds stand inside them: 169.254.169.254, 100.100.100.200,
// fd00:ec2::254.
var forbidden = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)

// global is the part of IPv6 that is handed out; all else is refused.
var global = netip.MustParsePrefix("2000::/3")

// nat64 embeds an IPv4 address in its last four bytes (RFC 6052).
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, p := range list {
		out[i] = netip.MustParsePrefix(p)
	}
	return out
}

// forbiddenError is an address that may not be reached.
type forbiddenError struct{ addr netip.Addr }

func (e *forbiddenError) Error() string {
	return fmt.Sprintf("address %s is not in a public network", e.addr)
}

// guard decides which addresses may be dialled.
type guard struct{ allow []netip.Prefix }

func (g guard) check(addr netip.Addr) error {
	zoned := addr.Zone() != ""
	addr = addr.Unmap().WithZone("")
	if nat64.Contains(addr) {
		b := addr.As16()
		addr = netip.AddrFrom4([4]byte(b[12:]))
	}
	for _, p := range g.allow {
		if p.Contains(addr) {
			return nil
		}
	}
	if zoned || addr.Is6() && !global.Contains(addr) {
		return &forbiddenError{addr}
	}
	for _, p := range forbidden {
		if p.Contains(addr) {
			return &forbiddenError{addr}
		}
	}
	return nil
}

// control runs for each address just before it is connected to: the name is
// resolved by then, so a second resolution cannot slip in.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read address to dial: %w", err)
	}
	return g.check(to.Addr())
}

// dialer connects through the guard.
type dialer struct {
	net    net.Dialer
	lookup func(context.Context, string) ([]netip.Addr, error)
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("read address to dial: %w", err)
	}
	if _, err := netip.ParseAddr(host); err == nil || d.lookup == nil {
		return d.net.DialContext(ctx, network, address)
	}
	addrs, err := d.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	last := error(&net.DNSError{Err: "no address", Name: host, IsNotFound: true})
	for _, addr := range addrs {
		conn, err := d.net.DialContext(ctx, network, net.JoinHostPort(addr.String(), port))
		if err == nil {
			return conn, nil
		}
		last = err
	}
	return nil, last
}

// newTransport is a transport of our own: no proxy from the environment, since
// a proxy would be the one to resolve and connect, past the guard.
func newTransport(o Options) *http.Transport {
	g := guard{allow: o.Allow}
	d := &dialer{net: net.Dialer{Timeout: o.Connect, KeepAlive: 30 * time.Second, Control: g.control}, lookup: o.Lookup}
	t := &http.Transport{
		DialContext:            d.dial,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    o.Connect,
		ResponseHeaderTimeout:  o.Answer,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: o.MaxHeader,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        60 * time.Second,
		DisableCompression:     true, // decoded by us, within bounds
	}
	if o.Roots != nil {
		t.TLSClientConfig = tlsConfig(o.Roots)
	}
	return t
}

// certificateFault tells faults of trust from faults of the network.
func certificateFault(err error) bool {
	var (
		unknown  x509.UnknownAuthorityError
		invalid  x509.CertificateInvalidError
		hostname x509.HostnameError
	)
	return errors.As(err, &unknown) || errors.As(err, &invalid) || errors.As(err, &hostname) || tlsFault(err)
}
