package runfolder

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// sample is a small run; what tells runs apart is the seed.
func sample(seed uint64) *Manifest {
	in := Inputs{ModelVersion: "1", Name: "tiny", Scenario: "misstep: 1\n", Layers: []scenario.Layer{},
		Arms: []string{"a", "b"}, Seed: seed, Generator: "mix", Draws: 2, Replicates: 3, BlockSize: 3, Structure: "00"}
	in.SHA256 = Sum([]byte(in.Scenario))
	return &Manifest{Format: Format, Program: Program{Name: "misstep", Version: "(devel)", Go: "go1", GOARCH: "amd64"},
		Hash: in.HashInputs(), Inputs: in,
		Parameters: []Parameter{}, Warnings: []summary.Warning{},
		Plot: &settings.Plot{Formats: []string{"svg"}, Width: 8, DPI: 200, Bare: true, Grey: true, Serif: true,
			Inches: 8}}
}

func files() []File {
	return []File{NewFile("summary.json", []byte("{}\n"), false), NewFile("peak.svg", []byte("<svg/>"), true),
		NewFile("peak.csv", []byte("a,b\n"), true)}
}

func write(t *testing.T, parent string, m *Manifest, f []File) Outcome {
	t.Helper()
	o, err := Write(parent, m, f)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// listing is every file below a folder with its content.
func listing(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, dir+"/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReuse: what happens to a folder of the same name, by what differs.
func TestReuse(t *testing.T) {
	other := func(name, text string, figure bool) []File {
		out := files()
		i := slices.IndexFunc(out, func(f File) bool { return f.Name == name })
		out[i] = NewFile(name, []byte(text), figure)
		return out
	}
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, dir string)
		now    func(m *Manifest) []File
		want   Outcome
		fails  string
	}{
		{name: "another build, same numbers", now: func(m *Manifest) []File { m.Program.Version = "v9"; return files() },
			want: Unchanged},
		{name: "without figures", now: func(m *Manifest) []File { m.Plot = nil; return files()[:1] }, want: Unchanged},
		{name: "another width", now: func(m *Manifest) []File {
			m.Plot.Width = 9
			return other("peak.svg", "<svg 6/>",
				true)
		}, want: Redrawn},
		{name: "another format", now: func(m *Manifest) []File {
			m.Plot.Formats = []string{"png"}
			return []File{files()[0], NewFile("peak.png", []byte("png"), true), files()[2]}
		}, want: Redrawn},
		{name: "numbers differ", now: func(*Manifest) []File { return other("summary.json", "{1}", false) },
			fails: "summary.json: differs from what the same inputs give now"},
		{name: "changed by hand", damage: func(t *testing.T, dir string) { put(t, dir, "summary.json", "{ }") },
			fails: "summary.json: changed since it was written"},
		{name: "figure changed by hand", damage: func(t *testing.T, dir string) { put(t, dir, "peak.svg", "") },
			want: Redrawn},
		{name: "figure changed by hand, and none drawn",
			damage: func(t *testing.T, dir string) { put(t, dir, "peak.svg", "") },
			now:    func(m *Manifest) []File { m.Plot = nil; return files()[:1] },
			fails:  "peak.svg: changed since it was written"},
		{name: "figure removed", damage: func(t *testing.T, dir string) { lose(t, dir, "peak.csv") },
			want: Redrawn},
		{name: "file removed", damage: func(t *testing.T, dir string) { lose(t, dir, "summary.json") },
			fails: "summary.json: missing, though the manifest lists it"},
		{name: "manifest removed", damage: func(t *testing.T, dir string) { lose(t, dir, Name) },
			fails: "no run folder: it has no manifest.json"},
		{name: "manifest broken", damage: func(t *testing.T, dir string) { put(t, dir, Name, "{") },
			fails: "manifest.json: no manifest of misstep"},
		{name: "manifest of another run",
			damage: func(t *testing.T, dir string) { put(t, dir, Name, string(sample(2).Encode())) },
			fails:  "another run stands under this name"},
		{name: "more files beside", damage: func(t *testing.T, dir string) { put(t, dir, "notes.txt", "mine") },
			want: Unchanged},
	} {
		t.Run(c.name, func(t *testing.T) {
			parent := t.TempDir()
			m := sample(1)
			write(t, parent, m, files())
			dir := filepath.Join(parent, m.Folder())
			if c.damage != nil {
				c.damage(t, dir)
			}
			now, f := sample(1), files()
			if c.now != nil {
				f = c.now(now)
			}
			again(t, parent, now, f, c.want, c.fails)
		})
	}
}

// again writes a run that may be there: an error, or no change, leaves every byte.
func again(t *testing.T, parent string, m *Manifest, f []File, want Outcome, fails string) {
	t.Helper()
	before := listing(t, parent)
	o, err := Write(parent, m, f)
	if fails != "" {
		if err == nil || !strings.Contains(err.Error(), fails) {
			t.Fatalf("%v, want %s", err, fails)
		}
		sameListing(t, before, listing(t, parent))
		return
	}
	if err != nil || o != want {
		t.Fatalf("%v, %v", o, err)
	}
	if o == Unchanged {
		sameListing(t, before, listing(t, parent))
	}
	if _, err := Open(filepath.Join(parent, m.Folder())); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func sameListing(t *testing.T, before, after map[string]string) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%d files, then %d", len(before), len(after))
	}
	for k, v := range before {
		if after[k] != v {
			t.Errorf("%s changed", k)
		}
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func lose(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// TestRedrawDropsOldFormats: what the new settings do not draw goes away, what is
// not the program's stays.
func TestRedrawDropsOldFormats(t *testing.T) {
	parent := t.TempDir()
	m := sample(1)
	write(t, parent, m, files())
	dir := filepath.Join(parent, m.Folder())
	put(t, dir, "notes.txt", "mine")
	o, err := Redraw(dir, &settings.Plot{Formats: []string{"pdf"}, Width: 8, DPI: 200},
		[]File{NewFile("peak.pdf", []byte("pdf"), true)})
	if err != nil || o != Redrawn {
		t.Fatal(o, err)
	}
	var names []string
	for n := range listing(t, dir) {
		names = append(names, n)
	}
	slices.Sort(names)
	if want := []string{Name, "notes.txt", "peak.pdf", "summary.json"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	if o, err := Redraw(dir, &settings.Plot{Formats: []string{"pdf"}, Width: 8, DPI: 200},
		[]File{NewFile("peak.pdf", []byte("pdf"), true)}); o != Unchanged || err != nil {
		t.Error(o, err)
	}
}

// during watches the disk in a test.
func during(t *testing.T, before func(op, path string) error) {
	t.Helper()
	Before = before
	t.Cleanup(func() { Before = unsynced })
}

// TestFailingDisk: whichever operation fails, and as whatever, a folder is as it was or as it was to be, the error
// says so, nothing is left beside it, no folder was made for nothing, and the same command, come again, does what it
// was to do. Catches an error that is lost, scratch that stays, a folder that is locked for good.
func TestFailingDisk(t *testing.T) {
	for name, c := range changes() {
		whole := filepath.Join(t.TempDir(), "out")
		c.before(t, whole)
		start := listing(t, filepath.Dir(whole))
		if err := c.do(whole); err != nil {
			t.Fatal(err)
		}
		want := listing(t, filepath.Dir(whole))
		for n, failed := 0, true; failed; n++ {
			for _, cause := range []error{syscall.ENOSPC, syscall.EIO} {
				out := filepath.Join(t.TempDir(), "out")
				c.before(t, out)
				at, what := n, ""
				during(t, func(op, path string) error {
					if at--; at != -1 {
						return unsynced(op, path)
					}
					if what = op + " " + path; op == "write" { // half of it
						_ = os.WriteFile(path, []byte("x"), 0o644)
					}
					return &os.PathError{Op: op, Path: path, Err: cause}
				})
				err := c.do(out)
				failed = what != ""
				now := listing(t, filepath.Dir(out))
				op, _, _ := strings.Cut(what, " ")
				harmless := op == "remove" || op == "lock" || op == "sync" && name == "a log" // when it is closed
				if failed && !harmless && (err == nil || !errors.Is(err, cause)) {
					t.Errorf("%s, %s: %v", name, what, err)
				}
				if err != nil && strings.Contains(err.Error(), "nothing written") && name != "a state" { // which is written twice
					sameListing(t, start, now)
				}
				Before = unsynced
				if err := c.do(out); err != nil {
					t.Errorf("%s, %s, again: %v", name, what, err)
				}
				sameListing(t, want, listing(t, filepath.Dir(out)))
				if t.Failed() {
					t.Fatalf("%s, %s: %v", name, what, err)
				}
			}
		}
	}
}

// TestEmptyFolderGoes: a folder that was made for results that could not be kept is taken away, with those above it.
func TestEmptyFolderGoes(t *testing.T) {
	parent := t.TempDir()
	during(t, func(op, path string) error {
		if op == "write" {
			return &os.PathError{Op: op, Path: path, Err: syscall.ENOSPC}
		}
		return nil
	})
	if _, err := Write(filepath.Join(parent, "far", "away"), sample(1), files()); !errors.Is(err, syscall.ENOSPC) ||
		!strings.Contains(err.Error(), "no space left on device; nothing written") {
		t.Errorf("%v", err)
	}
	if entries, _ := os.ReadDir(parent); len(entries) != 0 {
		t.Errorf("left %v", entries)
	}
}

// TestFasterTwin: two runs of the same inputs at once end as one.
func TestFasterTwin(t *testing.T) {
	parent := t.TempDir()
	m := sample(1)
	during(t, func(op, path string) error {
		if op == "rename" && path == filepath.Join(parent, m.Folder()) {
			Before = unsynced
			twin := t.TempDir()
			write(t, twin, sample(1), files())
			if err := os.Rename(filepath.Join(twin, m.Folder()), path); err != nil {
				t.Fatal(err)
			}
		}
		return nil
	})
	if o, err := Write(parent, m, files()); err != nil || o != Unchanged {
		t.Errorf("%v, %v", o, err)
	}
	if entries, _ := os.ReadDir(parent); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
}

func TestNamesStayInside(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../x", "a/b", "/etc/passwd", `a\b`, "a\x00b", "c:x"} {
		parent := t.TempDir()
		if _, err := Write(parent, sample(1), []File{NewFile(name, nil, false)}); err == nil ||
			!strings.Contains(err.Error(), "leads out of") {
			t.Errorf("%q: %v", name, err)
		}
		if entries, _ := os.ReadDir(parent); len(entries) != 0 {
			t.Errorf("%q: left %v", name, entries)
		}
	}
}
