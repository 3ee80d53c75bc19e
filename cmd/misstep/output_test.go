package main

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
)

// broken takes a number of bytes, and then no more.
type broken struct {
	room int
	err  error
}

func (b *broken) Write(p []byte) (int, error) {
	n := min(len(p), b.room)
	b.room -= n
	if n < len(p) {
		return n, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: b.err}
	}
	return n, nil
}

// TestOutputThatIsLost: where standard output takes nothing, a command fails and says so; where its reader has gone
// it ends quietly. Catches a command that prints and looks away.
func TestOutputThatIsLost(t *testing.T) {
	clitest.InSmallFolder(t)
	run := "--draws 2 --replicates 2 --no-figures --posterior none"
	for _, line := range []string{"run tiny.yaml " + run, "run tiny.yaml --json " + run, "validate tiny.yaml",
		"validate tiny.yaml missing.yaml", "params", "params choice.rationality", "params --json", "evidence", "evidence T26",
		"evidence --json", "schema", "version", "help", "--help", "run --help", "plan tiny.yaml", "completion bash",
		"new made", "check tiny.yaml --posterior none --draws 2 --replicates 2"} {
		for room, err := range []error{syscall.ENOSPC, syscall.EIO, syscall.EPIPE} {
			var e bytes.Buffer
			status := execute(strings.Fields(line), strings.NewReader(""), &broken{room, err}, &e)
			said := strings.HasSuffix(e.String(), "misstep: standard output: "+err.Error()+"\n")
			if status != 1 || said == errors.Is(err, syscall.EPIPE) {
				t.Errorf("%s, %v: status %d, %q", line, err, status, e.String())
			}
			if strings.HasPrefix(line, "new") {
				break // the file is there now
			}
		}
	}
}
