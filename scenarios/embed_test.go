package scenarios_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/scenarios"
)

// embedded lists the files that come with the program.
func embedded(t *testing.T) []string {
	t.Helper()
	var out []string
	walk := func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	}
	if err := fs.WalkDir(scenarios.Files, ".", walk); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEmbedIsTheFolder: the program has every scenario of the folder, byte for byte,
// and nothing of testdata. Catches a pattern of embed that misses a folder.
func TestEmbedIsTheFolder(t *testing.T) {
	var want []string
	for _, pattern := range []string{"*.yaml", "history/*.yaml", "validation/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, found...)
	}
	slices.Sort(want)
	if have := embedded(t); !slices.Equal(have, want) {
		t.Errorf("%v, want %v", have, want)
	}
	for _, name := range want {
		disk, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := scenarios.Files.ReadFile(name); err != nil || !bytes.Equal(data, disk) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNames: names are sorted, lower-case, without folder and extension, and each is
// a file; what is no scenario is none. Catches a list that offers patterns.
func TestNames(t *testing.T) {
	names := scenarios.Names()
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("%v", names)
	}
	plain := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, n := range names {
		if !plain.MatchString(n) {
			t.Errorf("%q is no plain name", n)
		}
		if _, err := scenarios.Files.ReadFile(n + ".yaml"); err != nil {
			t.Error(err)
		}
	}
	for _, file := range embedded(t) {
		listed := slices.Contains(names, strings.TrimSuffix(path.Base(file), ".yaml"))
		if want := !strings.Contains(file, "/"); listed != want {
			t.Errorf("%s: listed %v", file, listed)
		}
	}
	names[0] = "changed"
	if scenarios.Names()[0] == "changed" {
		t.Error("a caller can change the list")
	}
}

// TestText: files are UTF-8 text with spaces, plain line ends and one at the end, and
// begin with a comment or the version. Catches an editor that leaves its traces.
func TestText(t *testing.T) {
	for _, file := range embedded(t) {
		data, err := scenarios.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if strings.ContainsAny(text, "\t\r\x00\ufeff") || !strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n") {
			t.Errorf("%s: tabs, carriage returns or a wrong end", file)
		}
		for i, line := range strings.Split(text, "\n") {
			if strings.TrimRight(line, " ") != line {
				t.Errorf("%s:%d ends with a space", file, i+1)
			}
		}
		if !strings.Contains("\n"+text, "\nmisstep: 1\n") {
			t.Errorf("%s: no version", file)
		}
	}
}

// TestReadme: the page of the folder names every scenario. Catches a scenario that is
// shipped and told to nobody.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range scenarios.Names() {
		if !bytes.Contains(page, []byte(name)) {
			t.Errorf("README.md does not name %s", name)
		}
	}
}
