package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Post sends a form within the client's bounds and guard and gives the status.
// Redirects are not followed: a status of 300 or more is a Fault.
func (c *Client) Post(ctx context.Context, address string, form url.Values) (int, error) {
	u, err := parseAddress(address)
	if err != nil {
		return 0, err
	}
	leave, err := c.gates.enter(ctx, u.Host, 0)
	if err != nil {
		return 0, err
	}
	defer leave()
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Total, errTotal)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return 0, &Fault{Reason: BadAddress, URL: redacted(u, ""), Err: err}
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("User-Agent", c.o.UserAgent)
	answer, err := c.round.RoundTrip(request)
	if err != nil {
		fault := faultOf(ctx, err)
		fault.URL = redacted(u, "")
		return 0, fault
	}
	defer answer.Body.Close()
	drain(answer.Body)
	if answer.StatusCode >= 300 {
		return answer.StatusCode, &Fault{Reason: reasonOfStatus(answer.StatusCode), URL: redacted(u, ""), Status: answer.StatusCode,
			RetryAfter: retryAfter(answer.Header.Get("Retry-After"), c.o.Now()), Err: fmt.Errorf("status %d", answer.StatusCode)}
	}
	return answer.StatusCode, nil
}
