package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// journal is a file of JSON lines, one for each post shown.
type journal struct{ file *os.File }

// openJournal opens or makes the journal and reads what it holds. A last line
// that a killed process left torn is cut off; a torn line elsewhere is a fault.
func openJournal(path string) (*journal, []*entry, error) {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("read console journal: %w", err)
	}
	entries, whole, err := readEntries(data)
	if err != nil {
		return nil, nil, fmt.Errorf("read console journal %s: %w", path, err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open console journal: %w", err)
	}
	if err := errors.Join(file.Truncate(int64(whole)), seekEnd(file, whole)); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("mend console journal: %w", err), file.Close())
	}
	return &journal{file}, entries, nil
}

func seekEnd(f *os.File, at int) error {
	_, err := f.Seek(int64(at), 0)
	return err
}

// readEntries reads the whole lines of data and tells how many bytes they are.
func readEntries(data []byte) (entries []*entry, whole int, err error) {
	for n := 1; ; n++ {
		end := bytes.IndexByte(data[whole:], '\n')
		if end < 0 {
			return entries, whole, nil
		}
		var e entry
		if err := json.Unmarshal(data[whole:whole+end], &e); err != nil {
			return nil, 0, fmt.Errorf("line %d: %w", n, err)
		}
		entries = append(entries, &e)
		whole += end + 1
	}
}

func (j *journal) append(e *entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write console journal: %w", err)
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write console journal: %w", err)
	}
	return nil
}

func (j *journal) close() error { return j.file.Close() }
