package fit

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/spf13/cobra"
)

// commands are those that the tests call.
var commands = []func(*cli.App) *cobra.Command{runtest.Command, NewCalibrate, NewBacktest, NewCheck, NewScore}

// call runs a program that has these commands.
func call(args ...string) (status int, out, err string) { return clitest.Call(commands, args...) }

// conforms holds a document against the schema of its type, and a document with a member more.
func conforms[T any](t *testing.T, document []byte) {
	t.Helper()
	s := say.JSON(schema.Of("document", "a document", reflect.TypeFor[T]()))
	if err := clitest.Conforms(t, s, document); err != nil {
		t.Errorf("%.1000v", err)
	}
	more := bytes.Replace(document, []byte("{"), []byte(`{"never_heard_of": 1,`), 1)
	if clitest.Conforms(t, s, more) == nil {
		t.Error("a member that nobody knows passes")
	}
}
