package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// readSecret takes a secret from a file or the environment, never from a flag.
// Errors name the place, not the secret.
func readSecret(file, env string) (string, error) {
	if env != "" {
		if s := strings.TrimSpace(os.Getenv(env)); s != "" {
			return s, nil
		}
		return "", fmt.Errorf("environment variable %s is empty; set it before the start", env)
	}
	data, err := readBounded(file, 64<<10)
	if err != nil {
		return "", fmt.Errorf("file %s cannot be read: %w", file, unwrapPath(err))
	}
	if s := strings.TrimSpace(string(data)); s != "" {
		return s, nil
	}
	return "", fmt.Errorf("file %s is empty; put the token in it", file)
}

// openToOthers reports whether other users of the machine can read the file.
func openToOthers(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().Perm()&0o077 != 0
}

// readBounded reads a whole file of at most limit bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("larger than %d bytes", limit)
	}
	return data, err
}
