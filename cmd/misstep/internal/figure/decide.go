package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

// DecideInput is what the figure of a decision is made from.
type DecideInput struct {
	Title    string
	Subtitle []string   // parts: scenario, arms, sample, seed
	Rests    string     // what it rests on, for the source line; on assumptions where empty
	Finding  string     // a sentence above the panels
	Baseline string     // the arm that all are held against
	Varied   string     // "accountability forgone"
	Weights  []float64  // ascending, two at least: where the lines are known
	Lines    []PaysLine // of each other arm; the first is what the rows are about
	Turn     *Ranged    // where the first line is zero; nil where that is not resolved
	Rows     []PaysRow
	Delta    float64 // net benefits up to it count as none in a set of assumptions
}

// PaysLine is the net benefit of an arm at each weight, with the interval of chance and of so many draws.
type PaysLine struct {
	Arm    string
	Values []Ranged
}

// PaysRow is the decision at a weight.
type PaysRow struct {
	Weight        float64
	Value, Half   float64
	Low, High     float64 // over assumptions
	Resolved      bool    // the ends are told
	Pays, Costs   float64 // shares of the sets of assumptions; NaN where they are not told
	Without, With float64 // mean regret of either choice; NaN where it is not told
}

// Decide is the net benefit of arms over the weight of an outcome, where it turns, and what the
// assumptions leave open of it.
func Decide(in *DecideInput) Figure { return newDecide(in).alone("decide") }

type decide struct{ *DecideInput }

func newDecide(in *DecideInput) picture {
	d := &decide{in}
	w := wordsOf(in.Title, in.Subtitle, in.Rests, "95\u00a0% intervals")
	t := newTable("weight arm net_benefit low high")
	for _, l := range in.Lines {
		for i, v := range l.Values {
			t.add(in.Weights[i], l.Arm, v.Value, v.Low, v.High)
		}
	}
	w.lead, w.alt = in.Finding, in.Finding
	for _, r := range in.Rows {
		w.alt += fmt.Sprintf(" Where %s counts %s the net benefit is %s.", in.Varied, say.Trimmed(r.Weight),
			Ranged{r.Value, r.Value - r.Half, r.Value + r.Half}.text())
	}
	w.alt += chart.InParentheses
	table := d.table()
	draw := func(p *chart.Page, area chart.Rect) {
		says := p.WrapTo(3, d.says(), area.W, chart.Quiet)
		rows, words := table.Height(), chart.Multiple(len(says), chart.LineStep)
		d.curves(p, chart.Box(area.X, area.Y, area.W, area.H-rows-words-14))
		p.Lines(area.X, area.Bottom()-rows-words+chart.Ascent-3, says, chart.Quiet)
		table.Draw(p, chart.Box(area.X, area.Bottom()-rows, area.W, rows))
	}
	return picture{words: w, numbers: t, height: 240 + table.Height(), key: d.key(), draw: draw}
}

// key explains the two intervals.
func (d *decide) key() (k chart.Key) {
	k.Box(9, chart.Tint(d.lookOf(0).Color, .22), chart.OfSampling+", thick below")
	k.Line(1.1, chart.Muted, chart.OverAssumptions)
	if d.Turn != nil {
		k.Mark(chart.Diamond, chart.Purple, "where it turns")
	}
	return k
}

// lookOf is how the arm of a line looks, as in the figures of a run: the first is the treatment.
func (d *decide) lookOf(line int) chart.Arm { return looks[1+line%(len(looks)-1)] }

// curves draws the lines, with their bands, and where the first is zero.
func (d *decide) curves(p *chart.Page, area chart.Rect) {
	head := p.WrapTo(2, "Net benefit against "+d.Baseline+", per 100 incidents; →\u00a0what "+d.Varied+" counts", area.W,
		chart.Quiet)
	p.Lines(area.X, area.Y+chart.Ascent+1, head, chart.Quiet)
	area = area.Inset(0, chart.Multiple(len(head), chart.LineStep)+8, d.labels(p), chart.LineStep+6)
	y := d.levels()
	body, y := p.Levels(area, y, chart.Ticks(chart.Steps(y.Lo, y.Hi, 5), chart.Axis))
	x := chart.Scale{Lo: d.Weights[0], Hi: d.Weights[len(d.Weights)-1], From: body.X, To: body.Right()}
	p.Line(body.X, y.At(0), body.Right(), y.At(0), 1.2, chart.Ink)
	d.sides(p, body)
	for i := len(d.Lines) - 1; i >= 0; i-- {
		d.curve(p, &d.Lines[i], x, y, d.lookOf(i), i == 0)
	}
	d.named(p, y, body)
	p.Below(body, x, chart.Ticks(chart.Steps(x.Lo, x.Hi, 6), chart.Axis))
	if d.Turn != nil {
		d.turn(p, x, y.At(0))
	}
}

// levels is a scale that holds the first line with its band, and of the others what goes no farther than
// twice as far: they run out of the picture.
func (d *decide) levels() chart.Scale {
	values := []float64{0}
	for _, v := range d.Lines[0].Values {
		values = append(values, v.Low, v.High)
	}
	low, high := slices.Min(values), slices.Max(values)
	room := high - low
	for _, l := range d.Lines[1:] {
		for _, v := range l.Values {
			values = append(values, min(max(v.Value, low-float64(room/2)), high+float64(room/2)))
		}
	}
	return chart.Holding(values, false, chart.Rect{})
}

// within are the points of a line that a scale holds, from where it comes in to where it leaves.
func within(x []float64, line []Ranged, y chart.Scale) (at, value []float64) {
	for i := 1; i < len(line); i++ {
		from, by := line[i-1].Value, line[i].Value-line[i-1].Value
		enter, leave := 0.0, 1.0
		if by == 0 && !y.Holds(from) {
			continue
		}
		if by != 0 {
			a, b := (y.Lo-from)/by, (y.Hi-from)/by
			enter, leave = max(0, min(a, b)), min(1, max(a, b))
		}
		for _, share := range []float64{enter, leave} {
			if enter <= leave {
				at = append(at, x[i-1]+float64(share*(x[i]-x[i-1])))
				value = append(value, from+float64(share*by))
			}
		}
	}
	return at, value
}

// falls reports whether the first arm pays where the weight is small.
func (d *decide) falls() bool {
	v := d.Lines[0].Values
	return v[0].Value >= v[len(v)-1].Value
}

// sides names both, in the corners that the line leaves free.
func (d *decide) sides(p *chart.Page, body chart.Rect) {
	left, right := body.Bottom()-5, body.Y+chart.Ascent+3
	words, colors := [2]string{"costs", "pays"}, [2]color.NRGBA{chart.Harm, chart.Help}
	if !d.falls() {
		left, right = right, left
		words, colors = [2]string{"pays", "costs"}, [2]color.NRGBA{chart.Help, chart.Harm}
	}
	p.Text(body.X+5, left, words[0], chart.Plain.In(colors[0]))
	p.Text(body.Right()-5, right, words[1], chart.Plain.In(colors[1]).To(chart.End))
}

// turn marks where the first line is zero, with its interval, and writes it where the line is not.
func (d *decide) turn(p *chart.Page, x chart.Scale, y float64) {
	c := d.Turn
	p.Line(x.At(c.Low), y, x.At(c.High), y, 4.5, chart.Tint(chart.Purple, .8))
	p.Point(x.At(c.Value), y, 5, chart.Diamond, chart.Purple)
	text := say.Number(c.Value, 2) + " (" + say.Number(c.Low, 2) + " to " + say.Number(c.High, 2) + ")"
	st := chart.Plain.Heavy()
	left := x.At(c.Value) + 8
	if w := p.Width(text, st); !d.falls() {
		left = max(x.From+2, left-w-16)
	} else {
		left = min(left, x.To-w-2)
	}
	p.Text(left, y-26, text, st)
}

// labelRoom is what names of lines may take [pt].
const labelRoom = 122

// label is the name of a line, with an arrow where it has left the picture.
func (d *decide) label(i int, y chart.Scale) string {
	switch end := d.Lines[i].Values[len(d.Weights)-1].Value; {
	case end < y.Lo:
		return d.Lines[i].Arm + " ↓"
	case end > y.Hi:
		return d.Lines[i].Arm + " ↑"
	}
	return d.Lines[i].Arm
}

func (d *decide) labels(p *chart.Page) (width float64) {
	for i := range d.Lines {
		width = max(width, p.Width(p.Shorten(d.label(i, d.levels()), labelRoom, chart.Plain.Heavy()), chart.Plain.Heavy()))
	}
	return width + 8
}

func (d *decide) curve(p *chart.Page, l *PaysLine, x, y chart.Scale, a chart.Arm, first bool) {
	width := 1.3
	if first {
		var low, high []chart.Point
		for i, v := range l.Values {
			at := x.At(d.Weights[i])
			low, high = append(low, chart.Pt(at, y.At(v.Low))), append(high, chart.Pt(at, y.At(v.High)))
		}
		width = 2.2
		p.Band(low, high, chart.Tint(a.Color, .22))
	}
	var middle []chart.Point
	at, value := within(d.Weights, l.Values, y)
	for i := range at {
		middle = append(middle, chart.Pt(x.At(at[i]), y.At(value[i])))
	}
	if len(middle) > 1 {
		p.Curve(middle, width, a.Color, a.Dash...)
	}
}

// named writes the arms beside the ends of their lines.
func (d *decide) named(p *chart.Page, y chart.Scale, body chart.Rect) {
	var at, apart []float64
	order := make([]int, len(d.Lines))
	for i := range d.Lines {
		order[i] = i
	}
	end := func(i int) float64 { return y.At(d.Lines[i].Values[len(d.Weights)-1].Value) }
	slices.SortStableFunc(order, func(a, b int) int { return int(math.Copysign(1, end(a)-end(b))) })
	for _, i := range order {
		at, apart = append(at, end(i)+chart.Ascent/2), append(apart, chart.LineStep)
	}
	for k, place := range chart.Stack(at, apart, body.Y, body.Bottom()) {
		i := order[k]
		st := chart.Plain.In(d.lookOf(i).Color)
		if i == 0 {
			st = st.Heavy()
		}
		p.Text(body.Right()+6, place, p.Shorten(d.label(i, y), labelRoom, st), st)
	}
}

// says is what the rows are.
func (d *decide) says() string {
	return "Over sets of assumptions: range; of 100 in how many " + d.Lines[0].Arm + " pays, costs by more than " +
		say.Trimmed(d.Delta) + "; mean regret of the choice without it, with it"
}

// table has what the assumptions leave open of the first arm at some weights.
func (d *decide) table() *chart.Table {
	t := &chart.Table{Step: 14, Columns: []chart.Column{{Head: "counts"}, {Plot: true}, {Head: "pays, costs"},
		{Head: "regret"}}}
	var spans []chart.Span
	for _, r := range d.Rows {
		spans = append(spans, r.span())
	}
	t.Rows = append(t.Rows, chart.Row{Draw: func(p *chart.Page, at []chart.Rect) {
		s := chart.HoldingSpans(spans, at[1])
		p.Under(at[1], s, chart.Ticks(chart.Steps(s.Lo, s.Hi, max(int(at[1].W/45), 3)), chart.Axis), len(d.Rows))
	}})
	for i, r := range d.Rows {
		cells := chart.Texts(chart.Plain, say.Trimmed(r.Weight), "", "not told", "not told")
		if chart.Finite(r.Pays) {
			cells[2].Text = fmt.Sprintf("%.0f, %.0f", 100*r.Pays, 100*r.Costs)
		}
		if chart.Finite(r.With) {
			cells[3].Text = say.Number(r.Without, 2) + ", " + say.Number(r.With, 2)
		}
		t.Rows = append(t.Rows, chart.Row{Cells: cells, Draw: func(p *chart.Page, at []chart.Rect) {
			x, y, span := chart.HoldingSpans(spans, at[1]), at[1].MiddleY(), spans[i]
			p.Whisker(y, x.At(span.Low), x.At(span.High), x.At(span.MonteLow), x.At(span.MonteHigh), chart.Muted)
			p.Point(x.At(span.Value), y, 3.6, chart.Disc, r.color())
		}})
	}
	return t
}

func (r *PaysRow) span() chart.Span {
	low, high := r.Low, r.High
	if !r.Resolved {
		low, high = r.Value, r.Value
	}
	return chart.NewSpan(r.Value, r.Half, low, high)
}

// color is that of the side on which the mean is told to be.
func (r *PaysRow) color() color.NRGBA {
	switch {
	case r.Value > r.Half:
		return chart.Help
	case r.Value < -r.Half:
		return chart.Harm
	}
	return chart.Unclear
}
