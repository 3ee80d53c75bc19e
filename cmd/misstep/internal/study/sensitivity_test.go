package study

import (
	"fmt"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/sensitivity"
)

// shown is a report of two leading numbers and a group, with indices that are easy to
// recognise, on two sizes.
func shown(t *testing.T) (*studying, *sensitivity.Report) {
	t.Helper()
	j := tinyJob(t)
	w := &studying{run: j}
	var err error
	o := sensitivity.Options{Replicates: 4, Trajectories: 2, Rows: 8, Leading: 2,
		Measures: []int{outcome.Index("missteps")}}
	if w.study, err = sensitivity.NewStudy(j.Plan, o); err != nil {
		t.Fatal(err)
	}
	w.inputs = sensitivityInputs{Options: o}
	n := len(w.study.Space.Inputs)
	r := &sensitivity.Result{}
	for i := range n {
		r.Order = append(r.Order, n-1-i)
	}
	r.Groups = [][]int{{n - 1}, {n - 2}, r.Order[2:]}
	index := func(x float64) sensitivity.Index {
		return sensitivity.Index{Value: x, Low: sensitivity.End(x - .1), High: sensitivity.End(x + .1)}
	}
	step := func(rows int, x float64) sensitivity.Indices {
		return sensitivity.Indices{Rows: rows, Mean: 3, Variance: index(1), Noise: .25, Resolved: true,
			First: []sensitivity.Index{index(x), index(.2), index(.1)},
			Total: []sensitivity.Index{index(.6), index(.3), index(.2)}}
	}
	for k := range 3 {
		var effects []sensitivity.Effect
		for i := range n {
			effects = append(effects,
				sensitivity.Effect{Mean: float64(k), MeanAbs: float64(i), SD: 1, RMS: float64(i), Noise: .5})
		}
		r.Effects = append(r.Effects, effects)
		r.Indices = append(r.Indices, []sensitivity.Indices{step(4, .4), step(8, .5)})
	}
	r.Indices[2][1] = sensitivity.Indices{Rows: 8} // the effect is not resolved
	return w, w.study.Report(r)
}

// others is the label of the group beside the two numbers that lead.
func others(r *sensitivity.Report) string { return fmt.Sprintf("%d others together", r.Uncertain-2) }

// TestSensitivityReport: numbers come in their rank, with the effects and indices that
// are theirs; a group has its size. Catches effects in the order of the scenario.
func TestSensitivityReport(t *testing.T) {
	w, r := shown(t)
	n := len(w.study.Space.Inputs)
	if r.Numbers[0].Path != w.study.Space.Inputs[n-1].Path || r.Outputs[1].Screening[0].RMS != float64(n-1) ||
		r.Outputs[1].Quantity != sensitivity.Treatment {
		t.Errorf("%+v", r.Numbers[0])
	}
	if g := r.Groups; len(g) != 3 || g[2].Numbers != n-2 || g[2].Label != others(r) || g[0].Label != r.Numbers[0].Path {
		t.Errorf("%+v", g)
	}
	if s := r.Outputs[0].Last(); s.Rows != 8 || s.First[0].Value != .5 || s.NoiseShare() != .2 {
		t.Errorf("%+v", s)
	}
	if s := r.Outputs[2].Last(); s.Resolved || s.NoiseShare() != 1 || len(s.First) != 0 {
		t.Errorf("%+v", s)
	}
	if m, _ := r.Outputs[0].Moved(); m < .0999 || m > .1001 {
		t.Errorf("moved by %v", m)
	}
}

// TestSensitivityLines: the screen says the shares with their ends, how far they moved,
// and what is not resolved.
func TestSensitivityLines(t *testing.T) {
	_, r := shown(t)
	lines := func(show func(*say.Screen, *sensitivity.Report, *sensitivity.OutputReport), k int) []string {
		var s say.Screen
		show(&s, r, &r.Outputs[k])
		return s.Lines()
	}
	text := strings.Join(lines(showIndices, 0), "\n")
	for _, part := range []string{" missteps, without, per 100 cases ", "0.50 [0.40, 0.60]", "0.60 [0.50, 0.70]",
		others(r), "noise is 20 % of the variance", "from 4 to 8 rows no index moves by more than\n   0.10"} {
		if !strings.Contains(text, part) {
			t.Errorf("lacks %q:\n%s", part, text)
		}
	}
	if text := strings.Join(lines(showIndices, 2), "\n"); !strings.Contains(text,
		"effect on missteps, per 100 cases: the numbers move it by less than the Monte Carlo error") {
		t.Error(text)
	}
	if strings.Contains(text, "the others together") {
		t.Error("the others do not lead")
	}
	r.Outputs[0].Last().Total[2].Value = .61
	if more := strings.Join(lines(showIndices, 0), " "); !strings.Contains(more,
		"the others together move it more than any number listed") {
		t.Error(more)
	}
	rows := lines(showScreening, 1)
	if len(rows) != 1+screenRows || !strings.Contains(rows[0], "missteps, with, per 100 cases") ||
		!strings.Contains(rows[1], fmt.Sprintf(" %d.00 ", r.Uncertain-1)) {
		t.Errorf("%q", rows[:2])
	}
	for _, l := range append(rows, strings.Split(text, "\n")...) {
		if n := len([]rune(l)); n > say.Width {
			t.Errorf("%d columns: %q", n, l)
		}
	}
}

// TestSensitivityTables: a row for every number and output, and for every group, output
// and size; what is not resolved is empty.
func TestSensitivityTables(t *testing.T) {
	w, r := shown(t)
	if n := strings.Count(string(screeningCSV(r)), "\n"); n != 1+3*len(w.study.Space.Inputs) {
		t.Errorf("%d rows of the screening", n)
	}
	text := string(indicesCSV(r))
	if strings.Count(text, "\n") != 1+3*2*3 || !strings.Contains(text, "missteps,effect,8,"+others(r)+",,,,,,,0,0\n") ||
		!strings.Contains(text, "missteps,baseline,8,"+r.Groups[0].Label+",0.5,0.4,0.6,0.6,0.5,0.7,1,0.25\n") {
		t.Error(text)
	}
}

// TestSensitivityPicture: the effect stands first; a screening has its effects.
func TestSensitivityPicture(t *testing.T) {
	w, r := shown(t)
	in := w.picture(r)
	if len(in.Panels) != 2 || in.Panels[0].Label != "effect on missteps" || in.Panels[0].Resolved ||
		in.Panels[1].Noise != .2 || in.Panels[0].Moved >= 0 {
		t.Errorf("%+v", in.Panels)
	}
	if len(in.Rows) != 3 || !in.Rows[2].Group || in.Rows[0].Total[1].Value != .6 || in.Rows[0].First[0].Value != 0 {
		t.Errorf("%+v", in.Rows)
	}
	if in.Rows[0].Plain != say.NumberAt(r.Groups[0].Label) || in.Rows[0].Label != say.ShortPath(r.Groups[0].Label) ||
		in.Rows[2].Plain != "" {
		t.Errorf("names %+v", in.Rows)
	}
	if want := fmt.Sprintf("%s futures (%s sets of assumptions × 4)", say.Thousands(4*r.Points),
		say.Thousands(r.Points)); in.Subtitle[2] != want {
		t.Errorf("%q, want %q", in.Subtitle, want)
	}
	r.Groups = nil
	if in = w.picture(r); in.Rows[1].Plain != say.NumberAt(r.Numbers[1].Path) {
		t.Errorf("a screening names %+v", in.Rows[1])
	}
	if !in.Screening || len(in.Rows) != screenRows || in.Rows[1].Total[0].Value != float64(r.Uncertain-2) {
		t.Errorf("%+v", in.Rows)
	}
}
