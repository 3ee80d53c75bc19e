package runfolder

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func work(seed int) *Work {
	return NewWork(Program{Name: "misstep", Version: "v0", Go: "go", GOARCH: "any"}, "calibrate",
		map[string]int{"seed": seed})
}

func results(text, figure string) []File {
	return []File{NewFile("fit.csv", []byte(text), false), NewFile("fit.svg", []byte(figure), true)}
}

// TestWorkIsWrittenOnce: new, unchanged, redrawn, and a result that differs.
func TestWorkIsWrittenOnce(t *testing.T) {
	during(t, nil) // with all that takes time
	parent := t.TempDir()
	w := work(1)
	step := func(text, figure string, want Outcome) {
		t.Helper()
		got, err := WriteWork(parent, w.Folder(), work(1), results(text, figure), false)
		if err != nil || got != want {
			t.Fatalf("%v, %v; want %v", got, err, want)
		}
		if data, err := os.ReadFile(filepath.Join(parent, w.Folder(), "fit.svg")); err != nil || string(data) != figure {
			t.Errorf("figure %q, %v", data, err)
		}
	}
	step("a", "one", Written)
	step("a", "one", Unchanged)
	step("a", "two", Redrawn)
	if got, err := WriteWork(parent, w.Folder(), work(1), results("a", "")[:1], false); err != nil || got != Unchanged {
		t.Errorf("without figures: %v, %v", got, err)
	}
	step("a", "two", Unchanged)
	if _, err := WriteWork(parent, w.Folder(), work(1), results("b", "two"), false); err == nil ||
		!strings.Contains(err.Error(), "fit.csv: differs") {
		t.Errorf("a result that differs: %v", err)
	}
	if entries, err := os.ReadDir(parent); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// TestWorkOfOtherInputs: it is kept, unless it may be replaced.
func TestWorkOfOtherInputs(t *testing.T) {
	parent := t.TempDir()
	if _, err := WriteWork(parent, "why", work(1), results("a", ""), false); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteWork(parent, "why", work(2), results("b", ""), false); err == nil ||
		!strings.Contains(err.Error(), "other inputs") {
		t.Errorf("other inputs: %v", err)
	}
	if got, err := WriteWork(parent, "why", work(2), results("b", ""), true); err != nil || got != Written {
		t.Errorf("replaced: %v, %v", got, err)
	}
	if data, err := os.ReadFile(filepath.Join(parent, "why", "fit.csv")); err != nil || string(data) != "b" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestWorkIsVerified: a file that changed or left, and what is no manifest.
func TestWorkIsVerified(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "why")
	if _, err := WriteWork(parent, "why", work(1), results("a", ""), false); err != nil {
		t.Fatal(err)
	}
	if w, err := OpenWork(dir); err != nil || w.Hash != work(1).Hash || w.Command != "calibrate" {
		t.Fatalf("%+v, %v", w, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	whole := unsealed(string(data))
	for _, c := range []struct {
		file, text, want string
	}{
		{"fit.csv", "changed", "missing or changed"},
		{Name, "x{}", "no manifest of misstep"},
		{Name, `{"format": 9, "inputs": {}}`, "format 9"},
		{Name, `{"format": 1, "inputs": {}, "files": [{"name": "../x"}]}`, "program: is missing"},
		{Name, strings.Replace(whole, `"name": "fit.csv"`, `"name": "../x"`, 1), "leads out"},
		{Name, strings.Replace(whole, `"bytes": 1`, `"bytes": -1`, 1), "files[0].bytes: -1 is no length"},
	} {
		if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenWork(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s = %q: %v, want %q", c.file, c.text, err, c.want)
		}
	}
	if _, err := OpenWork(parent); err == nil {
		t.Error("a folder without a manifest was opened")
	}
}

// TestARunJoinsItsWorks: a command may look into a run that was never stored; the run
// that comes later takes its place beside it. Anything else under the name is kept.
func TestARunJoinsItsWorks(t *testing.T) {
	parent := t.TempDir()
	m := sample(1)
	dir := filepath.Join(parent, m.Folder())
	if _, err := WriteWork(dir, "why", work(1), results("a", ""), true); err != nil {
		t.Fatal(err)
	}
	if got, err := Write(parent, m, results("numbers", "picture")); err != nil || got != Written {
		t.Fatalf("%v, %v", got, err)
	}
	if got, err := Write(parent, sample(1), results("numbers", "picture")); err != nil || got != Unchanged {
		t.Errorf("again: %v, %v", got, err)
	}
	if _, err := OpenWork(filepath.Join(dir, "why")); err != nil {
		t.Error(err)
	}
	stranger := filepath.Join(t.TempDir(), m.Folder())
	if err := os.MkdirAll(filepath.Join(stranger, "notes"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(filepath.Dir(stranger), sample(1), results("numbers", "")); err == nil {
		t.Error("a folder of somebody's notes was taken over")
	}
}

// TestStreamed: a file that is written in parts has the digest and the length of its
// content, and stands in the folder; what cannot be written is an error.
func TestStreamed(t *testing.T) {
	f, err := NewStreamed("rows.csv", func(to io.Writer) error {
		for range 3 {
			if _, err := io.WriteString(to, "row\n"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || f.Bytes != 12 || f.SHA256 != Sum([]byte("row\nrow\nrow\n")) || f.Data != nil {
		t.Errorf("%+v, %v", f, err)
	}
	parent := t.TempDir()
	if _, err := WriteWork(parent, "sweep", work(1), []File{f}, false); err != nil {
		t.Fatal(err)
	}
	if w, err := OpenWork(filepath.Join(parent, "sweep")); err != nil || len(w.Files) != 1 {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := NewStreamed("x", func(io.Writer) error { return os.ErrClosed }); err == nil {
		t.Error("an error is lost")
	}
}
