package cli

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
)

func TestReport(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	problems := scenario.Problems{{File: "a.yaml", Line: 3, Column: 5, Path: "arms", What: "wrong"},
		{File: "a.yaml", What: "more"}}
	for _, c := range []struct {
		name   string
		ctx    context.Context
		err    error
		status int
		want   string
	}{
		{"nothing", context.Background(), nil, 0, ""},
		{"plain", context.Background(), errors.New("no luck"), 1, "misstep: no luck\n"},
		{"reported already", context.Background(), ErrReported, 1, ""},
		{"problems begin with their place", context.Background(), problems, 1, "a.yaml:3:5: arms: wrong\na.yaml: more\n"},
		{"settings too", context.Background(), errors.Join(&settings.Problem{Where: "c.yaml:1:2", What: "bad"}), 1,
			"c.yaml:1:2: bad\n"},
		{"interrupted", cancelled, context.Canceled, 130, "misstep: interrupted, no result written\n"},
		{"interrupted deep inside", cancelled, errors.Join(errors.New("x"), context.Canceled), 130,
			"misstep: interrupted, no result written\n"},
		{"another error while interrupted", cancelled, errors.New("disk"), 1, "misstep: disk\n"},
	} {
		var e bytes.Buffer
		a := &App{Err: &e}
		if status := a.Status(c.ctx, c.err); status != c.status || e.String() != c.want {
			t.Errorf("%s: %d, %q", c.name, status, e.String())
		}
	}
}
