package bolt

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"attribot/store/kv"
)

// damage is what a panic of the library on a torn page is thrown on as, so that
// a panic of the caller's own function is not taken for it.
type damage struct{ cause any }

// rethrow marks a panic as one of the library.
func rethrow() {
	if r := recover(); r != nil {
		panic(damage{r})
	}
}

// catch turns a panic of the library into an error that wraps kv.ErrCorrupt. It
// is for calls that run nothing of the caller's.
func catch(err *error) {
	if r := recover(); r != nil {
		*err = corrupt(r)
	}
}

func corrupt(cause any) error {
	if d, ok := cause.(damage); ok {
		cause = d.cause
	}
	return fmt.Errorf("%w: %v", kv.ErrCorrupt, cause)
}

// guard runs fn so that reading beyond the end of a file cut short, or a page
// that is not what it should be, ends in kv.ErrCorrupt and not in the end of the
// process. Panics of the caller's own go on.
func (e *Engine) guard(fn func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case damage:
			err = fmt.Errorf("read store %s: %w", e.path, corrupt(r))
		case string:
			if !strings.HasPrefix(r, "assertion failed") {
				panic(r)
			}
			err = fmt.Errorf("read store %s: %w", e.path, corrupt(r))
		case interface{ Addr() uintptr }: // the runtime's error of a memory fault
			err = fmt.Errorf("read store %s: %w", e.path, corrupt(r))
		default:
			panic(r)
		}
	}()
	return fn()
}

// fullErrnos are the system's words for no room: the disk, the quota, the
// process's limit of a file's size.
var fullErrnos = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

// explain names the errors on which callers decide. The library keeps only the
// text of a failure to grow the file, so that is looked at as well.
func explain(err error) error {
	if err == nil || errors.Is(err, kv.ErrFull) {
		return err
	}
	full := errors.Is(err, berrors.ErrMaxSizeReached)
	for _, no := range fullErrnos {
		full = full || errors.Is(err, no) || strings.Contains(err.Error(), no.Error())
	}
	switch {
	case full:
		return fmt.Errorf("%w: %w", kv.ErrFull, err)
	case errors.Is(err, berrors.ErrTxNotWritable), errors.Is(err, berrors.ErrDatabaseReadOnly):
		return kv.ErrReadOnly
	}
	return err
}
