package param

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRegistryIsComplete: each parameter has a name, a unit, a domain, a source
// and a sentence.
func TestRegistryIsComplete(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+\.[a-z][a-z0-9_]*$`)
	for i, p := range All() {
		if p.ID != ID(i) || Get(p.ID).Name != p.Name {
			t.Errorf("%s has id %d at %d", p.Name, p.ID, i)
		}
		if !name.MatchString(p.Name) || p.Group()+"."+p.Short() != p.Name {
			t.Errorf("name %q", p.Name)
		}
		if p.Unit == "" || p.Source == "" || p.Domain.Text == "" || !strings.HasSuffix(p.Doc, ".") {
			t.Errorf("%s lacks a unit, a source, a domain or a sentence: %+v", p.Name, p)
		}
		if p.Domain.Duration != (p.Unit == "d") {
			t.Errorf("%s: unit %s and duration %v", p.Name, p.Unit, p.Domain.Duration)
		}
		if got, ok := ByName(p.Name); !ok || got.ID != p.ID {
			t.Errorf("%s is not found by name", p.Name)
		}
	}
	if len(All()) != Count() {
		t.Errorf("%d parameters, count %d", len(All()), Count())
	}
	if _, ok := ByName("choice.nothing"); ok {
		t.Error("found what is not there")
	}
}

// TestDefaultsLieInDomain, and so do the quantiles of each prior.
func TestDefaultsLieInDomain(t *testing.T) {
	for _, p := range All() {
		if !p.Domain.Contains(p.Default) {
			t.Errorf("%s: default %v outside %s", p.Name, p.Default, p.Domain.Text)
		}
		d := p.PriorDist()
		if d.IsPoint() != (p.Prior == "") {
			t.Errorf("%s: prior %q is a point: %v", p.Name, p.Prior, d.IsPoint())
		}
		for _, u := range grid {
			if x := d.Quantile(u); !p.Domain.Contains(x) {
				t.Errorf("%s: quantile %v of %s is %v, outside %s", p.Name, u, p.Prior, x, p.Domain.Text)
			}
		}
	}
}

// TestDefaultsAreCredible: a default is no outlier of its own prior.
func TestDefaultsAreCredible(t *testing.T) {
	for _, p := range All() {
		if p.Prior == "" {
			continue
		}
		if at := p.PriorDist().CDF(p.Default); at < 0.05 || at > 0.95 && p.Default != p.Domain.Hi {
			t.Errorf("%s: default %v is the quantile %.3f of %s", p.Name, p.Default, at, p.Prior)
		}
	}
}

func TestGroups(t *testing.T) {
	groups := Groups()
	if !slices.IsSorted(groups) || len(slices.Compact(slices.Clone(groups))) != len(groups) {
		t.Errorf("groups %v", groups)
	}
	for _, p := range All() {
		if !slices.Contains(groups, p.Group()) {
			t.Errorf("no group %s", p.Group())
		}
	}
}

func TestScopes(t *testing.T) {
	for s, want := range map[Scope]string{Global: "global", State: "state", Source: "source", Stream: "onset",
		Channel: "channel"} {
		if s.String() != want {
			t.Errorf("scope %d is %s", s, s)
		}
	}
}

func TestDomains(t *testing.T) {
	for _, c := range []struct {
		domain Domain
		in     []float64
		out    []float64
	}{
		{Real, []float64{-1e300, 0, 1e300}, nil},
		{Positive, []float64{1e-300, 5}, []float64{0, -1}},
		{NonNegative, []float64{0, 5}, []float64{-1e-300}},
		{Probability, []float64{0, 0.5, 1}, []float64{-0.1, 1.1}},
		{OpenUnit, []float64{0.5}, []float64{0, 1}},
		{Signed, []float64{-1, 1}, []float64{-1.1, 1.1}},
		{Span, []float64{0.1}, []float64{0, -1}},
		{SpanOrZero, []float64{0}, []float64{-1}},
		{SeverityUnit, []float64{0.1, 10}, []float64{0, 10.1}},
		{Moves, []float64{0, 64}, []float64{0.5, 65, -1}},
	} {
		for _, x := range c.in {
			if err := c.domain.Check(x); err != nil {
				t.Errorf("%s: %v", c.domain.Text, err)
			}
		}
		nan := 0.0
		for _, x := range append(c.out, nan/nan, 1/nan, -1/nan) {
			if c.domain.Check(x) == nil {
				t.Errorf("%s contains %v", c.domain.Text, x)
			}
		}
	}
}
