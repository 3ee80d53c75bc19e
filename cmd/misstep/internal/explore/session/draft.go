package session

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
	"github.com/misstep/misstep/model/summary"
)

//go:embed draft.tmpl
var draftText string

var draftSays = template.Must(template.New("").Parse(draftText))

// draft is the stored answer, where it is about these arms, and how far a few of its futures moved: those of at. It has
// levels and no difference, which is noise in so few futures.
func (s *Session) draft(o *opened, t *taken, at [][]byte) (*Answer, error) {
	sum := summary.Of(t.sums)
	words, c := answer.Of(sum), &sum.Contrasts[0]
	a := &Answer{Level: Draft, Arms: [2]string{c.Baseline, c.Treatment}, Heads: words.Versions, Title: words.Title,
		Asked: words.Asked, Sample: words.Sample, Unit: words.Unit, Curves: curvesOf(sum)}
	d := &drafted{from: t.sums}
	if stored := s.source.Stored; stored != nil && stored.Arms == a.Arms && len(at) > 0 {
		home := s.shipped
		home.Arms, home.Seed = o.state.Arms, o.state.Seed
		before, err := s.open(home)
		if err != nil {
			return nil, err
		}
		if before.drafted == nil { // what a state brings is always the same
			was, err := before.take(Draft, at)
			if err != nil {
				return nil, err
			}
			before.drafted = &drafted{was: was.sums, wasCurves: curvesOf(summary.Of(was.sums))}
		}
		d.stored, d.was, d.wasCurves = stored, before.drafted.was, before.drafted.wasCurves
		a.Unit = stored.Unit
	}
	for i := range words.Rows {
		if m := c.Measure(words.Rows[i].ID); m != nil {
			a.Rows = append(a.Rows, d.row(m, i == 0))
		}
	}
	inFront(a.Rows)
	d.curves(a.Curves)
	a.say(c.Treatment)
	return a, nil
}

// drafted is what a draft counts with.
type drafted struct {
	from      *experiment.Sums // of the state
	was       *experiment.Sums // of the shipped state; nil for none
	wasCurves []Curve
	stored    *Answer
}

// say puts the draft into words.
func (a *Answer) say(treatment string) {
	if len(a.Rows) == 0 {
		return
	}
	r := &a.Rows[0]
	data := map[string]any{"Missteps": r.ID == outcome.Default, "Name": say.Capital(say.Measure(r.ID)), "Unit": a.Unit,
		"Baseline": r.Baseline.Text, "Error": r.Baseline.Error, "Lever": say.InArm(treatment),
		"Treatment": r.Treatment.Text, "OtherError": r.Treatment.Error}
	words := func(name string) string { return strings.Join(strings.Fields(say.Text(draftSays, name, data)), " ") }
	a.Says, a.Last = []string{words("draft")}, words("last")
}

// row is an outcome in both arms: its stored level and how far it moved, with the error of both together.
func (d *drafted) row(m *summary.Measure, headline bool) Row {
	r := Row{ID: m.ID, Label: answer.LabelOf(m), Key: headline || slices.Contains(beside, m.ID)}
	var stored *Row
	if d.stored != nil {
		if i := slices.IndexFunc(d.stored.Rows, func(x Row) bool { return x.ID == m.ID }); i >= 0 {
			stored = &d.stored.Rows[i]
		}
	}
	at, digits := outcome.Index(m.ID), answer.SectionDigits(m)
	drawn := summary.Measure{Unit: m.Unit}
	for arm, v := range [2]*Value{&r.Baseline, &r.Treatment} {
		level, half := d.level(at, arm)
		if stored != nil {
			was := [2]*Value{&stored.Baseline, &stored.Treatment}[arm]
			level = max(0, level+was.Value)
			if m.Unit == outcome.Probability {
				level = min(100, level)
			}
			if was.Half != nil {
				half = math.Sqrt(float64(half*half) + float64(*was.Half**was.Half))
			}
		}
		[2]*summary.Estimate{&drawn.Baseline, &drawn.Treatment}[arm].Value = level / say.Factor(m.Unit)
		*v = Value{Text: say.Number(level, digits), Value: level, Half: &half, Error: "±" + say.Number(half, digits)}
	}
	if answer.IsRare(&drawn) {
		r.Baseline.Text, r.Treatment.Text = say.Odds(drawn.Baseline.Value), say.Odds(drawn.Treatment.Value)
	}
	return r
}

// level is an outcome in an arm [in the unit of its row] or, where there is a stored one, how far it moved, with a
// half-width of 95 %: draws are taken for the sample that they are, of all that a fine answer plays.
func (d *drafted) level(measure, arm int) (value, half float64) {
	now, residual := ratioOf(d.from, measure, arm)
	if d.was != nil && d.stored != nil {
		was, before := ratioOf(d.was, measure, arm)
		now -= was
		for i := range residual {
			residual[i] -= before[i]
		}
	}
	n, sum := float64(len(residual)), 0.0
	for _, x := range residual {
		sum += float64(x * x)
	}
	factor := outcome.All[measure].Factor
	if o := &outcome.All[measure]; o.Unit == outcome.Probability {
		factor = 100
	}
	if n > 1 {
		half = factor * float64(stat.Z95*math.Sqrt(sum/(n*(n-1))))
	}
	return factor * now, half
}

// ratioOf is an outcome in an arm over all draws, and what each draw adds to its error.
func ratioOf(s *experiment.Sums, measure, arm int) (value float64, residual []float64) {
	num, den, draws := 0.0, 0.0, [][2]float64{}
	for _, x := range s.Contrasts[0].All() {
		m := x.Measures[measure].Sum
		draws = append(draws, [2]float64{m[2*arm], m[2*arm+1]})
		num, den = num+m[2*arm], den+m[2*arm+1]
	}
	residual = make([]float64, len(draws))
	if den == 0 {
		return 0, residual
	}
	value = num / den
	for i, x := range draws {
		residual[i] = (x[0] - float64(value*x[1])) / (den / float64(len(draws)))
	}
	return value, residual
}

// curves moves the stored curves as far as the few futures moved theirs. Bands and difference are not known.
func (d *drafted) curves(curves []Curve) {
	for i := range curves {
		c := &curves[i]
		c.Difference = nil
		for arm := range c.Arms {
			b := &c.Arms[arm]
			b.MCLow, b.MCHigh, b.Low, b.High = nil, nil, nil, nil
			if d.stored == nil || i >= len(d.stored.Curves) || i >= len(d.wasCurves) ||
				!slices.Equal(d.stored.Curves[i].Days, c.Days) { // of another window
				continue
			}
			from, was := d.stored.Curves[i].Arms[arm].Value, d.wasCurves[i].Arms[arm].Value
			if len(from) != len(b.Value) || len(was) != len(b.Value) {
				continue
			}
			before := 0.0 // what has happened stays so
			for t, x := range b.Value {
				before = min(1, max(before, from[t]+x-was[t]))
				b.Value[t] = before
			}
		}
	}
}
