package hub

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/elem"
)

// Scores are those of one prediction; measures of the other type are NaN.
type Scores struct {
	Log   float64 // ln p of what came [Good1952]; ≤ 0, higher is better, −∞ where it was called impossible
	Brier float64 // Σ (p − o)² over all categories [Brier1950]; 0 to 2, lower is better
	RPS   float64 // Σ (P − O)² over all but the last category in their order [Epstein1969]; lower is better
	WIS   float64 // weighted interval score [Bracher2021], see [ScoreQuantiles]; lower is better

	Inside map[string]bool // by central interval that the levels span, such as "90 %": does it hold what came
}

// ScorePMF scores probabilities of categories of which one came.
func ScorePMF(p []float64, came int) Scores {
	s := Scores{Log: elem.Log(p[came]), WIS: math.NaN()}
	if p[came] == 0 {
		s.Log = math.Inf(-1)
	}
	up := 0.0
	for i, x := range p {
		o, upTo := 0.0, 0.0
		if i == came {
			o = 1
		}
		if i >= came {
			upTo = 1
		}
		up += x
		s.Brier += float64((x - o) * (x - o))
		if i < len(p)-1 {
			s.RPS += float64((up - upTo) * (up - upTo))
		}
	}
	return s
}

// ScoreQuantiles scores quantiles at rising levels against the number that came. With a median and K central intervals
// the score is
//
//	WIS = (½ |y − m| + Σ α/2 · IS_α) / (K + ½)
//
// the mean over the 2K + 1 levels τ of 2 (1{y ≤ q} − τ)(q − y), which is defined for any levels.
func ScoreQuantiles(levels, q []float64, y float64) Scores {
	s := Scores{Log: math.NaN(), Brier: math.NaN(), RPS: math.NaN(), Inside: map[string]bool{}}
	for i, tau := range levels {
		below := 0.0
		if y <= q[i] {
			below = 1
		}
		s.WIS += float64(2*(below-tau)*(q[i]-y)) / float64(len(levels))
		k := len(levels) - 1 - i
		if i < k && math.Abs(tau+levels[k]-1) < 1e-9 {
			s.Inside[fmt.Sprintf("%.6g %%", 100*(levels[k]-tau))] = q[i] <= y && y <= q[k]
		}
	}
	return s
}

// Scored is a prediction with what came and its scores.
type Scored struct {
	*Prediction
	Came   string // the category, or the number
	Scores Scores
	Base   *Scores // of the baseline; nil where it says nothing of this task
}

// Score scores the predictions of which the outcome is known, against a baseline: another output, or nil for equal
// probabilities of all categories and none for quantiles. missing is how many predictions have no outcome. The error
// names an outcome, or a prediction of the baseline, that does not fit the output.
func Score(out *Output, came *Outcomes, base *Output) (scored []Scored, missing int, err error) {
	if err := came.Fits(out); err != nil {
		return nil, 0, err
	}
	for i := range out.Predictions {
		p := &out.Predictions[i]
		category, number, ok, err := came.came(out, p)
		switch {
		case err != nil:
			return nil, 0, err
		case !ok:
			missing++
			continue
		}
		x := Scored{Prediction: p}
		score := func(p *Prediction) Scores {
			if p.Type == PMF {
				return ScorePMF(p.Values, slices.Index(p.IDs, x.IDs[category]))
			}
			return ScoreQuantiles(p.Levels, p.Values, number)
		}
		x.Scores = score(p)
		if x.Came = fmt.Sprint(number); p.Type == PMF {
			x.Came = p.IDs[category]
		}
		other, err := baseOf(out, p, base)
		if err != nil {
			return nil, 0, err
		}
		if other != nil {
			s := score(other)
			x.Base = &s
		}
		scored = append(scored, x)
	}
	return scored, missing, nil
}

// baseOf is what the baseline says of a task, nil for nothing.
func baseOf(out *Output, p *Prediction, base *Output) (*Prediction, error) {
	if base == nil {
		if p.Type == Quantile {
			return nil, nil
		}
		equal := *p
		equal.Values = slices.Repeat([]float64{1 / float64(len(p.IDs))}, len(p.IDs))
		return &equal, nil
	}
	for i := range base.Predictions {
		b := &base.Predictions[i]
		if b.Type != p.Type || !sameTask(out, p, base, b) {
			continue
		}
		mine, other := slices.Sorted(slices.Values(p.IDs)), slices.Sorted(slices.Values(b.IDs))
		if p.Type == Quantile && slices.Equal(p.Levels, b.Levels) || p.Type == PMF && slices.Equal(mine, other) {
			return inOrder(b, p), nil
		}
		return nil, fmt.Errorf("the baseline has other levels or categories for the task %s: %s, not %s",
			strings.Join(p.Task, ", "), strings.Join(b.IDs, " "), strings.Join(p.IDs, " "))
	}
	return nil, nil
}

// inOrder is a prediction with its categories in the order of another's, since the ranked score hangs on it.
func inOrder(b, p *Prediction) *Prediction {
	if b.Type == Quantile {
		return b
	}
	out := *b
	out.IDs, out.Values = p.IDs, make([]float64, len(p.IDs))
	for i, id := range p.IDs {
		out.Values[i] = b.Values[slices.Index(b.IDs, id)]
	}
	return &out
}

// sameTask compares by the names of the task ids, in any order of columns.
func sameTask(out *Output, p *Prediction, base *Output, b *Prediction) bool {
	if len(out.Tasks) != len(base.Tasks) {
		return false
	}
	for i, c := range out.Tasks {
		if k := slices.Index(base.Tasks, c); k < 0 || p.Task[i] != b.Task[k] {
			return false
		}
	}
	return true
}
