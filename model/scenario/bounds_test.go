package scenario

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/param"
)

// TestBounds: a value at a bound is in it and one beyond is refused, once, at its place and with the
// reason; of a range each end counts. Catches a bound moved, a middle taken for an end, a prior cut off.
func TestBounds(t *testing.T) {
	for _, c := range []struct{ path, in, out, what string }{
		{"discovery.stealthy", "100y", "100.1y", "100.1y is more than 100y; what is found in the window"},
		{"discovery.stealthy", "1y", "1e6y", "1e+06y is more than 100y"},
		{"discovery.overt", "0.0007d", "0.0006d", "0.0006d is less than a minute; a computer's calendar"},
		{"discovery.stealthy_spread", "5", "8", "8 is more than 5"},
		{"discovery.stealthy_spread", "0.5 to 5", "0.5 to 8", `"0.5 to 8" reaches 8, more than 5`},
		{"onset.contagion", "uniform(0, 1000)", "uniform(0, 1001)", "reaches 1001, more than 1000"},
		{"onset.contagion", "0", "1e12", "1e+12 is more than 1000"},
		{"choice.review", "0", "0.0001d", "0.0001d is less than a minute"},
		{"choice.review", "0.001d", "0.0001d to 1d", "reaches 0.0001d, less than a minute"},
		{"evidence.gap", "1d to 1000y", "1d to 2000y", "reaches 2000y, more than 1000y"},
		{"life.lapse", "10000", "1e9", "1e+09 is more than 10000"},
		{"severity.spread", "50", "51", "51 is more than 50"},
		{"choice.tension", "1e300", "1.7e308", "is more than 1e+300"},
		{"stakes.cost", "-1e300", "-1.7e308", "is more than 1e+300"},
		{"assumptions.onset.B>A.rate", "1e-9 to 100", "1e-9 to 1e9", "reaches 1e+09, more than 10000"},
		{"horizon", "1d", "1e-300d", "1e-300d is less than a minute"},
		{"headline.horizon", "1d", "1e-300d", "1e-300d is less than a minute"},
		{"assumptions.model.quiet", "1000y", "1e300d", "is more than 1000y"},
		{"assumptions.model.piece_times", "[0, 1d]", "[0, 2000y]", "2000y is more than 1000y"},
		{"choice.rationality", "1e-300", "1e-400", `"1e-400" is too small for a computer to hold`},
		{"evidence.gap", "1d", "1e-400d", `"1e-400d" is too small for a computer to hold`},
		{"evidence.gap", "1d", "1e308y", `"1e308y" is too large for a computer to hold`},
	} {
		data := stream("{source: B, victim: A, rate: 1, mix: {espionage: 1}}")
		if ps := problemsOf(t, data, set(c.path, c.in)); len(ps) > 0 {
			t.Errorf("%s=%s: %v", c.path, c.in, ps)
		}
		ps := problemsOf(t, data, set(c.path, c.out))
		if len(ps) != 1 || ps[0].File != "--set" || !strings.Contains(ps[0].Path, c.path) ||
			!strings.Contains(ps[0].Error(), c.what) {
			t.Errorf("%s=%s: %v; want %s", c.path, c.out, ps, c.what)
		}
	}
}

// TestPriorsLieWithinBounds: what the registry itself says is never refused.
func TestPriorsLieWithinBounds(t *testing.T) {
	for _, p := range param.All() {
		for _, d := range []param.Dist{p.DefaultDist(), p.PriorDist()} {
			b := boundOf(&Slot{Path: p.Name, Dist: d, Domain: p.Domain, Param: p.ID})
			for _, x := range ends(d) {
				if what, _ := b.outside(x, p.Domain.Duration); what != "" {
					t.Errorf("%s %s: %s", p.Name, d.Text, what)
				}
			}
		}
	}
}
