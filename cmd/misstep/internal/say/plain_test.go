package say

import (
	"testing"

	"github.com/misstep/misstep/model/param"
)

// TestPlain: plain words are of parameters that exist, and one without them is said as elsewhere.
func TestPlain(t *testing.T) {
	for name := range plainWords {
		if _, ok := param.ByName(name); !ok {
			t.Errorf("there is no %s", name)
		}
	}
	for i := range param.All() {
		name := param.All()[i].Name
		words, ok := Plain(name)
		if _, plain := plainWords[name]; !plain {
			if as, _ := Parameter(name); words != as {
				t.Errorf("%s is said to be %q and %q", name, words, as)
			}
		}
		if !ok || words == "" {
			t.Errorf("nothing is said of %s", name)
		}
	}
	if _, ok := Plain("evidence.nothing"); ok {
		t.Error("something is said of a parameter that does not exist")
	}
}
