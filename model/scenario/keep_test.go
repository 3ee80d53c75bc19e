package scenario

import (
	"strings"
	"testing"
)

// TestKeep: arms stay in the order of the file, the headline keeps its meaning, and a
// single arm is described by itself.
func TestKeep(t *testing.T) {
	v := &Scenario{Arms: []Arm{{Name: "a"}, {Name: "b"}, {Name: "c"}}, Headline: Headline{Baseline: "a", Treatment: "b"}}
	for _, c := range []struct {
		keep      []string
		want      string
		treatment string
		fails     string
	}{
		{nil, "abc", "b", ""},
		{[]string{"b", "a"}, "ab", "b", ""}, // in the order of the file
		{[]string{"c", "b", "a"}, "abc", "b", ""},
		{[]string{"a", "a"}, "a", "", ""},
		{[]string{"c"}, "c", "", ""},
		{[]string{"a", "c"}, "", "", `"b" is left out`},
		{[]string{"b", "c"}, "", "", `"a" is left out`},
		{[]string{"d"}, "", "", `unknown arm "d"`},
	} {
		got, err := v.Keep(c.keep)
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%v: %v", c.keep, err)
			}
			continue
		}
		names := ""
		for _, arm := range got.Arms {
			names += arm.Name
		}
		if err != nil || names != c.want || got.Headline.Treatment != c.treatment {
			t.Errorf("%v: %s, %+v, %v", c.keep, names, got.Headline, err)
		}
	}
	if v.Headline.Treatment != "b" || len(v.Arms) != 3 {
		t.Error("the scenario itself was changed")
	}
}
