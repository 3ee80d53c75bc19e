package main

import (
	"context"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/record/posterior"
)

// TestTheLibraryIsTheCommand: a model of the library with zero options but for its size
// has the numbers of the command to the last bit, side runs included. The sentences of
// warnings are the command's own.
func TestTheLibraryIsTheCommand(t *testing.T) {
	clitest.InEmptyFolder(t)
	was := run.ShippedPosterior
	run.ShippedPosterior = posterior.ReadShipped // other tests have none
	t.Cleanup(func() { run.ShippedPosterior = was })
	for _, name := range model.Names() {
		m, err := model.Shipped(name, model.Options{Draws: 4, Replicates: 3})
		if err != nil {
			t.Fatal(err)
		}
		r, err := m.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		say.Warn(r.Summary.Warnings)
		status, out, stderr := call("run", name, "--draws", "4", "--replicates", "3", "--json", "--no-figures", "--quiet")
		if status != 0 || out != string(say.JSON(r.Summary)) {
			t.Errorf("%s: status %d, %s; the summaries differ", name, status, stderr)
		}
	}
}
