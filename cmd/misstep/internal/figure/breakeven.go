package figure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// BreakevenInput is what the figure of an effect over one number or two is made from.
type BreakevenInput struct {
	Name      string   // of the files; breakeven where empty
	Title     string   // a standard one where empty
	Subtitle  []string // parts: scenario, arms, sample, seed
	Source    string   // the source line; a standard one where empty
	Finding   string   // a sentence above the panel; may be empty
	Outcome   string   // "missteps"
	Unit      string   // "per 100 cases"
	Goodness  int      // −1 lower is better, +1 higher is better, 0 neither
	Axes      []BreakevenAxis
	Effects   [][]BreakevenEffect // by value of the second number (one row without it) and of the first
	Crossings []BreakevenEffect   // along one number: where the effect is zero
	Contour   [][4]float64        // over two: pieces of the line of zero effect, x and y of their ends
}

// BreakevenAxis is a number that is moved.
type BreakevenAxis struct {
	Label, Unit string
	Plain       string    // in words: what the number is, and whose; the label where empty
	Values      []float64 // ascending, two at least
	Today       float64   // the assumed median; NaN for none
	Low, High   float64   // central 90 % of what is believed; NaN for none
}

// BreakevenEffect is a value with an interval, NaN where there is none.
type BreakevenEffect struct{ Value, Low, High float64 }

// Breakeven draws an effect along one number, with its zeros, or over two, with the line
// of zero effect. The files have the formats that the options ask for, then CSV. It
// fails on options that cannot be drawn.
func Breakeven(in *BreakevenInput, o Options) ([]File, error) {
	return drawAlone(cmp.Or(orEmpty(in).Name, "breakeven"), newBreakeven(in), o)
}

// BreakevenAlt is the text that stands for the figure where it cannot be seen.
func BreakevenAlt(in *BreakevenInput) string { return newBreakeven(in).words().alt }

// breakevenHeight is the height that the figure takes where its texts are short [pt];
// mostFinding is how many lines the finding has at most.
const (
	breakevenHeight = 340
	mostFinding     = 3
)

// breakeven shows where an effect changes its sign.
type breakeven struct {
	in *BreakevenInput
	ok bool // there is something to draw
}

func newBreakeven(in *BreakevenInput) *breakeven {
	in = orEmpty(in)
	b := &breakeven{in: in}
	switch len(in.Axes) {
	case 1:
		b.ok = len(in.Effects) == 1
	case 2:
		b.ok = len(in.Effects) == len(in.Axes[1].Values)
	}
	for _, a := range in.Axes {
		n := len(a.Values)
		b.ok = b.ok && n >= 2 && slices.IsSorted(a.Values) && a.Values[0] < a.Values[n-1] &&
			chart.Finite(a.Values[0]) && chart.Finite(a.Values[n-1])
	}
	for _, row := range in.Effects {
		b.ok = b.ok && len(row) == len(in.Axes[0].Values)
	}
	return b
}

// text is the effect with its interval.
func (e BreakevenEffect) text() string {
	if !chart.Finite(e.Value) || !chart.Finite(e.Low) || !chart.Finite(e.High) {
		return chart.Signed(e.Value)
	}
	return chart.Signed(e.Value) + " (" + chart.Signed(e.Low) + " to " + chart.Signed(e.High) + ")"
}

// words are the number as people read it.
func (a *BreakevenAxis) words() string { return cmp.Or(a.Plain, a.Label) }

// axisTitle is the number with its unit.
func (a *BreakevenAxis) axisTitle() string {
	if a.Unit == "" {
		return a.words()
	}
	return a.words() + " [" + a.Unit + "]"
}

// want is the height that the figure takes: a long sentence or a long name does not take
// it from the panel.
func (b *breakeven) want() float64 {
	p := chart.NewPage(nil, 0)
	area := chart.Rect{W: chart.PageWidth - 2*chart.Margin}
	lines := max(len(p.WrapTo(mostFinding, b.in.Finding, area.W, chart.Plain.Heavy()))-2, 0)
	if b.ok {
		lines += len(b.below(p, area)) - 1
	}
	if len(b.in.Axes) == 2 && b.ok {
		lines += len(b.beside(p, area)) - 1
	}
	return breakevenHeight + chart.Multiple(lines, chart.LineStep)
}

func (a *BreakevenAxis) scale(from, to float64) chart.Scale {
	return chart.Scale{Lo: a.Values[0], Hi: a.Values[len(a.Values)-1], From: from, To: to}
}

func (b *breakeven) words() words {
	in := b.in
	title := "Where the effect on " + in.Outcome + " changes its sign"
	if in.Name == "sweep" {
		title = "The effect on " + in.Outcome + " over the sweep"
	}
	w := wordsOf(cmp.Or(in.Title, title), in.Subtitle, cmp.Or(in.Source, "Source: misstep, model output, no forecast."))
	if !b.ok {
		w.alt = "No effect to draw."
		return w
	}
	if w.alt = in.Finding; w.alt != "" {
		w.alt += ". "
	}
	first, last := in.Effects[0][0], in.Effects[len(in.Effects)-1][len(in.Axes[0].Values)-1]
	w.alt += fmt.Sprintf("The effect is %s at the lowest and %s at the highest value of %s.",
		first.text(), last.text(), in.Axes[0].words()) + chart.InParentheses
	return w
}

func (b *breakeven) table() table {
	var head []string
	for i := range b.in.Axes {
		head = append(head, b.in.Axes[i].Label)
	}
	t := newTable(append(head, "effect", "low", "high")...)
	if !b.ok {
		return t
	}
	for k, row := range b.in.Effects {
		for i, e := range row {
			cells := []any{b.in.Axes[0].Values[i]}
			if len(b.in.Axes) == 2 {
				cells = append(cells, b.in.Axes[1].Values[k])
			}
			t.add(append(cells, e.Value, e.Low, e.High)...)
		}
	}
	return t
}

func (b *breakeven) draw(p *chart.Page, area chart.Rect) {
	if !b.ok {
		p.Note(area, "No effect: nothing was varied, or no case was closed.")
		return
	}
	if b.in.Finding != "" {
		lines := p.WrapTo(mostFinding, b.in.Finding, area.W, chart.Plain.Heavy())
		p.Lines(area.X, area.Y+chart.Ascent+1, lines, chart.Plain.Heavy())
		area = area.Inset(0, chart.Multiple(len(lines), chart.LineStep)+3, 0, 0)
	}
	if len(b.in.Axes) == 2 {
		b.drawPlane(p, area)
	} else {
		b.drawCurve(p, area)
	}
}

// extent is the range of the effects, with zero in it; with their intervals, or without.
func (b *breakeven) extent(intervals bool) (lo, hi float64) {
	for _, row := range b.in.Effects {
		for _, e := range row {
			values := []float64{e.Value, e.Low, e.High}
			if !intervals {
				values = values[:1]
			}
			for _, v := range values {
				if chart.Finite(v) {
					lo, hi = math.Min(lo, v), math.Max(hi, v)
				}
			}
		}
	}
	return lo, hi
}
