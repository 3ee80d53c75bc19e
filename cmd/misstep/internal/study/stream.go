package study

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
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
	path    string
	command string
	file    *os.File
	have    int // points
}

// streamFile is where a command keeps what it has of the work on a run: beside the
// folder of the run, outputs/NAME-HASH.sweep.state.
func streamFile(runFolder, command string) string {
	return filepath.Clean(runFolder) + "." + command + ".state"
}

// openStream makes the file for some inputs, or opens one to go on with. Inputs that
// differ are refused by the name of the field.
func openStream(path, command string, inputs any, resume bool) (*stream, error) {
	head := inline(map[string]any{"command": command, "inputs": inputs})
	if !resume {
		if old, err := readStream(path, command); err == nil && old.have > 0 {
			old.close()
			return nil, fmt.Errorf("%s keeps %s of an interrupted %s; go on with --resume, or delete it to begin again", path,
				say.Counted(old.have, "point"), command)
		}
		return newStream(path, command, head)
	}
	if !cli.Exists(path) {
		if others, _ := filepath.Glob(elsewhere(path)); len(others) > 0 {
			path = others[0] // of other inputs: says below which
		}
	}
	s, err := readStream(path, command)
	if err != nil {
		return nil, err
	}
	first, _ := s.lines().ReadBytes('\n')
	if first = bytes.TrimSpace(first); !bytes.Equal(first, head) {
		s.close()
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

func newStream(path, command string, head []byte) (*stream, error) {
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
	return &stream{path: path, command: command, file: f}, nil
}

// readStream opens a file, counts its points, and cuts off a line that is not whole.
func readStream(path, command string) (*stream, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--resume: %s: no such file: nothing was interrupted; leave out --resume", path)
	}
	if err != nil {
		return nil, cli.Plainly(path, err)
	}
	s := &stream{path: path, command: command, file: f, have: -1} // the first line is no point
	whole := int64(0)
	for r := s.lines(); err == nil; {
		var line []byte
		if line, err = r.ReadBytes('\n'); err == nil && !json.Valid(line) {
			s.close()
			return nil, fmt.Errorf("%s: line %d is damaged; delete the file to begin again", path, s.have+2)
		}
		if err == nil {
			whole += int64(len(line))
			s.have++
		}
	}
	if s.have < 0 {
		s.close()
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

// lines reads the file from its begin.
func (s *stream) lines() *bufio.Reader { return bufio.NewReader(io.NewSectionReader(s.file, 0, 1<<62)) }

// add writes a point.
func (s *stream) add(v any) error {
	if _, err := s.file.Write(append(inline(v), '\n')); err != nil {
		return cli.Plainly(s.path, err)
	}
	s.have++
	return nil
}

// inline is JSON on one line. A number that JSON cannot hold is a mistake of ours.
func inline(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic("results: " + err.Error())
	}
	return data
}

// eachPoint reads the points of a stream, in order, one at a time; is says whether what
// was read is a point of the command.
func eachPoint[T any](s *stream, is func(*T) bool, do func(*T) error) error {
	r := s.lines()
	for n := -1; ; n++ {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && n >= 0 {
			var point T
			if json.Unmarshal(line, &point) != nil || !is(&point) {
				err = errors.New("no point of this " + s.command)
			} else {
				err = do(&point)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: line %d: %w; delete the file to begin again", s.path, n+2, err)
		}
	}
}

// halted closes the stream of a command that did not end, and says how to go on after an
// interruption.
func (s *stream) halted(ctx context.Context, a *cli.App, points int) {
	s.close()
	if ctx.Err() != nil {
		a.Note("interrupted after %s of %s; misstep %s with --resume goes on from %s", say.Counted(s.have, "point"),
			say.Thousands(points), s.command, s.path)
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
	a, b := leaves(was), leaves(now)
	keys := maps.Clone(a)
	maps.Copy(keys, b)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if a[k] != b[k] {
			in := func(fields map[string]string) string { return cmp.Or(say.Clipped(fields[k], 40), "not set") }
			return fmt.Sprintf("%s was %s, is %s", strings.TrimPrefix(strings.TrimPrefix(k, "."), "inputs."), in(a), in(b))
		}
	}
	return "their order"
}

// leaves are those of a JSON value by their path: .inputs.vary[1].lo.
func leaves(data []byte) map[string]string {
	out := map[string]string{}
	var visit func(path string, value any)
	visit = func(path string, value any) {
		switch x := value.(type) {
		case map[string]any:
			for k, y := range x {
				visit(path+"."+k, y)
			}
		case []any:
			for i, y := range x {
				visit(fmt.Sprintf("%s[%d]", path, i+1), y)
			}
		case nil:
		default:
			out[path] = fmt.Sprint(x)
		}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber() // as it is written
	var value any
	if d.Decode(&value) == nil {
		visit("", value)
	}
	return out
}
