package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"attribot/bot/chat"
	"attribot/bot/message"
)

// The control socket lets commands of the same user reach a running bot: HTTP
// over a Unix socket of mode 0600 beside the store, never a network port.
const (
	socketTimeout = 10 * time.Second
	backupTimeout = 10 * time.Minute
	maxQuestion   = 64 << 10
	maxAnswer     = 16 << 20
)

// serveSocket answers on path until ctx ends. A socket left behind by a killed
// process is replaced; one that answers is another bot's.
func serveSocket(ctx context.Context, path string, answer chat.Handler, backup func(io.Writer) error, log *slog.Logger) error {
	if conn, err := net.Dial("unix", path); err == nil {
		_ = conn.Close()
		return fmt.Errorf("listen on %s: another attribot answers there", path)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("listen on %s: %w", path, err)
	}
	listener, err := listenPrivately(path)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", path, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /ask", func(rw http.ResponseWriter, r *http.Request) { serveAsk(rw, r, answer) })
	mux.HandleFunc("GET /backup", func(rw http.ResponseWriter, _ *http.Request) { serveBackup(rw, backup, log) })
	server := &http.Server{Handler: mux, ReadTimeout: socketTimeout, WriteTimeout: backupTimeout, MaxHeaderBytes: 8 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve control socket: %w", err)
	}
	return nil
}

// listenPrivately makes the socket with mode 0600 from its first moment on.
func listenPrivately(path string) (net.Listener, error) {
	old := syscall.Umask(0o177)
	defer syscall.Umask(old)
	return net.Listen("unix", path)
}

type question struct {
	Text string `json:"text"`
}

func serveAsk(rw http.ResponseWriter, r *http.Request, answer chat.Handler) {
	var q question
	if err := json.NewDecoder(http.MaxBytesReader(rw, r.Body, maxQuestion)).Decode(&q); err != nil {
		http.Error(rw, "want {\"text\": \"...\"}", http.StatusBadRequest)
		return
	}
	reply := answer(r.Context(), localCommand(q.Text))
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(reply.Message)
}

// serveBackup streams a consistent copy. A copy that breaks off ends the
// connection, so that the reader cannot take it for whole.
func serveBackup(rw http.ResponseWriter, backup func(io.Writer) error, log *slog.Logger) {
	rw.Header().Set("Content-Type", "application/octet-stream")
	if err := backup(rw); err != nil {
		log.Error("backup", "error", err)
		panic(http.ErrAbortHandler)
	}
}

// localCommand is what the owner of the machine asks from the command line. The
// bot stamps it with its own clock.
func localCommand(text string) chat.Command {
	return chat.Command{Network: "console", Channel: "local", User: localUser, Name: "local user", Text: text}
}

// localUser is the command line's user: whoever can open the socket or the store
// file owns the bot.
const localUser = "local"

// errNobodyListens says that no bot runs beside the store.
var errNobodyListens = errors.New("no attribot is running here")

// askSocket puts a question to the running bot.
func askSocket(ctx context.Context, path, text string) (message.Message, error) {
	var answer message.Message
	body, err := json.Marshal(question{Text: text})
	if err != nil {
		return answer, fmt.Errorf("ask: %w", err)
	}
	resp, err := callSocket(ctx, path, http.MethodPost, "/ask", bytes.NewReader(body), socketTimeout)
	if err != nil {
		return answer, fmt.Errorf("ask: %w", err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxAnswer)).Decode(&answer); err != nil {
		return answer, fmt.Errorf("read answer: %w", err)
	}
	return answer, nil
}

// backupSocket has the running bot copy its store.
func backupSocket(ctx context.Context, path string, out io.Writer) error {
	resp, err := callSocket(ctx, path, http.MethodGet, "/backup", nil, backupTimeout)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(out, resp.Body); err != nil {
		return fmt.Errorf("read backup: %w", err)
	}
	return nil
}

// callSocket sends one request to the running bot. An answer that is no success
// is an error with the bot's words.
func callSocket(ctx context.Context, path, method, at string, body io.Reader, limit time.Duration) (*http.Response, error) {
	client := &http.Client{Timeout: limit, Transport: &http.Transport{DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
			if err != nil {
				return nil, errors.Join(errNobodyListens, err)
			}
			return conn, nil
		}}}
	req, err := http.NewRequestWithContext(ctx, method, "http://attribot"+at, body)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		why, _ := io.ReadAll(io.LimitReader(resp.Body, 1000))
		return nil, fmt.Errorf("the running bot answers %q", bytes.TrimSpace(why))
	}
	return resp, nil
}
