package decide

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// steps are those of a line.
const steps = 40

// picture is what the figure is drawn from.
func (d *decided) picture() *figure.DecideInput {
	r := d.report
	in := &figure.DecideInput{Title: say.Capital(doing(say.Arm(r.At[0].Arms[1].Name))) + " pay?", Finding: first(r.Answer),
		Baseline: r.Baseline, Delta: r.Delta, Varied: say.Measure(r.Varied),
		Subtitle: []string{r.Title, "weights: " + d.unit(), figure.Played(r.Draws, r.Replicates),
			fmt.Sprintf("seed %d", r.Seed)}}
	if d.summary.Headline.Calibrated {
		in.Rests = "drawn from the posterior, mechanisms from assumptions"
	}
	to := r.At[len(r.At)-1].Weight
	if t := &r.Turns[0]; t.Resolved {
		in.Turn = &figure.Ranged{Value: t.Value, Low: t.Low, High: t.High}
		to = max(to, 1.15*t.High)
	}
	if to == 0 {
		to = 1
	}
	for i := range steps + 1 {
		in.Weights = append(in.Weights, float64(to*float64(i))/steps)
	}
	for c, arm := range r.At[0].Arms[1:] {
		l := figure.PaysLine{Arm: arm.Name}
		for _, w := range in.Weights {
			value, half := d.sample.Benefit(c, w)
			l.Values = append(l.Values, figure.Ranged{Value: value, Low: value - half, High: value + half})
		}
		in.Lines = append(in.Lines, l)
	}
	for i := range r.At {
		a := &r.At[i]
		x := figure.PaysRow{Weight: a.Weight, Value: a.Arms[1].Value, Half: a.Arms[1].Half, Low: a.Arms[1].Low,
			High: a.Arms[1].High, Resolved: a.Told, Pays: math.NaN(), Costs: math.NaN(), Without: math.NaN(), With: math.NaN()}
		if s := a.Arms[1].Shares; s != nil {
			x.Pays, x.Costs = s.Better.Value, s.Worse.Value
		}
		if a.Told {
			x.Without, x.With = a.Arms[0].Regret.Mean, a.Arms[1].Regret.Mean
		}
		in.Rows = append(in.Rows, x)
	}
	return in
}

func first(text string) string {
	s, _, more := strings.Cut(text, ". ")
	if more {
		s += "."
	}
	return s
}

// doing asks about a lever: does the forum, do talks.
func doing(lever string) string {
	if say.Plural(lever) {
		return "do " + lever
	}
	return "does " + lever
}
