package decompose

import (
	"slices"

	"github.com/misstep/misstep/model/outcome"
)

// readings are the outcomes whose difference splits, in the order of [outcome.All]:
// all but shares of cases whose number the mechanisms move as well.
var readings = func() []*outcome.Outcome {
	var out []*outcome.Outcome
	for i := range outcome.All {
		if o := &outcome.All[i]; o.Splits() {
			out = append(out, o)
		}
	}
	return out
}()

// readingIndex finds an outcome among those that can be split, −1 if it cannot.
func readingIndex(id string) int {
	return slices.IndexFunc(readings, func(o *outcome.Outcome) bool { return o.ID == id })
}
