package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// Exit statuses. A signal has the shell's number, 128 and its own.
const (
	statusOK     = 0
	StatusFailed = 1 // what was asked for could not be done, or a repetition differs
	StatusUsage  = 2 // the command or one of its inputs has to be mended; nothing was played
	StatusMissed = 3 // done, and the result is not what was demanded of it
	statusSignal = 128
)

// ExitStatuses are they in words, for the help.
const ExitStatuses = `Exit status: 0 done; 1 failed; 2 mend the command or an input, nothing played;
3 done, but check misses an expectation or a --fail-if of run holds;
130 interrupted, 143 terminated, 129 hung up.`

// NothingWritten is what a command says that a signal ends.
const NothingWritten = "misstep: interrupted, no result written"

// Interrupted is the cause of the end of a context that a signal ends; it is a
// cancellation, too.
type Interrupted struct{ Signal os.Signal }

func (i *Interrupted) Error() string { return i.Signal.String() }

// Is reports whether it is [context.Canceled].
func (i *Interrupted) Is(target error) bool { return target == context.Canceled }

// Status is the exit status: 130 for an interrupt, 143 for a termination, 129 for a hang-up.
func (i *Interrupted) Status() int {
	if n, ok := i.Signal.(syscall.Signal); ok {
		return statusSignal + int(n)
	}
	return statusSignal + int(syscall.SIGINT)
}

// ErrReported ends a command with status 2 when it has said already what is to be mended.
var ErrReported = errors.New("reported")

// ErrMissed ends a command with status 3 when its result, which is printed, is not the one demanded.
var ErrMissed = errors.New("missed")

// Failed marks an error as none of what the user wrote, so that it ends with status 1. Errors of the
// system, and whatever comes once something is being played, need no mark.
func Failed(err error) error { return failure{err} }

type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// begin notes that something was played: errors from now on are failures.
func (a *App) begin() {
	for ; a != nil; a = a.outer {
		a.begun = true
	}
}

// Status prints an error as the user should see it and turns it into a status.
func (a *App) Status(ctx context.Context, err error) int {
	if lost := a.lost(); lost != nil {
		if err == nil || errors.Is(err, errors.Unwrap(lost)) || errors.Is(err, ErrMissed) || errors.Is(err, ErrReported) {
			err = Failed(lost)
		}
	}
	switch {
	case err == nil:
		return statusOK
	case left(err):
		return StatusFailed // who read the output has gone, and reads no message either
	case errors.Is(err, ErrMissed):
		return StatusMissed
	case errors.Is(err, ErrReported):
		return StatusUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(a.Err, NothingWritten)
		by := &Interrupted{Signal: syscall.SIGINT}
		errors.As(context.Cause(ctx), &by)
		return by.Status()
	case placed(err):
		fmt.Fprintln(a.Err, say.Brief(err.Error())) // each line begins with its place
		return StatusUsage
	}
	fmt.Fprintln(a.Err, "misstep:", say.Brief(apart(err.Error())))
	if a.begun || failed(err) {
		return StatusFailed
	}
	return StatusUsage
}

// placed reports whether an error is a list of problems, each with its place in an input.
func placed(err error) bool {
	var problems scenario.Problems
	var setting *settings.Problem
	var sample posterior.Problems
	var rows evidence.Problems
	return errors.As(err, &problems) || errors.As(err, &setting) || errors.As(err, &sample) || errors.As(err, &rows)
}

// failed reports whether an error is marked as a failure, or is one of the system other than that what
// was named is not there, is there already, or is no file or no folder.
func failed(err error) bool {
	var marked failure
	var number syscall.Errno
	var path *fs.PathError
	switch {
	case errors.As(err, &marked):
		return true
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrExist), errors.Is(err, syscall.ENOTDIR),
		errors.Is(err, syscall.EISDIR):
		return false
	}
	return errors.As(err, &number) || errors.As(err, &path)
}
