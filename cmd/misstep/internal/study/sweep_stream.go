package study

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// stream keeps what a long command has computed so far in a file: a first line that
// says what goes in, then one line of JSON a point, in order. A last line that is not
// whole is dropped when the file is opened again.
type stream struct {
	path string
	file *os.File
	have int // points
}

// streamFile is where a command keeps what it has of the work on a run: beside the
// folder of the run, outputs/NAME-HASH.sweep.state.
func streamFile(runFolder, command string) string {
	return filepath.Clean(runFolder) + "." + command + ".state"
}

// openStream makes the file for some inputs, or opens one to go on with. Inputs that
// differ are refused by the name of the field.
func openStream(path, command string, inputs any, resume bool) (*stream, error) {
	head, err := json.Marshal(map[string]any{"command": command, "inputs": inputs})
	if err != nil {
		panic("stream: " + err.Error())
	}
	if !resume {
		if old, err := readStream(path); err == nil && old.have > 0 {
			_ = old.file.Close()
			return nil, fmt.Errorf("%s keeps %s of an interrupted %s; go on with --resume, or delete it to begin again", path,
				say.Counted(old.have, "point"), command)
		}
		return newStream(path, head)
	}
	if !cli.Exists(path) {
		if others, _ := filepath.Glob(elsewhere(path)); len(others) > 0 {
			path = others[0] // of other inputs: says below which
		}
	}
	s, err := readStream(path)
	if err != nil {
		return nil, err
	}
	first, _ := bufio.NewReader(io.NewSectionReader(s.file, 0, 1<<62)).ReadBytes('\n')
	if first = bytes.TrimSpace(first); !bytes.Equal(first, head) {
		_ = s.file.Close()
		return nil, fmt.Errorf("--resume: %s was begun with other inputs: %s; repeat what it was begun with, or delete it "+
			"to begin again", path, firstDifference(first, head))
	}
	return s, nil
}

// elsewhere is a pattern of the same file of other runs of a scenario: of
// outputs/NAME-HASH.sweep.state, outputs/NAME-*.sweep.state.
func elsewhere(path string) string {
	name := filepath.Base(path)
	at := strings.LastIndex(name, "-")
	if at < 0 {
		return path
	}
	_, command, _ := strings.Cut(name[at:], ".")
	return filepath.Join(filepath.Dir(path), name[:at+1]+"*."+command)
}

func newStream(path string, head []byte) (*stream, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, cli.Plainly(filepath.Dir(path), err)
	}
	f, err := os.Create(path)
	if err == nil {
		_, err = f.Write(append(head, '\n'))
	}
	if err != nil {
		return nil, cli.Plainly(path, err)
	}
	return &stream{path: path, file: f}, nil
}

// readStream opens a file, counts its points, and cuts off a line that is not whole.
func readStream(path string) (*stream, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--resume: %s: no such file: nothing was interrupted; leave out --resume", path)
	}
	if err != nil {
		return nil, cli.Plainly(path, err)
	}
	s := &stream{path: path, file: f, have: -1} // the first line is no point
	whole := int64(0)
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if err != nil {
			break
		}
		if !json.Valid(line) {
			_ = f.Close()
			return nil, fmt.Errorf("%s: line %d is damaged; delete the file to begin again", path, s.have+2)
		}
		whole += int64(len(line))
		s.have++
	}
	if s.have < 0 {
		_ = f.Close()
		return nil, fmt.Errorf("%s: holds nothing; delete the file to begin again", path)
	}
	if err = f.Truncate(whole); err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return nil, cli.Plainly(path, err)
	}
	return s, nil
}

// add writes a point.
func (s *stream) add(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	if _, err := s.file.Write(append(line, '\n')); err != nil {
		return cli.Plainly(s.path, err)
	}
	s.have++
	return nil
}

// each reads the points, in order, one at a time.
func (s *stream) each(do func(line []byte) error) error {
	r := bufio.NewReader(io.NewSectionReader(s.file, 0, 1<<62))
	for n := -1; ; n++ {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && n >= 0 {
			err = do(line)
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %w; delete the file to begin again", s.path, n+2, err)
		}
	}
}

// close ends the work on a file; done removes it, with what it has become elsewhere.
func (s *stream) close() { _ = s.file.Close() }

func (s *stream) done() {
	s.close()
	_ = os.Remove(s.path)
}

// firstDifference names the first field in which two JSON values differ, with both.
func firstDifference(was, now []byte) string {
	a, b := map[string]string{}, map[string]string{}
	for i, text := range [][]byte{was, now} {
		var v any
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		if d.Decode(&v) != nil {
			return "its first line is no list of inputs"
		}
		flatten("", v, []map[string]string{a, b}[i])
	}
	keys := slices.Sorted(maps.Keys(a))
	for k := range b {
		if _, ok := a[k]; !ok {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		x, inA := a[k]
		y, inB := b[k]
		switch name := strings.TrimPrefix(k, "inputs."); {
		case inA && inB && x == y:
		case !inA:
			return name + " was not set, is " + say.Clipped(y, 40)
		case !inB:
			return name + " was " + say.Clipped(x, 40) + ", is not set"
		default:
			return name + " was " + say.Clipped(x, 40) + ", is " + say.Clipped(y, 40)
		}
	}
	return "their order"
}

// flatten lists the leaves of a JSON value by their path.
func flatten(path string, v any, out map[string]string) {
	join := func(key string) string { return strings.TrimPrefix(path+"."+key, ".") }
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			flatten(join(k), x, out)
		}
	case []any:
		for i, x := range v {
			flatten(fmt.Sprintf("%s[%d]", path, i+1), x, out)
		}
	default:
		out[path] = fmt.Sprint(v)
	}
}
