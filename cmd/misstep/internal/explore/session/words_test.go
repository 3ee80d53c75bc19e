package session

import (
	"regexp"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/scenarios"
)

// jargon is what nobody reads who does not know the model.
var jargon = regexp.MustCompile(`(?i)λ|σ|logit|logarithm|exponent|deviation|hazard|median|strength|likelihood|rung` +
	`|firebreak|status.quo|revisionist|\br[0-9]\b|parameter|[_@>]`)

// TestPlainWords: all numbers of the scenarios that ship are said in plain words, each in its own.
func TestPlainWords(t *testing.T) {
	for _, name := range scenarios.Names() {
		text, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		source := source()
		source.Name, source.File, source.Text = name, name, string(text)
		s, said := opening(t, source), map[string]string{}
		for i := range s.base.Slots {
			x := &s.base.Slots[i]
			words := say.PlainNumberAt(x.Path)
			if jargon.MatchString(words) || strings.ToUpper(words[:1]) != words[:1] {
				t.Errorf("%s: %s is said to be %q", name, x.Path, words)
			}
			if other, twice := said[words]; twice {
				t.Errorf("%s: %s and %s are both %q", name, x.Path, other, words)
			}
			said[words] = x.Path
			if unit := unitOf(x); jargon.MatchString(unit) || unit == "U" || strings.ContainsAny(unit, "/–×") {
				t.Errorf("%s: %s is in %q", name, x.Path, unit)
			}
		}
	}
}
