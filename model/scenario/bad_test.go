package scenario

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what is found as what is wanted into testdata/bad")

// world is what the tests pretend to know.
var world = Options{
	KnownSource: func(key string) bool { return strings.HasPrefix(key, "E0") || key == "T5" || key == "Fearon1994" },
	Outcomes:    []string{"missteps", "missed"},
}

// TestBad loads one small file for each mistake. Its last lines say what is
// wanted: "# want: line:column: path: what; hint".
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := problemLines(t, data)
			if *update {
				write(t, file, data, got)
				return
			}
			if diff := cmp.Diff(wanted(string(data)), got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func problemLines(t *testing.T, data []byte) []string {
	t.Helper()
	_, err := Load("bad", data, world)
	var ps Problems
	if !errors.As(err, &ps) {
		t.Fatalf("want Problems, got %v", err)
	}
	var out []string
	for _, p := range ps {
		out = append(out, strings.TrimPrefix(strings.TrimPrefix(p.Error(), "bad.yaml:"), " "))
	}
	return out
}

const wantMark = "# want: "

func wanted(data string) []string {
	var out []string
	for line := range strings.Lines(data) {
		if text, ok := strings.CutPrefix(line, wantMark); ok {
			out = append(out, strings.TrimSuffix(text, "\n"))
		}
	}
	return out
}

func write(t *testing.T, file string, data []byte, got []string) {
	t.Helper()
	body, _, _ := strings.Cut(string(data), wantMark)
	for _, line := range got {
		body += wantMark + line + "\n"
	}
	if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}
