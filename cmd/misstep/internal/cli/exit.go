package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/record/evidence"
	"github.com/misstep/misstep/model/record/posterior"
	"github.com/misstep/misstep/model/scenario"
)

// Exit statuses. Whatever is wrong is 1; an interrupt has the shell's number.
const (
	statusOK          = 0
	StatusError       = 1 // of a command that failed
	statusInterrupted = 130
)

// ErrReported ends a command with status 1 when it has said why already.
var ErrReported = errors.New("reported")

// Status prints an error as the user should see it and turns it into a status.
func (a *App) Status(ctx context.Context, err error) int {
	var problems scenario.Problems
	var setting *settings.Problem
	var sample posterior.Problems
	var rows evidence.Problems
	switch {
	case err == nil:
		return statusOK
	case errors.Is(err, ErrReported):
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(a.Err, "misstep: interrupted, no result written")
		return statusInterrupted
	case errors.As(err, &problems), errors.As(err, &setting), errors.As(err, &sample), errors.As(err, &rows):
		fmt.Fprintln(a.Err, err) // each line begins with its place
	default:
		fmt.Fprintln(a.Err, "misstep:", err)
	}
	return StatusError
}
