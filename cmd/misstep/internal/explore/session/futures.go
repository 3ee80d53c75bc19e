package session

import (
	"github.com/misstep/misstep/model/stat"
	"github.com/misstep/misstep/model/summary"
)

// order is that in which squares stand.
var order = [4]string{OnlyBaseline, OnlyTreatment, Both, Neither}

// hundred are futures that stand for all of a run: of each class as many as of a hundred, evenly out of those that
// there are.
func hundred(s *summary.Summary, all []Future) []Future {
	t := s.Contrasts[0].Futures.Public
	counts := stat.Apportion([]float64{t.OnlyBaseline, t.OnlyTreatment, t.Both, t.Neither}, 100)
	var out []Future
	for i, class := range order {
		var of []Future
		for _, f := range all {
			if f.Class == class {
				of = append(of, f)
			}
		}
		for k := range counts[i] {
			if len(of) > 0 {
				out = append(out, of[k*len(of)/counts[i]])
			}
		}
	}
	return out
}
