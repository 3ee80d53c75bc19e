package runfolder

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
)

// change is something that writes, with what stands there before.
type aChange struct {
	before func(t *testing.T, out string)
	do     func(out string) error // may be done again
}

// changes are all ways in which a folder or a file is written.
func changes() map[string]aChange {
	nothing := func(*testing.T, string) {}
	stored := func(t *testing.T, out string) {
		write(t, out, sample(1), files())
		put(t, filepath.Join(out, sample(1).Folder()), "notes.txt", "mine")
	}
	run := func(out string) error { _, err := Write(out, sample(1), files()); return err }
	dir := func(out string) string { return filepath.Join(out, sample(1).Folder()) }
	add := func(out string) error {
		m, err := Open(dir(out))
		if err != nil || len(m.Files) == 4 {
			return err
		}
		return Add(dir(out), NewFile("draws.csv", []byte("draw\n"), false))
	}
	works := func(seed int, text, picture string) func(string) error {
		return func(out string) error {
			_, err := WriteWork(dir(out), "why", work(seed), results(text, picture), true)
			return err
		}
	}
	done := func(do func(string) error) func(*testing.T, string) {
		return func(t *testing.T, out string) {
			if err := do(out); err != nil {
				t.Fatal(err)
			}
		}
	}
	return map[string]aChange{
		"a new run": {nothing, run},
		"figures redrawn": {stored, func(out string) error {
			_, err := Redraw(dir(out), &settings.Plot{Formats: []string{"svg", "pdf"}, Width: 9, DPI: 200},
				[]File{NewFile("peak.svg", []byte("<svg 6/>"), true), NewFile("peak.pdf", []byte("pdf"), true)})
			return err
		}},
		"a file added":        {stored, add},
		"a run joins a work":  {done(works(1, "a", "one")), run},
		"a work beside a run": {stored, works(1, "a", "one")},
		"a work alone":        {nothing, works(1, "a", "one")},
		"a work redrawn":      {done(works(1, "a", "one")), works(1, "a", "two")},
		"a work of other inputs": {done(func(out string) error {
			_, err := WriteWork(dir(out), "why", work(2), append(results("b", "one"), NewFile("old.csv", nil, false)), true)
			return err
		}), works(1, "a", "two")},
		"a file": {func(t *testing.T, out string) { _ = os.Mkdir(out, 0o755); put(t, out, "page.html", "old") },
			func(out string) error { return WriteFile(filepath.Join(out, "page.html"), []byte("new")) }},
		"pictures elsewhere": {nothing, func(out string) error { return Deliver(out, files()) }},
		"a log":              {nothing, logged},
		"a state": {nothing, func(out string) error {
			s, err := HoldState(filepath.Join(out, "fit.state"))
			if err != nil {
				return err
			}
			if err := s.Keep([]byte("one")); err != nil {
				_ = s.Done()
				return err
			}
			return errors.Join(s.Keep([]byte("two")), s.Close())
		}},
	}
}

// logged writes a log to its end, going on where an earlier time stopped.
func logged(out string) error {
	g, err := HoldLog(filepath.Join(out, "tiny-1.sweep.state"))
	if err != nil {
		return err
	}
	defer g.Close()
	if g.Head() == nil {
		if err := g.Begin([]byte(`{"seed":1}`)); err != nil {
			return err
		}
	}
	for n := g.Have + 1; n <= 3; n++ {
		if err := g.Add([]byte(strconv.Itoa(n * n))); err != nil {
			return err
		}
	}
	return nil
}

// unsynced leaves out what takes time and is of use in failures of power alone.
func unsynced(op, _ string) error {
	if op == "sync" {
		return ErrSkip
	}
	return nil
}

// The environment of a test binary that is to be killed: what it does, where, and before which operation.
const killWhat, killWhere, killAt = "TEST_MISSTEP_KILL", "TEST_MISSTEP_KILL_IN", "TEST_MISSTEP_KILL_AT"

func TestMain(m *testing.M) {
	what := os.Getenv(killWhat)
	if what == "" {
		Before = unsynced
		os.Exit(m.Run())
	}
	at, _ := strconv.Atoi(os.Getenv(killAt))
	Before = func(op, path string) error {
		if at--; at < 0 {
			me, err := os.FindProcess(os.Getpid())
			if err = errors.Join(err, me.Kill()); err != nil {
				panic(err)
			}
			select {}
		}
		return unsynced(op, path)
	}
	if err := changes()[what].do(os.Getenv(killWhere)); err != nil {
		panic(err)
	}
	os.Exit(0)
}

// killed does a change in a process of its own, which is killed before an operation; it reports whether there
// was such an operation.
func killed(t *testing.T, what, out string, at int) bool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), killWhat+"="+what, killWhere+"="+out, killAt+"="+strconv.Itoa(at))
	var said bytes.Buffer
	cmd.Stderr = &said
	err = cmd.Run()
	if said.Len() > 0 {
		t.Fatalf("%s, killed at %d: %s", what, at, &said)
	}
	return err != nil
}

// TestKills: a process that is killed before any of its operations on the disk leaves what the same command, come
// again, finishes, to the same bytes as if nothing had happened, and nothing is left beside it. Catches a folder that
// is changed file by file, a manifest that contradicts its folder, a lock that outlives its owner.
func TestKills(t *testing.T) {
	kills := 0
	for name, c := range changes() {
		whole := filepath.Join(t.TempDir(), "out")
		c.before(t, whole)
		if err := c.do(whole); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := listing(t, filepath.Dir(whole))
		for at := 0; ; at++ {
			out := filepath.Join(t.TempDir(), "out")
			c.before(t, out)
			if !killed(t, name, out, at) {
				break
			}
			kills++
			if err := c.do(out); err != nil {
				t.Errorf("%s, killed before operation %d: %v", name, at, err)
			}
			sameListing(t, want, listing(t, filepath.Dir(out)))
			if t.Failed() {
				t.Fatalf("%s, killed before operation %d", name, at)
			}
		}
	}
	if kills < 60 {
		t.Errorf("%d kills", kills)
	}
	t.Log(kills, "kills")
}

// TestReadersHeal: a folder in whose change a command was killed is whole for whoever reads it next.
func TestReadersHeal(t *testing.T) {
	c := changes()["figures redrawn"]
	seen := map[string]bool{}
	for at := 0; ; at++ {
		out := filepath.Join(t.TempDir(), "out")
		c.before(t, out)
		if !killed(t, "figures redrawn", out, at) {
			break
		}
		m, err := Open(filepath.Join(out, sample(1).Folder()))
		if err != nil {
			t.Fatalf("killed before operation %d: %v", at, err)
		}
		var names []string
		for _, f := range m.Files {
			names = append(names, f.Name)
		}
		seen[strings.Join(names, " ")] = true
	}
	if len(seen) != 2 {
		t.Errorf("%v, want before and after", seen)
	}
}
