package runfolder

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestOneFileWriter: nothing else in the command writes, renames or removes a file.
func TestOneFileWriter(t *testing.T) {
	writes := regexp.MustCompile(`\bos\.(Create|CreateTemp|WriteFile|Rename|OpenFile|Mkdir|MkdirAll|Remove|Link|Symlink|` +
		`Truncate|Chmod)\(`)
	looked := 0
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") ||
			strings.Contains(path, "clitest") || strings.Contains(path, "runtest") || strings.Contains(path, "readfile") ||
			strings.HasPrefix(path, "../../internal/runfolder/") {
			return err
		}
		looked++
		text, err := os.ReadFile(path)
		if found := writes.FindString(string(text)); found != "" {
			t.Errorf("%s: %s…: write through runfolder", path, found)
		}
		return err
	})
	if err != nil || looked < 100 {
		t.Errorf("%d files, %v", looked, err)
	}
}
