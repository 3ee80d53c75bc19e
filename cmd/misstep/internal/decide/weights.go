package decide

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decision"
)

// weighed are the weights of the settings, and those of flags in their place.
func weighed(list []settings.Worth, flags []string) ([]settings.Worth, error) {
	list = slices.Clone(list)
	given := map[string]bool{}
	for _, text := range flags {
		w, err := settings.ParseWorth(text)
		if err == nil && given[w.Outcome] {
			err = fmt.Errorf("%s comes twice", w.Outcome)
		}
		if err != nil {
			return nil, fmt.Errorf("--weight: %w", err)
		}
		given[w.Outcome] = true
		at := slices.IndexFunc(list, func(o settings.Worth) bool { return o.Outcome == w.Outcome })
		if at < 0 {
			at, list = len(list), append(list, w)
		}
		list[at] = w
	}
	return list, nil
}

// question makes a question of the weights. The outcome whose weight varies is the one with several, or
// else the last.
func (o *opened) question() (*decision.Question, error) {
	varied := len(o.worth) - 1
	var several []string
	for i, w := range o.worth {
		if len(w.Weights) > 1 {
			varied, several = i, append(several, w.Outcome)
		}
	}
	if len(several) > 1 {
		return nil, fmt.Errorf("%s have several weights each, and one outcome can; give the others one, as in --weight %s=1",
			strings.Join(several, " and "), several[len(several)-1])
	}
	q := &decision.Question{Varied: o.worth[varied].Outcome, Over: o.worth[varied].Weights, Delta: o.summary.Run.Delta}
	for i, w := range o.worth {
		if i != varied && w.Weights[0] > 0 {
			q.Weights = append(q.Weights, decision.Weight{Outcome: w.Outcome, Weight: w.Weights[0]})
		}
		if at := outcome.Index(w.Outcome); w.Weights[len(w.Weights)-1] > 0 && !slices.Contains(o.table.Joint.Outcomes, at) {
			return nil, fmt.Errorf("the draws of the run do not have %s, only %s; run with --set headline.outcome=%s", w.Outcome,
				strings.Join(o.weighable(), ", "), w.Outcome)
		}
	}
	if len(q.Weights) == 0 {
		return nil, errors.New("every outcome but " + q.Varied + " weighs 0, so that there is nothing to hold it against; " +
			"give another a weight, as in --weight missteps=1")
	}
	return q, nil
}

// weighable are the outcomes of the draws that can be weighed.
func (o *opened) weighable() (out []string) {
	for _, m := range o.table.Joint.Outcomes {
		if decision.Decidable(&outcome.All[m]) {
			out = append(out, outcome.All[m].ID)
		}
	}
	return out
}
