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

// question makes a question of weights. The outcome whose weight varies is the one with several, or else
// the last.
func question(worth []settings.Worth) (*decision.Question, error) {
	varied := len(worth) - 1
	var several []string
	for i, w := range worth {
		if len(w.Weights) > 1 {
			varied, several = i, append(several, w.Outcome)
		}
	}
	if len(several) > 1 {
		return nil, fmt.Errorf("%s have several weights each, and one outcome can; give the others one, as in --weight %s=1",
			strings.Join(several, " and "), several[len(several)-1])
	}
	q := &decision.Question{Varied: worth[varied].Outcome, Over: worth[varied].Weights}
	for i, w := range worth {
		if i != varied && w.Weights[0] > 0 {
			q.Weights = append(q.Weights, decision.Weight{Outcome: w.Outcome, Weight: w.Weights[0]})
		}
	}
	if len(q.Weights) == 0 {
		return nil, errors.New("every outcome but " + q.Varied + " weighs 0, so that there is nothing to hold it against; " +
			"give another a weight, as in --weight missteps=1")
	}
	return q, nil
}

// held makes sure that the draws of a run with a headline have every outcome of a question.
func held(q *decision.Question, headline string) error {
	var names []string
	for _, m := range outcome.KeyAnd(headline) {
		if decision.Decidable(&outcome.All[m]) {
			names = append(names, outcome.All[m].ID)
		}
	}
	for _, w := range append(slices.Clone(q.Weights), decision.Weight{Outcome: q.Varied}) {
		if !slices.Contains(names, w.Outcome) {
			return fmt.Errorf("the draws of this run do not have %s, only %s; run with --set headline.outcome=%s", w.Outcome,
				strings.Join(names, ", "), w.Outcome)
		}
	}
	return nil
}
