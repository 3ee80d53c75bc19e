package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
)

// TestStatus: what a script sees of how a command ended, and what stands on standard error. Catches
// a failure that looks like a slip of the pen, or the other way round.
func TestStatus(t *testing.T) {
	now := context.Background()
	cancelled, cancel := context.WithCancel(now)
	cancel()
	terminated, end := context.WithCancelCause(now)
	end(&Interrupted{Signal: syscall.SIGTERM})
	problems := scenario.Problems{{File: "a.yaml", Line: 3, Column: 5, Path: "arms", What: "wrong"},
		{File: "a.yaml", What: "more"}}
	full := &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	for _, c := range []struct {
		name   string
		ctx    context.Context
		begun  bool
		err    error
		status int
		want   string
	}{
		{"nothing", now, false, nil, 0, ""},
		{"refused", now, false, errors.New("no luck"), 2, "misstep: no luck\n"},
		{"failed while playing", now, true, errors.New("no luck"), 1, "misstep: no luck\n"},
		{"marked as failed", now, false, fmt.Errorf("a: %w", Failed(errors.New("b"))), 1, "misstep: a: b\n"},
		{"reported already", now, false, ErrReported, 2, ""},
		{"missed", now, true, ErrMissed, 3, ""},
		{"problems begin with their place", now, false, problems, 2, "a.yaml:3:5: arms: wrong\na.yaml: more\n"},
		{"settings too", now, false, errors.Join(&settings.Problem{Where: "c.yaml:1:2", What: "bad"}), 2,
			"c.yaml:1:2: bad\n"},
		{"no space", now, false, full, 1, "misstep: write x: no space left on device\n"},
		{"no space, plainly", now, false, Plainly("x", full), 1, "misstep: x: no space left on device\n"},
		{"nothing of that name", now, false, Plainly("x", fs.ErrNotExist), 2, "misstep: x: no such file\n"},
		{"no folder", now, false, Plainly("x", syscall.ENOTDIR), 2, "misstep: x: not a directory\n"},
		{"gone while playing", now, true, Plainly("x", fs.ErrNotExist), 1, "misstep: x: no such file\n"},
		{"interrupted", cancelled, true, context.Canceled, 130, "misstep: interrupted, no result written\n"},
		{"interrupted deep inside", cancelled, true, errors.Join(errors.New("x"), context.Canceled), 130,
			"misstep: interrupted, no result written\n"},
		{"terminated", terminated, true, context.Cause(terminated), 143, "misstep: interrupted, no result written\n"},
		{"another error while interrupted", cancelled, true, errors.New("disk"), 1, "misstep: disk\n"},
	} {
		var e bytes.Buffer
		a := &App{Err: &e, begun: c.begun}
		if status := a.Status(c.ctx, c.err); status != c.status || e.String() != c.want {
			t.Errorf("%s: %d, %q", c.name, status, e.String())
		}
	}
}

// TestInsideHasBegun: what plays inside a command is played by the command.
func TestInsideHasBegun(t *testing.T) {
	var e bytes.Buffer
	outer := &App{Err: &e}
	p := outer.Inside("scratch").NewProgress()
	p.Update(1, 2)
	if status := outer.Status(context.Background(), errors.New("x")); status != StatusFailed {
		t.Errorf("status %d", status)
	}
}
