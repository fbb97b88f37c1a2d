package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// The faults of a body.
var (
	errWire     = errors.New("body is over the bound")
	errBody     = errors.New("body is over the bound after decompression")
	errEncoding = errors.New("compression is broken")
	errTotal    = errors.New("the whole answer took too long")
)

// wire counts what comes over the network and stops at a bound.
type wire struct {
	from io.Reader
	read int64
	max  int64
	err  error // the network's own, told from a decoder's
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	w.read += int64(n)
	if w.read > w.max {
		err = errWire
	}
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// readBody reads an answer's body to its end, decompressed, within bounds.
func readBody(a *http.Response, maxWire, maxBody int64) ([]byte, int64, error) {
	if a.ContentLength > maxWire {
		return nil, 0, errWire
	}
	w := &wire{from: a.Body, max: maxWire}
	body, err := decode(w, a.Header.Get("Content-Encoding"), a.ContentLength, maxBody)
	switch {
	case w.err != nil:
		err = w.err
	case err == nil:
		_, err = io.Copy(io.Discard, w) // to the end: a body cut short shows, and the connection can be kept
	}
	return body, w.read, err
}

func decode(w *wire, encoding string, length, bound int64) ([]byte, error) {
	codings := strings.FieldsFunc(strings.ToLower(encoding), func(r rune) bool { return r == ',' || r == ' ' })
	if len(codings) > 2 {
		return nil, fmt.Errorf("%w: %d codings", errEncoding, len(codings))
	}
	if len(codings) == 0 {
		return plain(w, length, bound)
	}
	from := io.Reader(w)
	for i := len(codings) - 1; i >= 0; i-- {
		decoder, err := newDecoder(codings[i], from)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errEncoding, err)
		}
		defer decoder.Close()
		from = decoder
	}
	body, err := readAll(from, 4*max(length, 1024), bound)
	if err != nil && !errors.Is(err, errBody) {
		err = fmt.Errorf("%w: %w", errEncoding, err)
	}
	return body, err
}

// plain reads an uncompressed body. A file that is gzip itself, as sitemaps
// are, is decompressed.
func plain(w *wire, length, bound int64) ([]byte, error) {
	body, err := readAll(w, length, bound)
	if err != nil || !bytes.HasPrefix(body, []byte{0x1f, 0x8b, 8}) {
		return body, err
	}
	decoder, err := newDecoder("gzip", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errEncoding, err)
	}
	defer decoder.Close()
	unpacked, err := readAll(decoder, 4*int64(len(body)), bound)
	if err != nil && !errors.Is(err, errBody) {
		err = fmt.Errorf("%w: %w", errEncoding, err)
	}
	return unpacked, err
}

// newDecoder opens one content coding. A body that is said to be gzip and is
// not is taken as it is: servers do that to small answers.
func newDecoder(coding string, from io.Reader) (io.ReadCloser, error) {
	switch coding {
	case "gzip", "x-gzip":
		return newGzip(from)
	case "br":
		return io.NopCloser(brotli.NewReader(from)), nil
	case "zstd":
		d, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	case "deflate":
		return newDeflate(from)
	case "identity", "none", "utf-8", "":
		return io.NopCloser(from), nil
	}
	return nil, fmt.Errorf("unknown coding %.20q", coding)
}

func newGzip(from io.Reader) (io.ReadCloser, error) {
	head, rest, err := peek(from, 2)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return io.NopCloser(rest), nil
	}
	return gzip.NewReader(rest)
}

// newDeflate opens zlib, or raw deflate, which some servers send under its name.
func newDeflate(from io.Reader) (io.ReadCloser, error) {
	head, rest, err := peek(from, 2)
	if err != nil {
		return nil, err
	}
	if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(rest)
	}
	return flate.NewReader(rest), nil
}

func peek(from io.Reader, n int) ([]byte, io.Reader, error) {
	head := make([]byte, n)
	got, err := io.ReadFull(from, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, err
	}
	head = head[:got]
	return head, io.MultiReader(bytes.NewReader(head), from), nil
}

// readAll reads to the end or to one byte over the bound. hint is the size to
// start with, as the header gives it; it is not trusted beyond a megabyte.
func readAll(from io.Reader, hint, bound int64) ([]byte, error) {
	body := make([]byte, 0, min(max(hint, 511), bound, 1<<20)+1)
	for {
		n, err := from.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if int64(len(body)) > bound {
			return nil, errBody
		}
		if err == io.EOF {
			return body, nil
		}
		if err != nil {
			return nil, err
		}
		if len(body) == cap(body) {
			body = append(body, 0)[:len(body)]
		}
	}
}

// drain reads a little of a body that nobody wants, so that its connection can
// be used again.
func drain(body io.Reader) { _, _ = io.CopyN(io.Discard, body, 16<<10) }
