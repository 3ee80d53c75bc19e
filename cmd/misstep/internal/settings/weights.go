package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/study/decision"
)

// Decide are the settings of a decision.
type Decide struct {
	Weights []Worth
}

// Worth is what a case of an outcome weighs, in those of weight 1: one weight, or several to compare.
type Worth struct {
	Outcome string
	Weights []float64 // ascending, ≥ 0, each once
}

// mostWeights is how many weights an outcome may have, one a column of the screen.
const mostWeights = 5

// ParseWorth reads OUTCOME=WEIGHT, or OUTCOME=WEIGHT:WEIGHT:… to compare.
func ParseWorth(text string) (Worth, error) {
	name, list, ok := strings.Cut(strings.Trim(strings.TrimSpace(text), `"'`), "=")
	w := Worth{Outcome: strings.TrimSpace(name)}
	if !ok || w.Outcome == "" || strings.TrimSpace(list) == "" {
		return w, fmt.Errorf("%q is not OUTCOME=WEIGHT, as in missteps=1 or forgone=0:0.5:1", clip(text))
	}
	o, known := outcome.Named(w.Outcome)
	switch {
	case !known:
		return w, fmt.Errorf("unknown outcome %q; %s", clip(w.Outcome), nearest.Remedy(w.Outcome, decidable()))
	case !decision.Decidable(o):
		return w, fmt.Errorf("%s counts no cases for the better or the worse, and cannot be weighed; one of %s can",
			w.Outcome, strings.Join(decidable(), ", "))
	}
	for s := range strings.SplitSeq(list, ":") {
		x, err := param.ParseNumber(strings.TrimSpace(s), false)
		switch {
		case err != nil || !(x <= 1e6):
			return w, fmt.Errorf("%s: the weight %q is no number from 0 to 1000000", w.Outcome, clip(s))
		case x < 0:
			return w, fmt.Errorf("%s: the weight %v is below 0, and fewer of these are always better; leave the outcome out",
				w.Outcome, x)
		}
		w.Weights = append(w.Weights, x)
	}
	slices.Sort(w.Weights)
	if len(slices.Compact(slices.Clone(w.Weights))) < len(w.Weights) || len(w.Weights) > mostWeights {
		return w, fmt.Errorf("%s: %q is not one to %d weights, each once", w.Outcome, clip(list), mostWeights)
	}
	return w, nil
}

// decidable are the key outcomes that can be weighed.
func decidable() (out []string) {
	for i := range outcome.All {
		if o := &outcome.All[i]; o.Key && decision.Decidable(o) {
			out = append(out, o.ID)
		}
	}
	return out
}

// takeWeights reads [OUTCOME=WEIGHT, …].
func takeWeights(s *Settings, text string) string {
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "["), "]")
	var list []Worth
	for part := range strings.SplitSeq(text, ",") {
		w, err := ParseWorth(part)
		if err == nil && slices.ContainsFunc(list, func(o Worth) bool { return o.Outcome == w.Outcome }) {
			err = fmt.Errorf("%s comes twice", w.Outcome)
		}
		if err != nil {
			return "a list of weights: " + err.Error()
		}
		list = append(list, w)
	}
	s.Decide.Weights = list
	return ""
}

// Weighed are weights, and those of flags in their place.
func Weighed(list []Worth, flags []string) ([]Worth, error) {
	list = slices.Clone(list)
	given := map[string]bool{}
	for _, text := range flags {
		w, err := ParseWorth(text)
		if err == nil && given[w.Outcome] {
			err = fmt.Errorf("%s comes twice", w.Outcome)
		}
		if err != nil {
			return nil, fmt.Errorf("--weight: %w", err)
		}
		given[w.Outcome] = true
		at := slices.IndexFunc(list, func(o Worth) bool { return o.Outcome == w.Outcome })
		if at < 0 {
			at, list = len(list), append(list, w)
		}
		list[at] = w
	}
	return list, nil
}
