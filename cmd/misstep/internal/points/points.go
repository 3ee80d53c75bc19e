// Package points keeps what a long command has computed, point by point, in a file from which it goes on; or in the
// file of a shard, where its points are shared out.
package points

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

// Stream keeps what a long command has computed so far in a log: its head says what goes in, and every line is
// a point, as JSON.
type Stream struct {
	*runfolder.Log
	Damaged  bool // what is missing behind the points was more than a line that is torn
	From, To int  // points From+1 to To are played here, the first From are another's

	command string
	part    *cli.Part // of a shard; nil else
	joined  bool      // from shards, which have all of it
}

// File is where a command keeps what it has of the work on a run: beside the
// folder of the run, outputs/NAME-HASH.sweep.state.
func File(runFolder, command string) string {
	return filepath.Clean(runFolder) + "." + command + ".state"
}

// Head is the first line of a log: the command, and what its points depend on.
func Head(command string, inputs any) []byte {
	return Inline(map[string]any{"command": command, "inputs": inputs})
}

// Open makes the file for the points of a command, or opens one to go on with; where points are shared out, that of
// a shard. It says when a file was damaged.
func Open(a *cli.App, p *cli.Points, resume bool) (s *Stream, err error) {
	to := p.Count()
	if a.Part != nil {
		if err = a.Part.Begin(p); err != nil {
			return nil, err
		}
	}
	switch {
	case a.Part == nil:
		s, err = open(p.Log, p.Command, p.Head, resume)
	case a.Part.Joins:
		s, err = gather(a.Part, p)
	default:
		to = a.Part.To
		s, err = openShard(a.Part, p.Command)
	}
	if err != nil && a.Part != nil {
		err = cli.Failed(err)
	}
	if err != nil {
		return nil, err
	}
	if s.To = to; s.Damaged {
		a.Note("%s: line %d is damaged; it and what follows it is played again", s.Path, s.Have+2)
	}
	return s, nil
}

// openShard opens the file of a shard, to go on with what there is.
func openShard(part *cli.Part, command string) (*Stream, error) {
	s, err := open(part.Log, command, part.Head, cli.Exists(part.Log))
	if err == nil {
		s.From, s.part = part.From, part
	}
	return s, err
}

// gather puts the points of all shards into the file of the command, in place of what stands there of the same inputs.
// Whatever the end of the command, the file is removed.
func gather(part *cli.Part, p *cli.Points) (*Stream, error) {
	s, err := open(p.Log, p.Command, p.Head, cli.Exists(p.Log))
	if err != nil {
		return nil, err
	}
	s.joined = true
	if err = s.Begin(p.Head); err == nil {
		err = part.Earlier(func(line []byte) error {
			if err := s.Add(line); err != nil {
				return fmt.Errorf("%s: cannot write: %w; the shards are as they were", s.Path, errors.Unwrap(err))
			}
			return nil
		})
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close lets other commands have the file, and removes one that was joined from shards.
func (s *Stream) Close() {
	if s.joined {
		s.Done()
	}
	s.Log.Close()
}

// Done removes the file.
func (s *Stream) Done() {
	s.joined = false // a second time it may be another's
	s.Log.Done()
}

// Known is how many points need not be played: those that are kept, and those of other shards before.
func (s *Stream) Known() int { return s.From + s.Have }

// Shard reports whether these are the points of a shard.
func (s *Stream) Shard() bool { return s.part != nil }

// Apart ends a command that has played the points of its shard: what they come to is for who has all of them. It is nil
// of a command that has.
func (s *Stream) Apart() error {
	if s.part == nil {
		return nil
	}
	s.Close()
	return cli.ErrParted
}

// open makes the file for some inputs, or opens one to go on with; one that was cut in its first line begins
// again. Inputs that differ are refused by the name of the field.
func open(path, command string, head []byte, resume bool) (*Stream, error) {
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
	s := &Stream{Log: log, command: command, Damaged: log.Damaged()}
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
	return fmt.Errorf("%s was begun with other inputs: %s; repeat what it was begun with, or delete it "+
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

// Put writes a point.
func (s *Stream) Put(v any) error { return s.Add(Inline(v)) }

// Inline is JSON on one line. A number that JSON cannot hold is a mistake of ours.
func Inline(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic("results: " + err.Error())
	}
	return data
}

// Each reads the points of a stream, in order, one at a time; is says whether what
// was read is a point of the command.
func Each[T any](s *Stream, is func(*T) bool, do func(*T) error) error {
	return s.Each(func(n int, line []byte) error {
		if err := read(s, line, is, do); err != nil {
			s.Close()
			return fmt.Errorf("%s: line %d: %w; delete the file to begin again", s.Path, n+1, err)
		}
		return nil
	})
}

// EachEarlier reads the points of the stages before that of a shard, as [Each].
func EachEarlier[T any](s *Stream, is func(*T) bool, do func(*T) error) error {
	return s.part.Earlier(func(line []byte) error { return read(s, line, is, do) })
}

func read[T any](s *Stream, line []byte, is func(*T) bool, do func(*T) error) error {
	var point T
	if json.Unmarshal(line, &point) != nil || !is(&point) {
		return errors.New("no point of this " + s.command)
	}
	return do(&point)
}

// Halted closes the stream of a command that did not end, and says how to go on after an
// interruption.
func (s *Stream) Halted(ctx context.Context, a *cli.App, points int) {
	goesOn := s.part == nil && !s.joined
	s.Close()
	if ctx.Err() != nil && goesOn {
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
