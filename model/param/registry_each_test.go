package param

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// TestPriorsAreAsWritten catches a prior of a family whose draws pile up on a
// bound, and a text that is not that of the declaration.
func TestPriorsAreAsWritten(t *testing.T) {
	for _, p := range All() {
		d := p.PriorDist()
		want := p.Prior
		if want == "" {
			want = FormatNumber(p.Default, p.Domain.Duration)
		}
		if d.Text != want {
			t.Errorf("%s: the prior is shown as %q, declared as %q", p.Name, d.Text, want)
		}
		if d.IsPoint() {
			continue
		}
		if lo, hi := d.Quantile(0.001), d.Quantile(0.999); !(lo < hi) {
			t.Errorf("%s: draws of %s between %v and %v", p.Name, p.Prior, lo, hi)
		}
	}
}

// TestDomainFitsUnit catches a parameter with the domain of another kind: what
// is shown as a rate, an odds ratio or a scale has the domain of one.
func TestDomainFitsUnit(t *testing.T) {
	units := map[string][]Domain{
		"d": {Span, SpanOrZero}, "1/y": {NonNegative}, "U": {NonNegative, Real}, "level": {NonNegative},
		"ln":   {Positive, NonNegative},
		"ln d": {NonNegative}, "0–10": {SeverityUnit}, "moves": {Moves}, "pieces": {Moves},
		"×":       {NonNegative, Positive, Probability},
		"1/level": {NonNegative},
		"1/range": {NonNegative}, "logit": {Real, Positive}, "–": {Probability, OpenUnit, NonNegative, Signed},
	}
	for _, p := range All() {
		if !slices.Contains(units[p.Unit], p.Domain) {
			t.Errorf("%s in %s has the domain %s", p.Name, p.Unit, p.Domain.Text)
		}
	}
}

// TestStrengthsAreAlike catches one strength of a mechanism that is declared
// other than the rest: no record tells them apart.
func TestStrengthsAreAlike(t *testing.T) {
	first := Get(StrengthClarify)
	for id := StrengthClarify; id <= StrengthMoralHazard; id++ {
		p := Get(id)
		if p.Domain != first.Domain || p.Default != first.Default || p.Prior != first.Prior || p.Scope != Channel ||
			p.Source != first.Source || !strings.Contains(p.Doc, p.Short()) {
			t.Errorf("%s: %+v", p.Name, p)
		}
	}
	if first.Prior != "uniform(0, 1)" || first.Default != 0.5 {
		t.Errorf("%+v", first)
	}
}

// TestAnswersLeaveRoom catches defaults of the answers to a question that sum to
// more than 1: the rest is admission.
func TestAnswersLeaveRoom(t *testing.T) {
	for _, pair := range [][2]ID{{ClarifyDenyGuilty, ClarifySilentGuilty}, {ClarifyDenyInnocent, ClarifySilentInnocent},
		{ClarifyDenyGuiltyBelief, ClarifySilentGuiltyBelief}, {ClarifyDenyInnocentBelief, ClarifySilentInnocentBelief}} {
		deny, silent := Get(pair[0]), Get(pair[1])
		if sum := deny.Default + silent.Default; sum > 1+1e-12 || sum <= 0 {
			t.Errorf("%s and %s sum to %v", deny.Name, silent.Name, sum)
		}
		if !strings.Contains(deny.Name, "deny") || strings.Replace(deny.Name, "deny", "silent", 1) != silent.Name {
			t.Errorf("%s stands beside %s", deny.Name, silent.Name)
		}
	}
}

// TestByNameIsExact catches a look-up that forgives case, space or a missing
// group: a typing error would set another parameter.
func TestByNameIsExact(t *testing.T) {
	for _, p := range All() {
		for _, wrong := range []string{strings.ToUpper(p.Name), " " + p.Name, p.Name + " ", p.Short(), p.Group(),
			p.Group() + ".", strings.Replace(p.Name, ".", "_", 1)} {
			if got, ok := ByName(wrong); ok || got != (Param{}) {
				t.Errorf("%q finds %s", wrong, got.Name)
			}
		}
	}
}

// TestSourcesOfParameters catches an assumption without a reason and a source
// that is neither a key nor an assumption.
func TestSourcesOfParameters(t *testing.T) {
	for _, p := range All() {
		_, why, assumed := strings.Cut(p.Source, "assumption: ")
		if assumed && len(why) < 4 {
			t.Errorf("%s: no reason in %q", p.Name, p.Source)
		}
		if !assumed && !strings.ContainsAny(p.Source[:1], "TEP[t") {
			t.Errorf("%s: the source %q", p.Name, p.Source)
		}
		if p.Source != strings.TrimSpace(p.Source) || p.Doc != strings.TrimSpace(p.Doc) ||
			strings.Contains(p.Doc+p.Source, "|") {
			t.Errorf("%s: text that breaks a table", p.Name)
		}
	}
}

// TestFormatNumberWhole catches a format that rounds, or that prefers years to
// days where they are no whole number.
func TestFormatNumberWhole(t *testing.T) {
	for _, c := range []struct {
		x        float64
		duration bool
		want     string
	}{
		{0, false, "0"}, {0.1, false, "0.1"}, {1e-9, false, "1e-09"}, {1e21, false, "1e+21"}, {-3.25, false, "-3.25"},
		{365, true, "365d"}, {365.25, true, "1y"}, {730.5, true, "2y"}, {-365.25, true, "-1y"}, {182.625, true, "182.625d"},
		{36525, true, "100y"}, {1.0 / 3, true, "0.3333333333333333d"}, {7, true, "7d"},
	} {
		if got := FormatNumber(c.x, c.duration); got != c.want {
			t.Errorf("%v (duration %v): %s, want %s", c.x, c.duration, got, c.want)
		}
	}
}

// TestFixed catches a point that loses digits or gains a spread.
func TestFixed(t *testing.T) {
	for _, x := range []float64{0, -1, 0.1, 1.0 / 3, 1e-300, 1e300, math.Pi} {
		d := Fixed(x)
		again := must(t, d.Text, Real)
		if again != d || !d.IsPoint() || d.CDF(x) != 1 || d.Quantile(1e-12) != x || d.Quantile(1-1e-12) != x ||
			d.CDF(math.Nextafter(x, math.Inf(-1))) != 0 {
			t.Errorf("%v: %+v, read again %+v", x, d, again)
		}
	}
	if zero := (Dist{}); !zero.IsPoint() || zero.Median() != 0 {
		t.Errorf("the zero value is %+v", zero)
	}
}
