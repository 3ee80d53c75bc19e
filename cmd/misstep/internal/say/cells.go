package say

import (
	"fmt"

	"github.com/misstep/misstep/model/summary"
)

// Cells writes values for a table of comma-separated values: numbers so that reading them
// gives the same bits, an estimate as value, error, low and high, and of a list each.
func Cells(values ...any) []string {
	var out []string
	for _, v := range values {
		switch x := v.(type) {
		case float64:
			out = append(out, Exact(x))
		case []float64:
			for _, y := range x {
				out = append(out, Exact(y))
			}
		case []string:
			out = append(out, x...)
		case summary.Estimate:
			out = append(out, Exact(x.Value), Exact(x.MC), Exact(x.Low), Exact(x.High))
		default:
			out = append(out, fmt.Sprint(x))
		}
	}
	return out
}
