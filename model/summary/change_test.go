package summary

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contrasted is a summary of contrasts between arms, "baseline>treatment".
func contrasted(pairs ...string) *Summary {
	s := &Summary{Run: Run{Draws: 4, Replicates: 5}}
	for _, p := range pairs {
		a, b, _ := strings.Cut(p, ">")
		s.Contrasts = append(s.Contrasts, Contrast{Baseline: a, Treatment: b, CommonCases: 2})
	}
	return s
}

// TestMatchContrasts catches: a match by place where names tell more, a headline that
// is lost, a pair of arms the other way round that passes for the same.
func TestMatchContrasts(t *testing.T) {
	for name, c := range map[string]struct {
		reference, other []string
		want             [][2]int
		named            bool
	}{
		"equal":            {[]string{"a>b", "a>c"}, []string{"a>b", "a>c"}, [][2]int{{0, 0}, {1, 1}}, true},
		"another order":    {[]string{"a>b", "a>c"}, []string{"a>c", "a>b"}, [][2]int{{0, 1}, {1, 0}}, true},
		"an arm less":      {[]string{"a>b", "a>c"}, []string{"a>b"}, [][2]int{{0, 0}}, true},
		"other names":      {[]string{"a>b", "a>c"}, []string{"x>y", "a>c"}, [][2]int{{0, 0}, {1, 1}}, false},
		"the other way":    {[]string{"a>b"}, []string{"b>a"}, [][2]int{{0, 0}}, false},
		"no contrast":      {[]string{"a>b"}, nil, nil, false},
		"none to compare":  {nil, []string{"a>b"}, nil, false},
		"nothing in order": {[]string{"a>b", "a>c"}, []string{"x>y"}, [][2]int{{0, 0}}, false},
	} {
		got := MatchContrasts(contrasted(c.reference...), contrasted(c.other...))
		var at [][2]int
		for _, m := range got {
			at = append(at, [2]int{m.Reference, m.Other})
			if c.reference[m.Reference] != m.Baseline+">"+m.Treatment ||
				c.other[m.Other] != m.OtherBaseline+">"+m.OtherTreatment {
				t.Errorf("%s: names of %+v", name, m)
			}
		}
		if diff := cmp.Diff(c.want, at); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if len(got) > 0 && got[0].Named() != c.named {
			t.Errorf("%s: named is %v", name, got[0].Named())
		}
	}
}

// TestUnshared: outcomes of another version are neither compared nor forgotten.
func TestUnshared(t *testing.T) {
	a := &Contrast{CommonCases: 1,
		Measures: []Measure{{ID: "x", Unit: "u"}, {ID: "gone", Unit: "u"}, {ID: "y", Unit: "days"}}}
	b := &Contrast{CommonCases: 1, Measures: []Measure{{ID: "new"}, {ID: "y", Unit: "years"}, {ID: "x", Unit: "u"}}}
	if diff := cmp.Diff([]string{"gone", "y"}, Unshared(a, b)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"new", "y"}, Unshared(b, a)); diff != "" {
		t.Error(diff)
	}
	one, two := &Summary{Contrasts: []Contrast{*a}}, &Summary{Contrasts: []Contrast{*b}}
	changes := Unpaired(one, two, Match{}, false)
	if len(changes) != len(Quantities()) || changes[0].Measure != "x" {
		t.Errorf("%+v", changes)
	}
}

// TestDefined catches: a ratio of nothing that is compared as the 0 that stands for it.
func TestDefined(t *testing.T) {
	levels := func(base, treat float64) Contrast {
		return Contrast{CommonCases: 3,
			Measures: []Measure{{ID: "hard", Paired: true, Baseline: Estimate{Value: base}, Treatment: Estimate{Value: treat}}}}
	}
	share, free := &Measure{ID: "misstep_share", Paired: true}, &Measure{ID: "cases"}
	none := Contrast{}
	for _, c := range []struct {
		contrast Contrast
		measure  *Measure
		want     [3]bool // difference, baseline, treatment
	}{
		{levels(1, 1), share, [3]bool{true, true, true}},
		{levels(0, 1), share, [3]bool{false, false, true}},
		{levels(1, 0), share, [3]bool{false, true, false}},
		{levels(0, 0), free, [3]bool{true, true, true}},
		{none, &Measure{ID: "missteps", Paired: true}, [3]bool{}},
		{none, free, [3]bool{true, true, true}},
	} {
		for i, q := range Quantities() {
			if got := c.contrast.defined(c.measure, q); got != c.want[i] {
				t.Errorf("%s of %s, %+v: %v", q, c.measure.ID, c.contrast, got)
			}
		}
	}
}
