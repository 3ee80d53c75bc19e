package figure

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/surface"
)

// inWords are two numbers with words, one of which needs two lines below the panel.
func inWords() *BreakevenInput {
	in := field()
	in.Axes[0].Plain = "strength of “private option” (private steps cheaper, public ones dearer)"
	in.Axes[1].Plain = "yearly number of operations of China against the United Kingdom"
	in.Finding = "The forum raises missteps over 43 % [40 %, 47 %] of what is believed of the strength of “private " +
		"option” and “yearly number of operations of China against the United Kingdom”, and not over the rest"
	return in
}

// TestBreakevenAxesInWords: axes, the text and no table have the words, and nothing is cut.
// Catches a code on an axis, a title that gives up its end, a unit that is lost.
func TestBreakevenAxesInWords(t *testing.T) {
	for _, axes := range []int{1, 2} {
		in := inWords()
		if axes == 1 {
			in.Axes, in.Effects, in.Contour = in.Axes[:1], in.Effects[:1], nil
		}
		r := &tape{}
		b := newBreakeven(in)
		fitCase{chart: b}.on(r)
		text := strings.Join(r.words(), " ")
		for _, part := range []string{in.Axes[0].Plain, in.Finding,
			"↑ " + in.Axes[len(in.Axes)-1].Plain + " [1/y]"}[:axes+1] {
			if !strings.Contains(text, surface.Printable(part)) {
				t.Errorf("%d axes: %q lacks %q", axes, text, part)
			}
		}
		for _, code := range []string{"strength.fragility", "China>UK.rate", chart.Ellipsis} {
			if strings.Contains(text, code) {
				t.Errorf("%d axes: %q has %q", axes, text, code)
			}
		}
		if alt := b.alt; !strings.Contains(alt, "value of "+in.Axes[0].Plain) {
			t.Error(alt)
		}
		if head := b.numbers.head; head[0] != "strength.fragility" {
			t.Errorf("the table has %q", head)
		}
	}
}
