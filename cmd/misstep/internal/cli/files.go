package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ReadSmall reads a file that no sensible input exceeds.
func ReadSmall(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, Plainly(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a file; name a scenario file, or a run folder", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, Plainly(path, err)
	}
	defer func() { _ = f.Close() }()
	if info.Size() > limit {
		return nil, fmt.Errorf("%s: %d bytes long, more than the %d that it may have; is this the right file?", path,
			info.Size(), limit)
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, Plainly(path, err)
	}
	return data, nil
}

// Plainly says in words why a file or folder cannot be used, its path in front.
func Plainly(path string, err error) error {
	var inner *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{path, "no such file", err}
	case errors.As(err, &inner):
		return &fileError{path, inner.Err.Error(), err}
	}
	return &fileError{path, err.Error(), err}
}

type fileError struct {
	path, what string
	cause      error
}

func (e *fileError) Error() string { return e.path + ": " + e.what }

func (e *fileError) Unwrap() error { return e.cause }

// Exists reports whether there is a file or folder.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
