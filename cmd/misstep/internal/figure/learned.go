package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// LearnedInput is what the figure learned is made from.
type LearnedInput struct {
	Title      string   // a standard one where empty
	Subtitle   []string // parts: what was fitted, particles, effective size, seed
	Source     string   // the source line; a standard one where empty
	Parameters []LearnedParameter
}

// LearnedParameter is a number before and after the fit.
type LearnedParameter struct {
	Name        string     // its path: "choice.price"
	Label       string     // what the figure writes; the name where empty
	Unit        string     // "d"; for the CSV
	Prior       [3]float64 // [Unit] 5, 50 and 95 % of the prior; for the CSV
	Post        [5]float64 // [Unit] 5, 25, 50, 75 and 95 % of the posterior; for the CSV
	Percentile  [5]float64 // the same of the posterior, as shares of the prior below them, 0 to 1
	Contraction float64    // 1 − sd of the posterior over sd of the prior, on the prior's normal scores
	InformedBy  []string   // targets: "T26", "T12"
}

// silentBelow is the contraction under which the record is said to be silent.
const silentBelow = 0.10

// Learned draws the posterior of each number on the percentiles of its prior, the
// most contracted first; the numbers on which the record is silent stand below a
// line, as text where they are many. The files are learned.svg, learned.png and
// learned.pdf, as the options ask, and learned.csv. It fails on options that cannot
// be drawn.
func Learned(in *LearnedInput, o Options) ([]File, error) {
	return drawAlone("learned", newLearned(in), o)
}

// LearnedAlt is the text that stands for the figure learned where it cannot be seen.
func LearnedAlt(in *LearnedInput) string { return newLearned(in).words().alt }

// learned shows where the record narrowed the prior, and where it says nothing.
type learned struct {
	in             *LearnedInput
	taught, silent []LearnedParameter // by contraction, the largest first
	unknown        int                // contractions that are no number; among the silent
}

func newLearned(in *LearnedInput) *learned {
	l := &learned{in: orEmpty(in)}
	for _, q := range l.in.Parameters {
		q.Label = cmp.Or(q.Label, q.Name)
		for i, u := range q.Percentile {
			if !chart.Finite(u) || i > 0 && !(u >= q.Percentile[i-1]) {
				nan := math.NaN()
				q.Percentile = [5]float64{nan, nan, nan, nan, nan}
				break
			}
			q.Percentile[i] = min(max(u, 0), 1)
		}
		q.Contraction = drawable(q.Contraction)
		switch {
		case q.Contraction >= silentBelow:
			l.taught = append(l.taught, q)
		case !chart.Finite(q.Contraction):
			l.unknown++
			fallthrough
		default:
			l.silent = append(l.silent, q)
		}
	}
	for _, list := range [][]LearnedParameter{l.taught, l.silent} {
		slices.SortStableFunc(list, func(a, b LearnedParameter) int { // the largest first; NaN is the smallest
			return cmp.Or(cmp.Compare(b.Contraction, a.Contraction), cmp.Compare(a.Name, b.Name))
		})
	}
	return l
}

// contraction writes a contraction; one under the limit is not rounded up to it.
func contraction(v float64) string {
	switch s := chart.Fixed(100*v, 0); {
	case !chart.Finite(v):
		return "n/a"
	case v < silentBelow && s == chart.Fixed(100*silentBelow, 0):
		return "<\u00a0" + s + "\u00a0%"
	default:
		return s + "\u00a0%"
	}
}

// result is the line above the rows. The figure may be given only the numbers that a
// posterior keeps, so that the count is of those and no measure of the record.
func (l *learned) result() string {
	if n := len(l.taught); len(l.silent) > 0 {
		return fmt.Sprintf("The record narrows %d of these %d numbers by 10\u00a0%% or more", n, n+len(l.silent))
	} else if n != 1 {
		return fmt.Sprintf("%d numbers that the record narrows by 10\u00a0%% or more, the most first", n)
	}
	return "1 number that the record narrows by 10\u00a0% or more"
}

func (l *learned) words() words {
	source := cmp.Or(l.in.Source, "Source: misstep, model output, no forecast; posterior given the public record.")
	w := wordsOf(l.in.Title, l.in.Subtitle, source, "50 and 90\u00a0% intervals")
	if w.title == "" {
		w.title = "What the record teaches about the numbers"
		if len(l.silent) > 0 {
			w.title += ", and what it does not"
		}
	}
	if len(l.taught)+len(l.silent) == 0 {
		w.alt = "No number in this fit."
		return w
	}
	parts := []string{l.result()}
	for _, q := range l.taught {
		s := q.Label + " by " + contraction(q.Contraction)
		if len(q.InformedBy) > 0 {
			s += " (" + strings.Join(q.InformedBy, ", ") + ")"
		}
		parts = append(parts, s)
	}
	if n := len(l.silent); n > 0 {
		parts = append(parts, fmt.Sprintf("the record is silent on %d", n))
	}
	w.alt = strings.Join(parts, "; ") + "."
	return w
}

func (l *learned) table() table {
	t := newTable("parameter", "label", "unit", "contraction", "silent", "informed_by",
		"prior_p5", "prior_p50", "prior_p95",
		"posterior_p5", "posterior_p25", "posterior_p50", "posterior_p75", "posterior_p95",
		"percentile_p5", "percentile_p25", "percentile_p50", "percentile_p75", "percentile_p95")
	for i, q := range slices.Concat(l.taught, l.silent) {
		cells := []any{q.Name, q.Label, q.Unit, q.Contraction, i >= len(l.taught), strings.Join(q.InformedBy, " ")}
		for _, v := range slices.Concat(q.Prior[:], q.Post[:], q.Percentile[:]) {
			cells = append(cells, v)
		}
		t.add(cells...)
	}
	return t
}
