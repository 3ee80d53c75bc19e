package figure

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// threeRuns are runs of three scenarios, one of which has another headline and one a single arm.
func threeRuns() []*summary.Summary {
	a, b, c := realistic(), realistic(), oneArm()
	b.Run.Title, b.Run.Scenario, b.Headline.Measure = "Talks amid a case, 2023", "talks", "any_misstep"
	return []*summary.Summary{a, b, c}
}

// TestOverviewReadsOffThePage catches: arms exchanged, a difference to the scale of the levels, a run
// without a row, quantities that share an axis.
func TestOverviewReadsOffThePage(t *testing.T) {
	runs := threeRuns()
	c := newOverview(runs, Options{})
	r, in := &tape{}, newInput(&summary.Summary{}, nil)
	r.drawn(c, in)
	checkLayout(t, "overview", r)
	for _, want := range []string{"Two states and a cyber forum, 2026–2031", "Talks amid a case, 2023",
		"Missteps per 100 cases", "Futures with a misstep", "probability", "4.7", "3.6", "−1.1", "0.26", "0.15", "−0.11",
		"In 2 of 2 runs the difference is clear"} {
		if !strings.Contains(strings.Join(r.words(), " "), want) {
			t.Errorf("the overview does not say %q: %q", want, r.words())
		}
	}
	y := r.one(t, "4.7").y + 6
	level := r.axis(t, y, 190, 330, false)
	for value, look := range map[float64]chart.Arm{4.7: looks[0], 3.6: looks[1]} {
		at := r.fills(look.Color)[1].center() // after that of the key
		level.close(t, "a level", at.X, value)
	}
	change := r.axis(t, y, 330, 480, false)
	change.close(t, "a difference", r.fills(chart.Help)[1].center().X, -1.1)
	if len(c.numbers.rows) != 2 || c.numbers.rows[1][4] != "any_misstep" {
		t.Errorf("rows %v", c.numbers.rows)
	}
}

// TestOverviewIsNarrowToo: on a page of 8 cm nothing runs into anything else.
func TestOverviewIsNarrowToo(t *testing.T) {
	o := Options{Width: 8 / 2.54}
	r, in := &tape{}, newInput(&summary.Summary{}, nil).on(o)
	r.drawn(newOverview(threeRuns(), o), in)
	checkLayout(t, "narrow overview", r)
}

// TestOverviewOfNothing: a run without a contrast leaves a word in place of an empty picture.
func TestOverviewOfNothing(t *testing.T) {
	if c := newOverview([]*summary.Summary{oneArm()}, Options{}); !strings.Contains(c.note, "no run") &&
		!strings.Contains(c.note, "No run") {
		t.Errorf("note %q", c.note)
	}
}
