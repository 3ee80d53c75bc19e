package study

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// stream keeps what a long command has computed so far in a log: its head says what goes in, and every line is
// a point, as JSON.
type stream struct {
	*runfolder.Log
	command string
	damaged bool // what is missing behind the points was more than a line that is torn
}

// streamFile is where a command keeps what it has of the work on a run: beside the
// folder of the run, outputs/NAME-HASH.sweep.state.
func streamFile(runFolder, command string) string {
	return filepath.Clean(runFolder) + "." + command + ".state"
}

// openStream makes the file for some inputs, or opens one to go on with; one that was cut in its first line begins
// again. Inputs that differ are refused by the name of the field.
func openStream(path, command string, inputs any, resume bool) (*stream, error) {
	head := inline(map[string]any{"command": command, "inputs": inputs})
	if resume && !cli.Exists(path) {
		others, _ := filepath.Glob(elsewhere(path))
		if len(others) > 0 {
			return nil, otherInputs(others[0], runfolder.LogHead(others[0]), head)
		}
		return nil, fmt.Errorf("--resume: %s: no such file: nothing was interrupted; leave out --resume", path)
	}
	log, err := runfolder.HoldLog(path)
	if err != nil {
		return nil, err
	}
	s := &stream{Log: log, command: command, damaged: log.Damaged()}
	switch {
	case resume && s.Head() != nil && !bytes.Equal(s.Head(), head):
		err = otherInputs(path, s.Head(), head)
	case !resume && s.Have > 0:
		err = fmt.Errorf("%s keeps %s of an interrupted %s; go on with --resume, or delete it to begin again", path,
			say.Counted(s.Have, "point"), command)
	case s.Have == 0:
		err = s.Begin(head)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func otherInputs(path string, was, is []byte) error {
	return fmt.Errorf("--resume: %s was begun with other inputs: %s; repeat what it was begun with, or delete it "+
		"to begin again", path, firstDifference(was, is))
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

// add writes a point.
func (s *stream) add(v any) error { return s.Add(inline(v)) }

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
	return s.Each(func(n int, line []byte) error {
		var point T
		err := errors.New("no point of this " + s.command)
		if json.Unmarshal(line, &point) == nil && is(&point) {
			err = do(&point)
		}
		if err != nil {
			s.Close()
			return fmt.Errorf("%s: line %d: %w; delete the file to begin again", s.Path, n+1, err)
		}
		return nil
	})
}

// halted closes the stream of a command that did not end, and says how to go on after an
// interruption.
func (s *stream) halted(ctx context.Context, a *cli.App, points int) {
	s.Close()
	if ctx.Err() != nil {
		a.Note("interrupted after %s of %s; misstep %s with --resume goes on from %s", say.Counted(s.Have, "point"),
			say.Thousands(points), s.command, s.Path)
	}
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
