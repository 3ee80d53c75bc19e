package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/compare"
	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/spf13/cobra"
)

// mutant is a stored document that was changed at a path.
type mutant struct {
	name string
	doc  any
	must bool // be refused
}

// absent are keys that a summary or a history may lack.
var absent = []string{"by", "course", "prior", "deciding", "levers", "levels", "expectations", "known_miss", "resolved"}

// mutants change a document, once for each of its kinds of places and each way of doing it.
func mutants(t *testing.T, data []byte) (out []mutant) {
	t.Helper()
	decoded := func() (doc any) {
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		return doc
	}
	seen := map[string]bool{}
	var walk func(v any, kind string, path []any)
	walk = func(v any, kind string, path []any) {
		if !seen[kind] && len(path) > 0 {
			seen[kind] = true
			for _, c := range changes(v) {
				doc := decoded()
				if must, ok := change(doc, path, c); ok {
					out = append(out, mutant{fmt.Sprintf("%v %s", path, c.name), doc, must})
				}
			}
		}
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(v[key], kind+"."+key, append(path[:len(path):len(path)], key))
			}
		case []any:
			for i := range v {
				walk(v[i], kind+"[]", append(path[:len(path):len(path)], i))
			}
		}
	}
	walk(decoded(), "", nil)
	return append(out, mutant{"{}", map[string]any{}, true}, mutant{"null", nil, true}, mutant{"[]", []any{}, true})
}

type replacement struct {
	name string
	now  any // nil with drop
	drop bool
	must bool
}

// changes are the ways in which a value is changed.
func changes(v any) []replacement {
	out := []replacement{{name: "dropped", drop: true, must: true}, {name: "null"}}
	switch v := v.(type) {
	case float64:
		out = append(out, replacement{"huge", 1e300, false, true}, replacement{"negative", -v - 7, false, false},
			replacement{"text", "NaN", false, true}, replacement{"tiny", 5e-324, false, false})
	case string:
		out = append(out, replacement{"empty", "", false, false}, replacement{"number", 3, false, true},
			replacement{"controls", "\x1b[31m\u202e", false, true},
			replacement{"long", strings.Repeat("x", 20_000), false, true})
	case []any:
		out = append(out, replacement{"object", map[string]any{}, false, true}, replacement{"empty", []any{}, false, false})
		if len(v) > 0 {
			out = append(out, replacement{"cut", v[:len(v)-1], false, false},
				replacement{"one more", append(v[:len(v):len(v)], v[len(v)-1]), false, false})
		}
	case map[string]any:
		out = append(out, replacement{"list", []any{}, false, true})
	}
	return out
}

// change does it; what the last step of the path leads to is no key that may be absent.
func change(doc any, path []any, c replacement) (must, ok bool) {
	for _, step := range path[:len(path)-1] {
		if key, isKey := step.(string); isKey {
			doc = doc.(map[string]any)[key]
		} else {
			doc = doc.([]any)[step.(int)]
		}
	}
	must = c.must
	switch last := path[len(path)-1].(type) {
	case string:
		if c.drop {
			delete(doc.(map[string]any), last)
			return !slices.Contains(absent, last), true
		}
		doc.(map[string]any)[last] = c.now
	case int:
		if c.drop {
			return false, false
		}
		doc.([]any)[last] = c.now
	}
	return must, true
}

// TestMutatedRuns: a summary and a history that were changed at a place, with a manifest whose hashes fit
// them, are refused with the place, or shown; nothing panics.
func TestMutatedRuns(t *testing.T) {
	commands := append(slices.Clone(commands), compare.New)
	name, files := reportRun()
	other := filepath.Join(t.TempDir(), name)
	if status, _, err := clitest.Call(commands, "run", tinyFile, "--draws", "5", "--replicates", "3", "--no-figures",
		"--quiet", "--seed", "2", "--out", other); status != 0 {
		t.Fatal(err)
	}
	others, _ := filepath.Glob(filepath.Join(other, "*"))
	dir := filepath.Join(t.TempDir(), name)
	refused := 0
	for _, file := range []string{"summary.json", "history.json"} {
		for i, m := range mutants(t, files[file].Data) {
			if i%mutantStep != 0 {
				continue
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(dir, files); err != nil {
				t.Fatal(err)
			}
			forge(t, dir, file, m.doc)
			err := verdictOn(t, commands, m.name, dir, others[0])
			switch {
			case err == "" && m.must:
				t.Errorf("%s: %s passes", file, m.name)
			case err != "":
				refused++
			}
			if !strings.Contains(err, file) && err != "" ||
				strings.ContainsFunc(err, func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) }) {
				t.Errorf("%s: %s: %q", file, m.name, err)
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

// forge replaces a file of a run, and its hash.
func forge(t *testing.T, dir, file string, doc any) {
	t.Helper()
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	m, err := runfolder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Files {
		if m.Files[i].Name == file {
			m.Files[i] = runfolder.NewFile(file, data, m.Files[i].Figure)
		}
	}
	for path, text := range map[string][]byte{file: data, runfolder.Name: m.Encode()} {
		if err := os.WriteFile(filepath.Join(dir, path), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// verdictOn is what report, compare and figures say against a run; "" where they show it.
func verdictOn(t *testing.T, commands []func(*cli.App) *cobra.Command, name, dir, other string) (refusal string) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: %v", name, p)
		}
	}()
	status, _, said := clitest.Call(commands, "report", dir, "--brief", "--quiet")
	if status != 0 {
		return said
	}
	r, err := run.OpenStored("report", dir)
	if err != nil {
		return err.Error()
	}
	h, err := r.History()
	if err != nil {
		return err.Error()
	}
	if _, err = figure.All(r.Summary, h, figure.Options{Formats: []string{"svg"}}); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	status, _, said = clitest.Call(commands, "compare", dir, other, "--no-figures", "--quiet", "--out", t.TempDir())
	if status != 0 && !strings.Contains(said, "cannot be compared") {
		return said
	}
	return ""
}
