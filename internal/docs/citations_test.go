package docs

import (
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/model/record/evidence"
)

var (
	bracketed = regexp.MustCompile(`\[[^\[\]]{1,200}\]`)
	work      = regexp.MustCompile(`\b[A-Z][A-Za-z]+(?:19|20)[0-9]{2}[a-z]?\b`)
	address   = regexp.MustCompile(`https?://\S+`)
)

// cited lists the keys of works that a file names. Pages and sources write them in
// brackets; scenarios and tables may do without.
func cited(path, text string) []string {
	parts := []string{address.ReplaceAllString(text, "")}
	switch filepath.Ext(path) {
	case ".go":
		parts = bracketed.FindAllString(told(path, text), -1)
	case ".md":
		parts = bracketed.FindAllString(text, -1)
	}
	var out []string
	for _, part := range parts {
		out = append(out, work.FindAllString(part, -1)...)
	}
	return out
}

// told is what a Go file says rather than does: comments and strings. The strings of
// a test are left out, since many are there to be refused.
func told(path, text string) string {
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile(path, files.Base(), len(text)), []byte(text), nil, scanner.ScanComments)
	test := strings.HasSuffix(path, "_test.go")
	var b strings.Builder
	for {
		switch _, kind, literal := s.Scan(); {
		case kind == token.EOF:
			return b.String()
		case kind == token.COMMENT, kind == token.STRING && !test:
			b.WriteString(literal + "\n")
		}
	}
}

// citing tells for each key which files name it. What is made from the table of
// works, what a run leaves behind and the data of tests take no part.
func citing(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == ".git" || name == "testdata" || filepath.Base(filepath.Dir(path)) == "outputs"):
			return filepath.SkipDir
		case d.IsDir(), name == "references.csv", name == "REFERENCES.md",
			!slices.Contains([]string{".go", ".md", ".yaml", ".csv"}, filepath.Ext(name)):
			return nil
		}
		for _, key := range cited(path, read(t, path)) {
			if !slices.Contains(out[key], path) {
				out[key] = append(out[key], path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sets is the text in which data sets are named, with a version instead of a key.
func sets(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, name := range []string{"model/record/evidence/evidence.csv", "model/record/evidence/targets.csv",
		"model/ladder/scales/standard.yaml"} {
		b.WriteString(read(t, filepath.Join(root, name)))
	}
	return b.String()
}

// mistakes holds citations against the table of works, both ways. A row that nobody
// cites says that it is background.
func mistakes(citing map[string][]string, works []evidence.Reference, sets string) []string {
	var out []string
	rows := map[string]bool{}
	for _, w := range works {
		rows[w.Key] = true
		background := strings.HasPrefix(w.About, "background: ")
		used := len(citing[w.Key]) > 0
		if w.About == "data" || strings.HasPrefix(w.About, "data: ") {
			used = used || strings.Contains(sets, strings.TrimRight(w.Key, "0123456789"))
		}
		switch {
		case background && used:
			out = append(out, fmt.Sprintf("%s is marked as background, but %s cites it", w.Key, citing[w.Key]))
		case !background && !used:
			out = append(out, fmt.Sprintf("%s is cited nowhere; remove the row, or begin its about with \"background: \"",
				w.Key))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(citing)) {
		if !rows[key] {
			out = append(out, fmt.Sprintf("%s cites [%s], which has no row in model/record/evidence/references.csv",
				citing[key], key))
		}
	}
	return out
}

// TestCitationsResolve: every work that is named has a row, and every row has a use.
// Catches a key that is misspelt, a work that nobody entered, and a row left behind.
func TestCitationsResolve(t *testing.T) {
	for _, m := range mistakes(citing(t), evidence.Shipped().References, sets(t)) {
		t.Error(m)
	}
}

// TestCited: where a key counts as a citation, and where it does not. Catches a finder
// that overlooks a form, or that takes code and addresses for citations.
func TestCited(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"a.go", "// after [Planted2001], and [Other1999, table 2]", "Planted2001 Other1999"},
		{"a.go", "// of two [Planted2001,\n// Other1999]", "Planted2001 Other1999"},
		{"a.go", "x := 1 / 2 // by [Planted2001]", "Planted2001"},
		{"a.go", "/* by [Planted2001] */", "Planted2001"},
		{"a.go", "source: \"[Planted2001]; assumption: x\", other: `[Other1999]`", "Planted2001 Other1999"},
		{"a.go", "x := y[Planted2001]", ""},
		{"a.go", "// Planted2001 without brackets", ""},
		{"a_test.go", "x := \"[Planted2001]\"", ""},
		{"a_test.go", "x := \"[Planted2001]\" // by [Other1999]", "Other1999"},
		{"a.md", "as in [Planted2001] and [E001, Other1999a].", "Planted2001 Other1999a"},
		{"a.md", "see [the page](Planted2001.md), Planted2001, [U], [E001] and [Earlier1899]", ""},
		{"a.yaml", "sources: [T2,\n  Planted2001]\n- Other1999", "Planted2001 Other1999"},
		{"a.csv", "T1,DCID 2.0; Planted2001,https://example.org/Report2019.pdf", "Planted2001"},
	} {
		if have := strings.Join(cited(c.path, c.text), " "); have != c.want {
			t.Errorf("%s %q: %q, want %q", c.path, c.text, have, c.want)
		}
	}
}

// TestMistakes: each mistake is told, and what is right is not. Catches a check that
// passes a planted key.
func TestMistakes(t *testing.T) {
	here := []string{"a.go"}
	for _, c := range []struct {
		citing map[string][]string
		about  string // of the one row, Known2001
		want   string
	}{
		{map[string][]string{"Known2001": here}, "method: x", ""},
		{map[string][]string{"Known2001": here, "Planted2001": here}, "method: x", "[a.go] cites [Planted2001]"},
		{nil, "method: x", "Known2001 is cited nowhere"},
		{nil, "background: x", ""},
		{map[string][]string{"Known2001": here}, "background: x", "Known2001 is marked as background, but [a.go] cites it"},
		{nil, "data", ""}, // Known 3.0 is in the text of the sets
		{nil, "data: x", ""},
	} {
		have := mistakes(c.citing, []evidence.Reference{{Key: "Known2001", Citation: "Known", About: c.about}}, "Known 3.0")
		if c.want == "" && len(have) > 0 || c.want != "" && (len(have) != 1 || !strings.Contains(have[0], c.want)) {
			t.Errorf("%v, %s: %q, want %q", c.citing, c.about, have, c.want)
		}
	}
	unnamed := mistakes(nil, []evidence.Reference{{Key: "Known2001", Citation: "Known", About: "data"}}, "Another 3.0")
	if len(unnamed) != 1 {
		t.Errorf("a data set that no table names: %q", unnamed)
	}
}
