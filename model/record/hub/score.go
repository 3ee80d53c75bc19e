package hub

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/table"
)

// Scores are those of one prediction; measures of the other type are NaN.
type Scores struct {
	Log   float64 // ln p of what came [Good1952]; ≤ 0, higher is better, −∞ where it was called impossible
	Brier float64 // Σ (p − o)² over all categories [Brier1950]; 0 to 2, lower is better
	RPS   float64 // Σ (P − O)² over all but the last category in their order [Epstein1969]; lower is better
	WIS   float64 // weighted interval score [Bracher2021], see [ScoreQuantiles]; lower is better

	Impossible int             // 1 where Log is −∞
	Inside     map[string]bool // by central interval that the levels span, such as "90 %": does it hold what came
}

// ScorePMF scores probabilities of categories of which one came.
func ScorePMF(p []float64, came int) Scores {
	s := Scores{Log: elem.Log(p[came]), WIS: math.NaN()}
	if p[came] == 0 {
		s.Log, s.Impossible = math.Inf(-1), 1
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

// same is how close to 1 the levels of a central interval sum.
const same = 1e-9

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
		k, _ := slices.BinarySearch(levels, 1-tau-same)
		if i < k && k < len(levels) && levels[k] <= 1-tau+same {
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
// names an outcome, or a prediction of the baseline, that does not fit the output; a baseline that says nothing of any
// prediction scored is one.
func Score(out *Output, came *Outcomes, base *Output) (scored []Scored, missing int, err error) {
	if err := came.Fits(out); err != nil {
		return nil, 0, err
	}
	known, err := indexOf(out, base)
	if err != nil {
		return nil, 0, err
	}
	compared := false
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
				return ScorePMF(p.Values, category)
			}
			return ScoreQuantiles(p.Levels, p.Values, number)
		}
		x.Scores = score(p)
		if x.Came = fmt.Sprint(number); p.Type == PMF {
			x.Came = p.IDs[category]
		}
		other, err := known.of(p)
		if err != nil {
			return nil, 0, err
		}
		if other != nil {
			s := score(other)
			x.Base, compared = &s, true
		}
		scored = append(scored, x)
	}
	if base != nil && !compared && len(scored) > 0 {
		return nil, 0, fmt.Errorf("the baseline says nothing of any of the tasks that are scored, such as %s; the "+
			"values of the task ids have to be the same", table.Clip(strings.Join(scored[0].Task, ", "), 240))
	}
	return scored, missing, nil
}

// baseline is another output by type and task, with the task ids in the order of the one that it is compared with. nil
// stands for equal probabilities.
type baseline map[string]*Prediction

func indexOf(out, base *Output) (baseline, error) {
	if base == nil {
		return nil, nil
	}
	b := baseline{}
	var order []int
	for _, c := range out.Tasks {
		order = append(order, slices.Index(base.Tasks, c))
	}
	if slices.Contains(order, -1) || len(out.Tasks) != len(base.Tasks) {
		return nil, fmt.Errorf("the baseline has the task ids %s and the model output %s; a baseline has the same",
			table.Clip(strings.Join(base.Tasks, ", "), 240), table.Clip(strings.Join(out.Tasks, ", "), 240))
	}
	for i := range base.Predictions {
		p := &base.Predictions[i]
		task := make([]string, len(order))
		for k, from := range order {
			task[k] = p.Task[from]
		}
		b[keyOf(p.Type, task)] = p
	}
	return b, nil
}

func keyOf(kind string, task []string) string { return kind + "\x00" + strings.Join(task, "\x00") }

// of is what the baseline says of a task, nil for nothing; probabilities in the order of the prediction's categories,
// on which the ranked score hangs.
func (b baseline) of(p *Prediction) (*Prediction, error) {
	if b == nil {
		if p.Type == Quantile {
			return nil, nil
		}
		equal := *p
		equal.Values = slices.Repeat([]float64{1 / float64(len(p.IDs))}, len(p.IDs))
		return &equal, nil
	}
	other := b[keyOf(p.Type, p.Task)]
	if other == nil || p.Type == Quantile && slices.Equal(p.Levels, other.Levels) {
		return other, nil
	}
	at := map[string]int{}
	for i, id := range other.IDs {
		at[id] = i
	}
	out := *other
	out.IDs, out.Values = p.IDs, make([]float64, len(p.IDs))
	for i, id := range p.IDs {
		k, same := at[id]
		if !same || p.Type == Quantile || len(p.IDs) != len(other.IDs) {
			return nil, fmt.Errorf("the baseline has other levels or categories for the task %s: %s, not %s",
				table.Clip(strings.Join(p.Task, ", "), 240), table.Clip(strings.Join(other.IDs, " "), 240),
				table.Clip(strings.Join(p.IDs, " "), 240))
		}
		out.Values[i] = other.Values[k]
	}
	return &out, nil
}
