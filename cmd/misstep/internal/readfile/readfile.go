// Package readfile is the one way in which the command reads files: what is opened is looked at before
// it is read, and has to be a regular file of a bounded size. Links are followed. Pipes, devices,
// sockets and folders are refused without waiting for anybody, but where a command says that it reads a stream.
package readfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// All reads a file of at most limit bytes. The error has the path in front, and is [fs.ErrNotExist]
// where there is no such file.
func All(path string, limit int64) ([]byte, error) {
	f, _, err := Open(path, limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, limit+1)) // it may grow while it is read
	switch {
	case err != nil:
		return nil, Plainly(path, err)
	case int64(len(data)) > limit:
		return nil, tooLong(path, int64(len(data)), limit)
	}
	return data, nil
}

// Stream opens a pipe or a device, and waits for who writes to it; nil where there is none under the path. What
// is read of it has to be bounded by who reads.
func Stream(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice|fs.ModeSocket) == 0 {
		return nil, nil
	}
	f, err := os.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, Plainly(path, err)
	}
	return f, nil
}

// Open opens a file of at most limit bytes, and says how long it is; errors are those of [All].
func Open(path string, limit int64) (*os.File, int64, error) {
	info, err := os.Stat(path) // opening a device can do something, so that it is looked at first
	if err == nil {
		err = acceptable(path, info, limit)
	}
	if err != nil {
		return nil, 0, Plainly(path, err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|doNotWait, 0)
	if err != nil {
		return nil, 0, Plainly(path, err)
	}
	if info, err = f.Stat(); err == nil { // what was opened may be another file
		err = acceptable(path, info, limit)
	}
	if err != nil {
		_ = f.Close()
		return nil, 0, Plainly(path, err)
	}
	return f, info.Size(), nil
}

func acceptable(path string, info fs.FileInfo, limit int64) error {
	switch {
	case !info.Mode().IsRegular():
		return &fileError{path, "not a file but " + kindOf(info.Mode()), ErrKind}
	case info.Size() > limit:
		return tooLong(path, info.Size(), limit)
	}
	return nil
}

func kindOf(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	}
	return "a device or a socket"
}

// ErrKind is the cause where there is something else than a file.
var ErrKind = errors.New("not a regular file")

var errTooLong = errors.New("too long")

func tooLong(path string, size, limit int64) error {
	return &fileError{path, fmt.Sprintf("%d bytes long, more than the %d that it may have; is this the right file?",
		size, limit), errTooLong}
}

// Plainly says in words why a file or folder cannot be used, its path in front.
func Plainly(path string, err error) error {
	var inner *fs.PathError
	var said *fileError
	switch {
	case errors.As(err, &said):
		return err
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
