package runfolder

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// Spool gathers a file of a run that is too large to hold in memory, in a hidden file near
// where the folder will stand. Remove takes that away.
type Spool struct {
	name string
	file *os.File
	to   *bufio.Writer
	sum  hash.Hash
	n    int
}

// NewSpool begins a file that will be called name in a folder under parent, which need not be there yet.
func NewSpool(parent, name string) (*Spool, error) {
	at := filepath.Clean(parent)
	for _, err := os.Stat(at); err != nil && filepath.Dir(at) != at; _, err = os.Stat(at) {
		at = filepath.Dir(at)
	}
	f, err := os.CreateTemp(at, ".misstep-"+name+"-*")
	if err != nil {
		return nil, cannot("write to", at, err)
	}
	return &Spool{name: name, file: f, to: bufio.NewWriterSize(f, 1<<20), sum: sha256.New()}, nil
}

func (s *Spool) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.sum.Write(p[:n])
	s.n += n
	if err != nil {
		err = cannot("write", s.file.Name(), err)
	}
	return n, err
}

// File describes what was written, as an extra of the run.
func (s *Spool) File() (File, error) {
	if err := s.to.Flush(); err != nil {
		return File{}, cannot("write", s.file.Name(), err)
	}
	return File{Name: s.name, SHA256: hex.EncodeToString(s.sum.Sum(nil)), Bytes: s.n, Extra: true,
		Fill: func(to io.Writer) error {
			_, err := s.file.Seek(0, io.SeekStart)
			if err == nil {
				_, err = io.Copy(to, s.file)
			}
			return err
		}}, nil
}

// Remove leaves nothing behind.
func (s *Spool) Remove() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }
