package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"

	"attribot/store/kv"
)

// The layout of the two meta pages with which a file begins, as bbolt v1.5 and
// all before it write it: a page header, then magic, version, page size, flags,
// root bucket (page, sequence), free list, high-water mark, transaction, and the
// FNV-1a sum of what stands before it.
const (
	metaMagic   = 0xED0CDAED
	metaVersion = 2
	metaAt      = 16
	metaSize    = 64
	sumAt       = 56
	minPage     = 1 << 10
	maxPage     = 1 << 16
)

type meta struct {
	pageSize int64
	pages    int64 // high-water mark: the file has at least so many
	tx       uint64
}

// checkHeader finds a file that was cut short before the library maps it into
// memory, where reading beyond its end would be a fault. A missing or empty file
// is a new one.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("not a regular file")
	}
	return checkSize(f, info.Size())
}

func checkSize(f io.ReaderAt, size int64) error {
	m, ok := newestMeta(f)
	if !ok {
		return fmt.Errorf("%w: no valid header: not a store, or cut off while it was made", kv.ErrCorrupt)
	}
	if need := m.pages * m.pageSize; size < need {
		return fmt.Errorf("%w: cut short: %d of at least %d bytes are there; restore a backup", kv.ErrCorrupt, size, need)
	}
	return nil
}

// newestMeta reads both meta pages and takes the valid one of the later
// transaction, as the library does.
func newestMeta(f io.ReaderAt) (meta, bool) {
	best, found := readMeta(f, 0)
	for size := int64(minPage); size <= maxPage; size <<= 1 {
		if found && size != best.pageSize {
			continue
		}
		if m, ok := readMeta(f, size); ok && m.pageSize == size && (!found || m.tx > best.tx) {
			return m, true
		}
	}
	return best, found
}

func readMeta(f io.ReaderAt, page int64) (meta, bool) {
	var b [metaSize]byte
	if _, err := f.ReadAt(b[:], page+metaAt); err != nil {
		return meta{}, false
	}
	order := binary.NativeEndian
	sum := fnv.New64a()
	sum.Write(b[:sumAt])
	valid := order.Uint32(b[0:]) == metaMagic && order.Uint32(b[4:]) == metaVersion && order.Uint64(b[sumAt:]) == sum.Sum64()
	return meta{
		pageSize: int64(order.Uint32(b[8:])),
		pages:    int64(order.Uint64(b[40:])),
		tx:       order.Uint64(b[48:]),
	}, valid
}
