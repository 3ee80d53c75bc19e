package screen

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
	"pgregory.net/rapid"
)

// conditionedView is a screen of a run on a posterior that knows one of its numbers.
func conditionedView() *View {
	v := inventedView()
	v.Summary.Contrasts = v.Summary.Contrasts[:1]
	s := v.Run.Scenario
	s.Joint = scenario.NewJoint([]int{2, 3}, [][]float64{{.1, .3}, {.12, .7}}, []float64{1, 1},
		[]scenario.Learned{{Contraction: .4, InformedBy: []string{"T26"}, Prior: scenario.FromPrior},
			{Silent: true, Prior: scenario.FromPrior}})
	for _, i := range s.Joint.Slots {
		s.Slots[i].Origin = scenario.FromPosterior
	}
	h := &v.Summary.Headline
	h.Calibrated = true
	h.Prior = &summary.Prior{Replicates: 16, Baseline: small.Est(4.5, .1, .9, 10), Treatment: small.Est(4, .1, .9, 9),
		Difference: small.Est(-.3, .08, -1.2, .4)}
	return v
}

// TestScreenPrior: the headline before the record, and that no record speaks to the difference. Catches a posterior
// that moves the level and passes for knowledge of the difference.
func TestScreenPrior(t *testing.T) {
	const counts = "The difference rests on assumptions: no record observes a false belief. 2 of 3 uncertain numbers " +
		"are drawn from the posterior, which narrows 1; 1 of all 4 numbers have only an assumption behind them " +
		"(misstep params)."
	for _, c := range []struct {
		name   string
		change func(v *View)
		want   string
		not    string
	}{
		{"conditioned", func(*View) {},
			"Before the record, from 16 replicates a draw: 4.50 → 4.00, −0.30 ±0.08 [−1.20, +0.40]. " + counts, "narrow the"},
		{"prior unresolved", func(v *View) { v.Summary.Headline.Prior.Difference = small.Est(-.3, .08, -.3, -.3) },
			"−0.30 ±0.08 [not resolved].", ""},
		{"a probability", func(v *View) {
			v.Summary.Headline.Measure = "any_misstep"
			v.Summary.Headline.Prior.Difference = small.Est(-.02, .01, -.05, .01)
		}, "−2.0 ±1.0 [−5.0, +1.0].", ""},
		{"one arm", func(v *View) {
			v.Summary.Contrasts, v.Summary.Headline.Prior, v.Summary.Arms = nil, nil, v.Summary.Arms[:1]
		}, counts, "Before the record"},
		{"identical arms", func(v *View) { v.Summary.Contrasts[0].Pairing = summary.Pairing{Identical: true} }, counts,
			"Before the record"},
		{"no posterior", func(v *View) { v.Run.Scenario.Joint, v.Summary.Headline.Calibrated = nil, false },
			"Not calibrated: the headline rests on priors and assumptions. 1 of 4", "posterior"},
	} {
		v := conditionedView()
		c.change(v)
		got := strings.Join(strings.Fields(strings.ReplaceAll(v.String(), "\u00a0", " ")), " ")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: lacks %q:\n%s", c.name, c.want, v.String())
		}
		if c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: has %q:\n%s", c.name, c.not, v.String())
		}
	}
}

// TestScreenPriorGolden: the whole of what the screen says of a conditioned run.
func TestScreenPriorGolden(t *testing.T) {
	clitest.Golden(t, "screen-posterior.txt", strings.Join(linesOf(conditionedView().basis), "\n")+"\n")
}

// TestTitleOfPoint: a single draw says that it stays at the defaults, where there is a
// posterior that it could have been taken for.
func TestTitleOfPoint(t *testing.T) {
	v := inventedView()
	v.Run.Plan.Draws = 1
	if got := strings.Join(linesOf(v.title), " "); strings.Contains(got, "defaults") {
		t.Error(got)
	}
	v.Run.Learned.Posterior = small.Posterior(t)
	if got := strings.Join(linesOf(v.title), " "); !strings.HasSuffix(got, "seed 1, at the defaults") {
		t.Error(got)
	}
	v.Run.Plan.Draws = 2
	if got := strings.Join(linesOf(v.title), " "); strings.Contains(got, "defaults") {
		t.Error(got)
	}
}

// TestScreenPriorWidth: whatever the numbers, the lines fit and hold no NaN.
func TestScreenPriorWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := conditionedView()
		x := func() float64 { return rapid.Float64Range(-1e5, 1e5).Draw(t, "x") }
		p := v.Summary.Headline.Prior
		p.Difference = small.Est(x(), x()*x(), x(), x())
		v.Summary.Headline.Measure = rapid.SampledFrom([]string{"missteps", "any_misstep", "reach_r8", "nothing"}).Draw(t,
			"measure")
		for _, line := range linesOf(v.basis) {
			if utf8.RuneCountInString(line) > say.TableWidth || strings.Contains(line, "NaN") || strings.Contains(line, "%!") {
				t.Errorf("%q", line)
			}
		}
	})
}
