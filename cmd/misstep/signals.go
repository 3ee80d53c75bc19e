package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
)

// grace is how long a command may take to end after a signal: what then still reads,
// writes or draws is cut off, as by a crash.
const grace = 1000 * time.Millisecond

// untilSignal is a context that the first interrupt, termination or hang-up ends, with it as
// the cause; a second ends the process at once. A hang-up that is ignored, as under nohup,
// stays so. What it returns gives the signals back.
func untilSignal(err io.Writer) (context.Context, func()) {
	ctx, end := context.WithCancelCause(context.Background())
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	for _, s := range hangUps {
		if !signal.Ignored(s) {
			signals = append(signals, s)
		}
	}
	got, over := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(got, signals...)
	go func() {
		select {
		case s := <-got:
			signal.Stop(got)
			cause := &cli.Interrupted{Signal: s}
			end(cause)
			select {
			case <-time.After(grace):
				fmt.Fprintln(err, cli.NothingWritten)
				os.Exit(cause.Status())
			case <-over:
			}
		case <-over:
		}
	}()
	return ctx, func() {
		signal.Stop(got)
		close(over)
		end(nil)
	}
}
