package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// Output is standard output that remembers that something could not be written to it.
type Output struct {
	w   io.Writer
	err error
}

// NewOutput is an output that writes to w.
func NewOutput(w io.Writer) *Output { return &Output{w: w} }

func (o *Output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// lost is why part of the output is lost, nil where none is.
func (a *App) lost() error {
	if o, ok := unguarded(a.Out).(*Output); ok && o.err != nil {
		return Plainly("standard output", o.err)
	}
	return nil
}

// left reports whether who read the output has gone, which is no mistake of anybody's: misstep … | head.
func left(err error) bool { return errors.Is(err, syscall.EPIPE) }

// terminal is the terminal to which output goes, false where it goes elsewhere.
func terminal(w io.Writer) (*os.File, bool) {
	w = unguarded(w)
	if o, ok := w.(*Output); ok {
		w = o.w
	}
	f, ok := w.(*os.File)
	return f, ok && isTerminal(f)
}

func unguarded(w io.Writer) io.Writer {
	if g, ok := w.(*say.Guard); ok {
		return g.To
	}
	return w
}

// Until is a reader that stops waiting for r when the context ends.
func Until(ctx context.Context, r io.Reader) io.Reader { return &until{ctx, r} }

type until struct {
	ctx context.Context
	r   io.Reader
}

func (u *until) Read(p []byte) (int, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		own := make([]byte, len(p)) // what comes too late touches nothing of the caller's
		n, err := u.r.Read(own)
		done <- result{own[:n], err}
	}()
	select {
	case <-u.ctx.Done():
		return 0, u.ctx.Err()
	case got := <-done:
		return copy(p, got.data), got.err
	}
}
