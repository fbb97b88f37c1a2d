package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
)

// faultOf names the reason of an error of the network or of a body.
func faultOf(ctx context.Context, err error) *Fault {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault
	}
	return &Fault{Reason: classify(ctx, err), Err: err}
}

func classify(ctx context.Context, err error) Reason {
	var (
		private *forbiddenError
		name    *net.DNSError
		network net.Error
	)
	switch {
	case errors.As(err, &private):
		return Forbidden
	case errors.Is(err, errWire), errors.Is(err, errBody), headerTooLarge(err):
		return TooLarge
	case errors.Is(context.Cause(ctx), errTotal):
		return TimedOut
	case errors.Is(err, context.Canceled), ctx.Err() != nil:
		return Cancelled
	case errors.As(err, &name) && !name.IsTimeout:
		return NameUnknown
	case errors.As(err, &network) && network.Timeout():
		return TimedOut
	case certificateFault(err):
		return BadCertificate
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return Truncated
	case errors.Is(err, errEncoding):
		return BadEncoding
	}
	return Unreachable
}

// headerTooLarge knows net/http's words: it has no error value for it.
func headerTooLarge(err error) bool {
	s := err.Error()
	return strings.Contains(s, "response headers exceeded") || strings.Contains(s, "header list larger than")
}
