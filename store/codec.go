package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"attribot/store/kv"
)

// A record is a byte that says how it is written, and JSON. JSON measured fine
// (BenchmarkReadStatement: some 20 microseconds of one processor), and a field
// added later needs no migration.
const (
	plainJSON  = 1
	packedJSON = 2 // zstd
)

// packFrom is the size in bytes from which packing pays.
const packFrom = 1 << 10

// maxRecord bounds what unpacking may take, in bytes: an article's text is
// bounded far below when it is read.
const maxRecord = 64 << 20

// codec writes and reads records. Its parts are safe for any number of
// goroutines.
type codec struct {
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}

func newCodec() (codec, error) {
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<17))
	if err != nil {
		return codec{}, fmt.Errorf("make codec: %w", err)
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxRecord), zstd.WithDecoderLowmem(true))
	if err != nil {
		return codec{}, fmt.Errorf("make codec: %w", err)
	}
	return codec{pack, unpack}, nil
}

func (c codec) encode(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write record: %w", err)
	}
	if len(b) < packFrom {
		return append([]byte{plainJSON}, b...), nil
	}
	return c.pack.EncodeAll(b, []byte{packedJSON}), nil
}

func (c codec) decode(b []byte, v any) error {
	if len(b) == 0 {
		return errors.New("read record: empty")
	}
	body := b[1:]
	switch b[0] {
	case plainJSON:
	case packedJSON:
		var err error
		if body, err = c.unpack.DecodeAll(body, nil); err != nil {
			return fmt.Errorf("read record: %w: %w", kv.ErrCorrupt, err)
		}
	default:
		return fmt.Errorf("read record: %w: unknown encoding %d", kv.ErrCorrupt, b[0])
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("read record: %w: %w", kv.ErrCorrupt, err)
	}
	return nil
}
