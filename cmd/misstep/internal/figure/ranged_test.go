package figure

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

func TestRanged(t *testing.T) {
	for want, e := range map[string]summary.Estimate{
		"0.50 (0.20 to 0.90)": est(.5, .1, .2, .9),
		"0.50 (0.40 to 0.60)": est(.5, .1, .5, .5), // the draws resolve nothing
		"0.20 (0.10 to 0.30)": est(.2, .1, .4, .9), // an interval that its value is not in
		"0.50":                est(.5, 0, .5, .5),
		"0.020 (0 to 0.090)":  est(.02, .01, -.04, .09), // ends where the quantity does
		"n/a":                 est(nan, .1, .2, .9),
	} {
		if got := chart.Ranged(spanOf(e).Within(0, 1), chart.Number); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestCountedShare holds Wilson's interval to published values, and to widths above
// none where the share is 0 or 1.
func TestCountedShare(t *testing.T) {
	for _, c := range []struct {
		p         float64
		n         int
		low, high float64
	}{
		// the last two rows: Newcombe (1998)
		{0.5, 10, 0.2366, 0.7634}, {0, 10, 0, 0.2775}, {1, 10, 0.7225, 1}, {15. / 148, 148, 0.0624, 0.1605},
		{81. / 263, 263, 0.2553, 0.3662},
	} {
		if s := chart.CountedShare(c.p, c.n); math.Abs(s.MonteLow-c.low) > 1e-4 ||
			math.Abs(s.MonteHigh-c.high) > 1e-4 || !s.Ok {
			t.Errorf("%v of %d: %v to %v", c.p, c.n, s.MonteLow, s.MonteHigh)
		}
	}
	if chart.CountedShare(nan, 5).Ok || chart.CountedShare(.5, 0).Ok {
		t.Error("an interval of nothing")
	}
}

// TestNoShareWithoutItsInterval: in the alternative text of every figure of a run, an
// interval follows each share of futures, of cases, of moments and of days.
func TestNoShareWithoutItsInterval(t *testing.T) {
	value := regexp.MustCompile(`(\d %|\d in \d[\d,]*|\d+ of [\d,]+ futures [^(;]*[^(; ])( \()?`)
	aside := regexp.MustCompile(`\([^()]*\)|at most [^;]*|excludes only more than [^;]*`)
	for _, name := range []string{"escalation", "futures", "peak", "channel"} {
		alt, err := altOf(name, realistic(), nil)
		if err != nil {
			t.Fatal(err)
		}
		alt = strings.ReplaceAll(strings.TrimSuffix(alt, chart.InParentheses), "\u00a0", " ")
		plain := aside.ReplaceAllStringFunc(alt, func(s string) string {
			if strings.HasPrefix(s, "(") && strings.Contains(s, " to ") {
				return "(.)"
			}
			return ""
		})
		found := value.FindAllStringSubmatch(plain, -1)
		if len(found) < 4 {
			t.Errorf("%s has %d shares: %s", name, len(found), plain)
		}
		for _, m := range found {
			if m[2] == "" {
				t.Errorf("%s: %q has no interval: %s", name, m[0], plain)
			}
		}
	}
}

// TestNothingIsNotCertain: a step to which no future came has an interval all the same.
func TestNothingIsNotCertain(t *testing.T) {
	s := realistic()
	for i := range s.Arms {
		c := curveOf(&s.Arms[i], "R7", "any")
		for k := range c.Value {
			c.Value[k], c.MCLow[k], c.MCHigh[k], c.Low[k], c.High[k] = 0, 0, 0, 0, 0
		}
	}
	alt, _ := altOf("escalation", s, nil)
	if !regexp.MustCompile(`A covert step [^;]*, without forum: none \(none to 1.in.[\d,]+\)`).MatchString(alt) {
		t.Error(alt)
	}
}

// TestBlindCurves: of one replicate a draw no band is drawn or named, no interval is written, and none is in
// the tables.
func TestBlindCurves(t *testing.T) {
	s := realistic()
	blind := func(list ...*summary.Estimate) {
		for _, e := range list {
			*e = summary.Estimate{Value: e.Value, Low: math.Inf(-1), High: math.Inf(1), NoError: true}
		}
	}
	for i := range s.Contrasts {
		for k := range s.Contrasts[i].Measures {
			m := &s.Contrasts[i].Measures[k]
			blind(&m.Baseline, &m.Treatment, &m.Difference, &m.Ratio)
		}
		for k := range s.Contrasts[i].Course {
			blind(&s.Contrasts[i].Course[k].Difference)
		}
	}
	for i := range s.Arms {
		a := &s.Arms[i]
		blind(&a.Beliefs.Culprit, &a.Beliefs.Intent, &a.Beliefs.Severity, &a.Beliefs.Rival, &a.Beliefs.Avoidable,
			&a.Beliefs.Irreducible, &a.Beliefs.Missed, &a.Beliefs.Regret)
		for k := range a.Curves {
			c := &a.Curves[k]
			c.MCLow, c.MCHigh, c.Low, c.High = nil, nil, nil, nil
		}
		a.PeaksMC = nil
	}
	s.Run.Replicates = 1
	in := newInput(s, nil)
	for name, p := range map[string]picture{"escalation": newEscalation(in), "peak": newPeak(in), "effect": newEffect(in),
		"beliefs": newBeliefs(in)} {
		if strings.Contains(strings.ReplaceAll(p.alt, chart.InParentheses, ""), "%)") {
			t.Errorf("%s: %s", name, p.alt)
		}
		at := slices.IndexFunc(p.numbers.head, func(h string) bool { return strings.HasPrefix(h, "mc_") })
		for _, row := range p.numbers.rows {
			if row[at] != "" {
				t.Errorf("%s: %q", name, row)
				break
			}
		}
	}
	for _, name := range []string{"escalation", "effect", "beliefs"} {
		if said := strings.Join(play(t, name, s, nil).words(), "; "); strings.Contains(said, chart.OfSampling) ||
			strings.Contains(said, "interval") {
			t.Errorf("%s names an error or an interval that it does not draw: %s", name, said)
		}
	}
	l := newLevelPanel(in, "R3", "misstep")
	r := &tape{}
	p := chart.NewPage(r, 300)
	l.lines[0].bands(p, chart.Scale{Hi: 1, To: 100}, chart.Scale{Hi: 1, To: 100}, l.banded(), .2)
	if l.banded() || len(r.shapes) != 0 {
		t.Errorf("%d shapes", len(r.shapes))
	}
}

// TestFaint: a probability in the far tail is no number in a text, and a share of cases
// that is nothing is bounded by the number of cases.
func TestFaint(t *testing.T) {
	for v, want := range map[float64]string{1e-160: "under 1 in 10 million", 2e-7: "1 in 5,000,000", 0: "none",
		.3: "30 %"} {
		if got := strings.ReplaceAll(chart.Likely(v), "\u00a0", " "); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
	s := realistic()
	a := &s.Arms[0]
	a.Peaks[7], a.PeaksMC[7] = 0, 0
	a.Counts = []summary.Count{{ID: "cases", Mean: 1000 / float64(s.Run.Draws*s.Run.Replicates)}}
	alt, _ := altOf("peak", s, nil)
	if !strings.Contains(strings.ReplaceAll(alt, "\u00a0", " "), "R7 none (none to 1 in 260)") { // 3.84/1003.84
		t.Error(alt)
	}
}

// TestLegible: text in any colour of the figures has the contrast that WCAG asks for,
// and keeps its hue; what can be read already stays.
func TestLegible(t *testing.T) {
	if math.Abs(chart.Contrast(chart.Black)-21) > 1e-9 || math.Abs(chart.Contrast(chart.White)-1) > 1e-9 ||
		math.Abs(chart.Contrast(chart.Unclear)-3.95) > .01 {
		t.Errorf("contrasts %v, %v, %v", chart.Contrast(chart.Black), chart.Contrast(chart.White),
			chart.Contrast(chart.Unclear))
	}
	for _, c := range []struct{ is, want bool }{{chart.Legible(chart.Ink) == chart.Ink, true},
		{chart.Legible(chart.Help) == chart.Help, true}, {chart.Legible(chart.White) == chart.White, true}} {
		if c.is != c.want {
			t.Errorf("%+v", c)
		}
	}
	for _, c := range append([]chart.Arm{{Color: chart.Harm}, {Color: chart.Unclear}, {Color: chart.Purple}}, looks...) {
		got := chart.Legible(c.Color)
		if chart.Contrast(got) < chart.ContrastOfText || chart.Contrast(got) > 5.2 && got != c.Color {
			t.Errorf("%v becomes %v, contrast %v", c.Color, got, chart.Contrast(got))
		}
		order := func(a, b uint8) bool { return a <= b }
		if order(got.R, got.G) != order(c.Color.R, c.Color.G) || order(got.G, got.B) != order(c.Color.G, c.Color.B) {
			t.Errorf("%v changes its hue to %v", c.Color, got)
		}
	}
}
