package points

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
)

type someInputs struct {
	Seed   int      `json:"seed"`
	Name   string   `json:"name"`
	Values []int    `json:"values"`
	More   []string `json:"more,omitempty"`
}

func anything(*any) bool { return true }

// points reads a stream to the end.
func points(t *testing.T, s *Stream) string {
	t.Helper()
	var out []string
	if err := Each(s, anything, func(point *any) error {
		out = append(out, string(Inline(point)))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

// TestStream: what was added is read, also after the file was closed and a torn line
// added; adding goes on behind what is whole. Catches a torn line that stays.
func TestStream(t *testing.T) {
	path := File(filepath.Join(t.TempDir(), "a", "tiny-1"), "sweep")
	in := someInputs{Seed: 3, Name: "<&>", Values: []int{1, 2}}
	s, err := open(path, "sweep", Head("sweep", in), false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := s.Put(i); err != nil {
			t.Fatal(err)
		}
	}
	if got := points(t, s); got != "0 1 2" || s.Have != 3 {
		t.Errorf("%q, %d points", got, s.Have)
	}
	s.Close()
	f, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	_, _ = f.WriteString(`{"torn": `)
	_ = f.Close()
	if s, err = open(path, "sweep", Head("sweep", in), true); err != nil || s.Have != 3 {
		t.Fatal(s, err)
	}
	if err := s.Put("more"); err != nil {
		t.Fatal(err)
	}
	if got := points(t, s); got != `0 1 2 "more"` {
		t.Errorf("%q", got)
	}
	s.Done()
	if cli.Exists(path) {
		t.Error("it is left when it is done")
	}
}

// TestStreamRefuses: other inputs by the name of the field, a command that is not this
// one, results that would be lost, damage.
func TestStreamRefuses(t *testing.T) {
	path := File(filepath.Join(t.TempDir(), "tiny-1234567"), "sweep")
	in := someInputs{Seed: 3, Name: "tiny", Values: []int{1, 2}}
	s, err := open(path, "sweep", Head("sweep", in), false)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s, err := open(path, "sweep", Head("sweep", in), false); err != nil { // nothing would be lost
		t.Error(err)
	} else {
		_ = s.Put(1)
		s.Close()
	}
	for want, c := range map[string]struct {
		command string
		in      someInputs
		resume  bool
	}{
		"keeps 1 point of an interrupted sweep; go on with --resume": {"sweep", in, false},
		"seed was 3, is 4":            {"sweep", someInputs{4, "tiny", []int{1, 2}, nil}, true},
		"name was tiny, is other":     {"sweep", someInputs{3, "other", []int{1, 2}, nil}, true},
		"values[2] was 2, is 5":       {"sweep", someInputs{3, "tiny", []int{1, 5}, nil}, true},
		"values[2] was 2, is not set": {"sweep", someInputs{3, "tiny", []int{1}, nil}, true},
		"more[1] was not set, is x":   {"sweep", someInputs{3, "tiny", []int{1, 2}, []string{"x"}}, true},
		"command was sweep, is why":   {"why", in, true},
	} {
		if _, err := open(path, c.command, Head(c.command, c.in), c.resume); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", c, err, want)
		}
	}
	beside := File(filepath.Join(filepath.Dir(path), "tiny-7654321"), "sweep")
	if _, err := open(beside, "sweep", Head("sweep", someInputs{Seed: 9}), true); err == nil ||
		!strings.Contains(err.Error(), "tiny-1234567.sweep.state was begun with other inputs: name was tiny, is ") {
		t.Errorf("of another run: %v", err)
	}
}

// TestStreamHasOneWriter: a command that finds another at work on its state is told so.
func TestStreamHasOneWriter(t *testing.T) {
	path := File(filepath.Join(t.TempDir(), "tiny-1"), "sweep")
	s, err := open(path, "sweep", Head("sweep", "one"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := open(path, "sweep", Head("sweep", "one"), true); err == nil ||
		!strings.Contains(err.Error(), "another misstep is at work on it") {
		t.Errorf("%v", err)
	}
}

// TestStreamOfBefore: a state without checksums is not believed, and not lost.
func TestStreamOfBefore(t *testing.T) {
	path := File(filepath.Join(t.TempDir(), "tiny-1"), "sweep")
	before := []byte(`{"command":"sweep","inputs":"one"}` + "\n1\n2\n")
	if err := os.WriteFile(path, before, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, resume := range []bool{false, true} {
		if _, err := open(path, "sweep", Head("sweep", "one"), resume); err == nil ||
			!strings.Contains(err.Error(), "an earlier version of misstep kept it") {
			t.Errorf("%v", err)
		}
	}
	if data, err := os.ReadFile(path); err != nil || !bytes.Equal(data, before) {
		t.Errorf("%q, %v", data, err)
	}
}

// TestHalted: only an interruption says how to go on.
func TestHalted(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		s, err := open(File(filepath.Join(t.TempDir(), "tiny-1"), "why"), "why", Head("why", "one"), false)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		if interrupted {
			cancel()
		}
		var out bytes.Buffer
		s.Halted(ctx, &cli.App{Err: &out}, 7)
		cancel()
		if got := strings.Contains(out.String(),
			"interrupted after 0 points of 7; misstep why with --resume goes on from "); got != interrupted {
			t.Errorf("interrupted %v: %s", interrupted, &out)
		}
	}
}
