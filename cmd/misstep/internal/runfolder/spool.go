package runfolder

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
)

// Spool gathers a file of a run that is too large to hold in memory, in a hidden file near where the folder will
// stand. The system takes it away when the command ends, however it ends, or else Remove does.
type Spool struct {
	name string
	file file
	to   *bufio.Writer
	sum  hash.Hash
	n    int
}

// NewSpool begins a file that will be called name in a folder under parent, which need not be there yet.
func NewSpool(parent, name string) (*Spool, error) {
	f, err := passingFile(parent)
	if err != nil {
		return nil, cannot("write to", parent, err)
	}
	_ = os.Remove(f.on.Name()) // it stays readable, but on Windows, where this fails
	return &Spool{name: name, file: f, to: bufio.NewWriterSize(f, 1<<20), sum: sha256.New()}, nil
}

func (s *Spool) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.sum.Write(p[:n])
	s.n += n
	if err != nil {
		err = cannot("write", s.name, err)
	}
	return n, err
}

// File describes what was written, as an extra of the run.
func (s *Spool) File() (File, error) {
	if err := s.to.Flush(); err != nil {
		return File{}, cannot("write", s.name, err)
	}
	return File{Name: s.name, SHA256: hex.EncodeToString(s.sum.Sum(nil)), Bytes: s.n, Extra: true,
		Fill: func(to io.Writer) error {
			_, err := s.file.on.Seek(0, io.SeekStart)
			if err == nil {
				_, err = io.Copy(to, s.file.on)
			}
			return err
		}}, nil
}

// Remove leaves nothing behind.
func (s *Spool) Remove() error { return errors.Join(s.file.on.Close(), remove(s.file.on.Name())) }
