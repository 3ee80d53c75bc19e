package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestFlagsSayTheirDefault: the default that help shows in parentheses is the one that
// holds. Catches a default that is changed in one place only.
func TestFlagsSayTheirDefault(t *testing.T) {
	config, err := os.ReadFile("../../../../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`\(([^()]+)\)$`)
	for _, f := range settingFlags {
		m := shown.FindStringSubmatch(f.doc)
		if m == nil {
			continue
		}
		_, leaf, _ := strings.Cut(f.key, ".")
		if want := regexp.MustCompile(`(?m)^  ` + leaf + `: ` + regexp.QuoteMeta(m[1]) + ` +#`); !want.Match(config) {
			t.Errorf("--%s says %q, and config.yaml does not", f.name, m[1])
		}
	}
}
