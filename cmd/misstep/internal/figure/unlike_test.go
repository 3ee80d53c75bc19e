package figure

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// Distinctions that must not hang on a colour.

// TestNumbersOfPartsFit: no interval of a part is cut, however far apart its ends are.
func TestNumbersOfPartsFit(t *testing.T) {
	in := someParts()
	in.Rows = in.Rows[:2]
	in.Rows[0].Estimate = summary.Estimate{Value: -.014, MC: .001, Low: -.108, High: -.011}
	in.Rows[1].Estimate = summary.Estimate{Value: -.046, MC: .001, Low: -.439, High: .197}
	r := &tape{}
	whyOf(in).on(r)
	if got := strings.Join(r.words(), "\n"); !strings.Contains(got, "−0.05 (−0.44 to 0.20)") ||
		strings.Contains(got, chart.Ellipsis) {
		t.Error(got)
	}
}
