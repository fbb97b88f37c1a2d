package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"attribot/bot/chat/slack"
	"attribot/feeds/reading"
	"attribot/feeds/websub"
)

// HTTPConfig is the listener that hubs and, without Socket Mode, Slack call.
// Nothing listens without it.
type HTTPConfig struct {
	Listen string `toml:"listen"` // loopback unless a host is given
	Public string `toml:"public"` // the address under which the world reaches it
}

// The paths of the listener.
const (
	websubPath = "/websub/"
	slackPath  = "/slack/"
)

// wireHubs subscribes to the hubs that feeds name, where the world can reach the
// listener.
func (r *rooms) wireHubs(post websub.Poster) error {
	if r.config.HTTP.Listen == "" || r.config.HTTP.Public == "" {
		return nil
	}
	var err error
	r.hubs, err = websub.New(websub.Options{Callback: r.config.HTTP.Public + websubPath, Post: post, Now: r.now, Log: r.log,
		Wake: func(id reading.SourceID) { r.poller.Wake(id) }})
	if err != nil {
		return fmt.Errorf("set up WebSub: %w", err)
	}
	return nil
}

// offer tells the hubs' subscriber of a hub, where there is one.
func (r *rooms) offer(id reading.SourceID, topic string, hubs []string) {
	if r.hubs != nil {
		r.hubs.Offer(id, topic, hubs)
	}
}

// serveHTTP serves the listener until ctx ends.
func (r *rooms) serveHTTP(ctx context.Context) error {
	listener, err := net.Listen("tcp", loopbackUnlessTold(r.config.HTTP.Listen))
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	mux := http.NewServeMux()
	if r.hubs != nil {
		mux.Handle(websubPath, r.hubs)
	}
	for _, n := range r.networks {
		if s, ok := n.(*slack.Network); ok {
			mux.Handle(slackPath, s.Web())
		}
	}
	server := &http.Server{Handler: http.MaxBytesHandler(mux, 4<<20), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(r.log.Handler(), slog.LevelDebug)}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// loopbackUnlessTold makes ":8017" an address of this machine alone: other
// machines reach it only where the host is written out.
func loopbackUnlessTold(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || host != "" {
		return listen
	}
	return net.JoinHostPort("127.0.0.1", port)
}
