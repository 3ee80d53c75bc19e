package study

import (
	"math"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// crafted is a breakeven whose effect is known: f over the values, in two draws that
// differ by twice the spread.
func crafted(t *testing.T, texts []string, spread float64, f func(x ...float64) float64) (*breakingEven,
	*sensitivity.Breakeven) {
	t.Helper()
	w, draws := craftedDraws(t, texts, spread, f)
	return w, w.result(draws)
}

func craftedDraws(t *testing.T, texts []string, spread float64, f func(x ...float64) float64) (*breakingEven,
	[]sensitivity.Draws) {
	t.Helper()
	s, err := openScan(tinyJob(t), "breakeven", texts, ranges{optional: true, values: 9}, 0)
	if err != nil {
		t.Fatal(err)
	}
	w := &breakingEven{scan: s, measure: &outcome.All[0]}
	var draws []sensitivity.Draws
	for n := range w.design.Points() {
		e := f(w.design.At(n)...) / 100 // per 100 cases
		var d sensitivity.Draws
		for _, b := range []float64{-spread / 100, spread / 100} {
			d = append(d, sensitivity.Sums{10, 50, 10 + 50*(e+b), 50})
		}
		draws = append(draws, d)
	}
	return w, draws
}

// TestBreakevenSentence: the sentence has the direction on today's side, the value, the
// interval and the distance from today. Catches "lowers" where the effect today raises.
func TestBreakevenSentence(t *testing.T) {
	for _, c := range []struct {
		text   string
		spread float64
		f      func(x float64) float64
		want   string
	}{
		{"strength.clarify=0:1:5", 0, func(x float64) float64 { return x - .75 },
			"on average over what else is assumed, with lowers missteps unless strength.clarify exceeds 0.75 (0.75 to 0.75), " +
				"50 % above the assumed 0.5"},
		{"strength.clarify=0:1:5", 0, func(x float64) float64 { return .75 - x },
			"on average over what else is assumed, with raises missteps unless strength.clarify exceeds 0.75 (0.75 to 0.75), " +
				"50 % above the assumed 0.5"},
		{"strength.clarify=0:1:5", 0, func(x float64) float64 { return x - .25 },
			"on average over what else is assumed, with raises missteps unless strength.clarify is below 0.25 (0.25 to 0.25), " +
				"50 % below the assumed 0.5"},
		{"strength.clarify=0:1:5", 0, func(x float64) float64 { return (x - .3) * (x - .9) },
			"the sign changes 2 times in the range"},
		{"strength.clarify=0:1:5", .3, func(x float64) float64 { return x - .75 },
			"where along strength.clarify the effect of with on missteps changes its sign is not told from the assumed 0.5: " +
				"on average over what else is assumed it crosses zero at 0.75 (0.45 to above 1)"},
		{"strength.clarify=0:1:5", .3, func(x float64) float64 { return x - .85 },
			"exceeds 0.85 (0.55 to above 1), 70 % above"},
		{"strength.clarify=0:1:5", .1, func(x float64) float64 { return -1 - x },
			"with lowers missteps at every value of strength.clarify from 0 to 1: −1.0 (−1.1 to −0.9) at 0, −2.0 " +
				"(−2.1 to −1.9) at 1"},
		{"strength.clarify=0:1:5", .1, func(x float64) float64 { return .05 + x },
			"on average over what else is assumed, with raises missteps at every value of strength.clarify from 0 to 1, " +
				"within the error of zero at 1 of 5: "},
		{"strength.clarify=0:1:5", 2, func(x float64) float64 { return .1 + x/10 },
			"what with does to missteps is within the error of zero at every value of strength.clarify from 0 to 1: " +
				"0 (−2 to +2) at 0, 0 (−2 to +2) at 1"},
		{"strength.clarify=0:1:5", 0, func(float64) float64 { return 0 },
			"with changes missteps nowhere from 0 to 1 of strength.clarify"},
		{"strength.clarify=0:1:5", 0, func(x float64) float64 { return math.Max(0, x-.5) },
			"with raises missteps at every value of strength.clarify from 0 to 1 at which anything differs"},
		{"strength.clarify=0:1:5", 2, func(x float64) float64 { return x - .75 },
			"where along strength.clarify the effect of with on missteps changes its sign is not known: the estimate crosses " +
				"zero at 0.75, and its 95\u00a0% interval leaves the range from 0 to 1"},
		{"evidence.gap=100d:300d:3", 0, func(x float64) float64 { return x - 150 }, "evidence.gap"},
	} {
		_, r := crafted(t, []string{c.text}, c.spread, func(x ...float64) float64 { return c.f(x[0]) })
		if !strings.Contains(r.Sentence, c.want) {
			t.Errorf("%s: %q, want %q", c.text, r.Sentence, c.want)
		}
	}
	w, r := crafted(t, []string{"strength.clarify=0:1:5"}, 0, func(x ...float64) float64 { return -1 })
	for treatment, want := range map[string]string{"with-crisis-line": "the crisis line lowers",
		"with-talks": "the talks lower", "as-it-was": "as-it-was lowers", "with-": "with- lowers"} {
		if r.Treatment = treatment; !strings.HasPrefix(w.sentence(r, (*varied).label),
			"on average over what else is assumed, "+want+" missteps") {
			t.Errorf("%s: %s, want %s", treatment, w.sentence(r, (*varied).label), want)
		}
	}
}

// TestBreakevenPictureClaimsNoPlace: a crossing that may lie on either side of the range
// has no mark; the title says that a sign changes only where it does.
func TestBreakevenPictureClaimsNoPlace(t *testing.T) {
	for _, c := range []struct {
		spread, zero float64
		marks        int
		title        string
	}{{.1, .75, 1, ""}, {2, .75, 0, "The effect on missteps along one number"},
		{.1, 9, 0, "The effect on missteps along one number"}} {
		w, r := crafted(t, []string{"strength.clarify=0:1:5"}, c.spread, func(x ...float64) float64 { return x[0] - c.zero })
		if p := w.picture(r); len(p.Crossings) != c.marks || p.Title != c.title {
			t.Errorf("%+v: %+v, %q", c, p.Crossings, p.Title)
		}
	}
}

// TestBreakevenMass: the share of what is believed of a number below the crossing is
// that of its distribution; effects carry the factor of the measure.
func TestBreakevenMass(t *testing.T) {
	_, r := crafted(t, []string{"strength.clarify=0:1:5"}, .1, func(x ...float64) float64 { return x[0] - .75 })
	if len(r.Crossings) != 1 || math.Abs(r.Crossings[0].Below.Value-.75) > 1e-9 || r.Crossings[0].Below.Low >= .75 ||
		r.Crossings[0].Below.High <= .75 || !r.Crossings[0].Rising {
		t.Errorf("%+v", r.Crossings)
	}
	if e := r.Effects[4]; math.Abs(e.Value-.25) > 1e-9 || e.Low >= .25 || e.Values[0] != 1 {
		t.Errorf("%+v", e)
	}
	if text := string(breakevenCSV(r)); !strings.HasPrefix(text, "strength.clarify,effect,low,high\n0,-0.75") ||
		strings.Count(text, "\n") != 6 {
		t.Error(text)
	}
	_, fixed := crafted(t, []string{"reply.delay=1d:9d:3"}, 0, func(x ...float64) float64 { return x[0] - 4 })
	if !fixed.Crossings[0].NoPrior || !fixed.Numbers[0].Fixed || fixed.Numbers[0].Today != 7 {
		t.Errorf("%+v", fixed)
	}
}

// TestBreakevenOverTwo: rows and columns keep their numbers; the share is that of two
// uniform priors. Catches a transposed grid: the effect counts the second number twice.
func TestBreakevenOverTwo(t *testing.T) {
	w, r := crafted(t, []string{"strength.clarify=0:1:3", "strength.delay=0:1:5"}, .02,
		func(x ...float64) float64 { return x[0] + 2*x[1] - 1 })
	if r.Above == nil || math.Abs(r.Above.Value-.75) > .02 {
		t.Errorf("above: %+v", r.Above)
	}
	for _, e := range r.Effects {
		if want := e.Values[0] + 2*e.Values[1] - 1; math.Abs(e.Value-want) > 1e-9 {
			t.Errorf("%+v, want %v", e, want)
		}
	}
	if !strings.Contains(r.Sentence, "with raises missteps over 75 % (") ||
		!strings.Contains(r.Sentence, "of what is believed of strength.clarify and strength.delay") {
		t.Error(r.Sentence)
	}
	p := w.picture(r)
	if len(p.Effects) != 5 || len(p.Effects[0]) != 3 || math.Abs(p.Effects[4][0].Value-1) > 1e-9 || len(p.Contour) == 0 {
		t.Errorf("%+v", p)
	}
	_, one := crafted(t, []string{"strength.clarify=0:1:3", "strength.delay=0:1:3"}, 0,
		func(x ...float64) float64 { return -1 - x[0] })
	if one.Sentence != "on average over what else is assumed, with lowers missteps at 9 of 9 points of "+
		"strength.clarify and strength.delay, from −2.00 (−2.00 to −2.00) to −1.00 (−1.00 to −1.00); at 9 zero is outside "+
		"the interval" {
		t.Error(one.Sentence)
	}
	_, none := crafted(t, []string{"strength.clarify=0:1:3", "strength.delay=0:1:3"}, 0,
		func(x ...float64) float64 { return 0 })
	if none.Sentence != "with changes missteps nowhere in the ranges of strength.clarify and strength.delay" {
		t.Error(none.Sentence)
	}
	_, fixed := crafted(t, []string{"strength.clarify=0:1:3", "reply.delay=1d:9d:3"}, 0,
		func(x ...float64) float64 { return x[0] - .6 })
	if fixed.Above != nil ||
		fixed.Sentence != "on average over what else is assumed, with raises missteps at 3 of 9 points of strength.clarify "+
			"and reply.delay, and at 6 the other way, from −0.60 (−0.60 to −0.60) to +0.40 (+0.40 to +0.40); "+
			"at 9 zero is outside the interval" {
		t.Error(fixed.Sentence)
	}
}

// TestBreakevenIsDeterministic: resampling hangs on the seed alone.
func TestBreakevenIsDeterministic(t *testing.T) {
	w, draws := craftedDraws(t, []string{"strength.clarify=0:1:5"}, 0, func(x ...float64) float64 { return x[0] - .75 })
	for n := range draws {
		for i := range 20 {
			d := draws[n][0]
			d[2] += math.Sin(float64(i)) / 5
			draws[n] = append(draws[n], d)
		}
	}
	a := string(say.JSON(w.result(draws)))
	if string(say.JSON(w.result(draws))) != a {
		t.Error("two results differ")
	}
	w.run.Plan.Seed = 99
	if string(say.JSON(w.result(draws))) == a {
		t.Error("the seed does not matter")
	}
}
