package sim

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/misstep/misstep/model/param"
)

// TestEveryParameterIsRead: moving a parameter along its prior compiles to another model,
// in the world with every feature or in that world under another rule. It is the second
// step of the recipe for a parameter.
//
// Mutation that it catches: a parameter that is declared and never read.
func TestEveryParameterIsRead(t *testing.T) {
	text := replaceOnce(t, read(t, "testdata/dyad.yaml"), ", evidence: {flag_rate: 0.15}", "") // criminals fly flags
	for _, p := range param.All() {
		moves := func(rule string) bool {
			var models []*Model
			for _, x := range apart(p) {
				models = append(models, arms(t, text, set{"assumptions.model.rule", rule},
					set{p.Name, param.FormatNumber(x, p.Domain.Duration)}).Arms[1])
			}
			return !cmp.Equal(models[0], models[1], everything, cmpopts.EquateNaNs())
		}
		if !slices.ContainsFunc([]string{"ladder", "stakes"}, moves) {
			t.Errorf("%s moves nothing", p.Name)
		}
	}
	if diff := cmp.Diff(arms(t, text), arms(t, text), everything, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("the same numbers compile to two models: %s", diff)
	}
}

// apart are two values that a parameter can take.
func apart(p param.Param) [2]float64 {
	if d := p.PriorDist(); !d.IsPoint() {
		return [2]float64{d.Quantile(.05), d.Quantile(.95)}
	}
	for _, x := range []float64{p.Default + 1, p.Default / 2, .5} {
		if p.Domain.Contains(x) {
			return [2]float64{p.Default, x}
		}
	}
	return [2]float64{}
}

// everything has the fields of all types compared.
var everything = cmp.Exporter(func(reflect.Type) bool { return true })
