package report

import (
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden compares with a file of testdata; UPDATE=1 writes it.
func golden(t *testing.T, name, have string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("%s (UPDATE=1 writes it):\n%s", path, diff)
	}
}

// TestSamplePages: every block in both formats, with texts that try to be markup.
// Read them when they change.
func TestSamplePages(t *testing.T) {
	digests := regexp.MustCompile(`&#39;sha256-[^ ]*&#39;`) // of style and script, which have tests of their own
	golden(t, "page.html", digests.ReplaceAllString(withoutCode(sampleHTML(t)), "DIGEST"))
	golden(t, "page.md", string(Markdown(sample())))
}
