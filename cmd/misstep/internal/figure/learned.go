package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// LearnedInput is what the figure learned is made from.
type LearnedInput struct {
	Title      string   // a standard one where empty
	Subtitle   []string // parts: what was fitted, particles, effective size, seed
	Source     string   // the source line; a standard one where empty
	Parameters []LearnedParameter
}

// LearnedParameter is a number before and after the fit.
type LearnedParameter struct {
	Name        string     // its path: "choice.price"
	Label       string     // what the figure writes; the name where empty
	Unit        string     // "d"; for the CSV
	Prior       [3]float64 // [Unit] 5, 50 and 95 % of the prior; for the CSV
	Post        [5]float64 // [Unit] 5, 25, 50, 75 and 95 % of the posterior; for the CSV
	Percentile  [5]float64 // the same of the posterior, as shares of the prior below them, 0 to 1
	Contraction float64    // 1 − sd of the posterior over sd of the prior, on the prior's normal scores
	InformedBy  []string   // targets: "T26", "T12"
}

// silentBelow is the contraction under which the record is said to be silent.
const silentBelow = 0.10

// Learned draws the posterior of each number on the percentiles of its prior, the
// most contracted first; the numbers on which the record is silent stand below a
// line, as text where they are many. The files are learned.svg, learned.png and
// learned.pdf, as the options ask, and learned.csv. It fails on options that cannot
// be drawn.
func Learned(in *LearnedInput, o Options) ([]File, error) {
	return drawAlone("learned", newLearned(in), o)
}

// LearnedAlt is the text that stands for the figure learned where it cannot be seen.
func LearnedAlt(in *LearnedInput) string { return newLearned(in).words().alt }

// learned shows where the record narrowed the prior, and where it says nothing.
type learned struct {
	in             *LearnedInput
	taught, silent []LearnedParameter // by contraction, the largest first
	unknown        int                // contractions that are no number; among the silent
}

func newLearned(in *LearnedInput) *learned {
	l := &learned{in: orEmpty(in)}
	for _, q := range l.in.Parameters {
		q.Label = cmp.Or(q.Label, q.Name)
		for i, u := range q.Percentile {
			if !chart.Finite(u) || i > 0 && !(u >= q.Percentile[i-1]) {
				nan := math.NaN()
				q.Percentile = [5]float64{nan, nan, nan, nan, nan}
				break
			}
			q.Percentile[i] = min(max(u, 0), 1)
		}
		q.Contraction = drawable(q.Contraction)
		switch {
		case q.Contraction >= silentBelow:
			l.taught = append(l.taught, q)
		case !chart.Finite(q.Contraction):
			l.unknown++
			fallthrough
		default:
			l.silent = append(l.silent, q)
		}
	}
	for _, list := range [][]LearnedParameter{l.taught, l.silent} {
		slices.SortStableFunc(list, func(a, b LearnedParameter) int { // the largest first; NaN is the smallest
			return cmp.Or(cmp.Compare(b.Contraction, a.Contraction), cmp.Compare(a.Name, b.Name))
		})
	}
	return l
}

// contraction writes a contraction; one under the limit is not rounded up to it.
func contraction(v float64) string {
	switch s := chart.Fixed(100*v, 0); {
	case !chart.Finite(v):
		return "n/a"
	case v < silentBelow && s == chart.Fixed(100*silentBelow, 0):
		return "<\u00a0" + s + "\u00a0%"
	default:
		return s + "\u00a0%"
	}
}

// result is the line above the rows. The figure may be given only the numbers that a
// posterior keeps, so that the count is of those and no measure of the record.
func (l *learned) result() string {
	if n := len(l.taught); len(l.silent) > 0 {
		return fmt.Sprintf("The record narrows %d of these %d numbers by 10\u00a0%% or more", n, n+len(l.silent))
	} else if n != 1 {
		return fmt.Sprintf("%d numbers that the record narrows by 10\u00a0%% or more, the most first", n)
	}
	return "1 number that the record narrows by 10\u00a0% or more"
}

func (l *learned) words() words {
	source := cmp.Or(l.in.Source, "Source: misstep, model output, no forecast; posterior given the public record.")
	w := wordsOf(l.in.Title, l.in.Subtitle, source, "50 and 90\u00a0% intervals")
	if w.title == "" {
		w.title = "What the record teaches about the numbers"
		if len(l.silent) > 0 {
			w.title += ", and what it does not"
		}
	}
	if len(l.taught)+len(l.silent) == 0 {
		w.alt = "No number in this fit."
		return w
	}
	parts := []string{l.result()}
	for _, q := range l.taught {
		s := q.Label + " by " + contraction(q.Contraction)
		if len(q.InformedBy) > 0 {
			s += " (" + strings.Join(q.InformedBy, ", ") + ")"
		}
		parts = append(parts, s)
	}
	if n := len(l.silent); n > 0 {
		parts = append(parts, fmt.Sprintf("the record is silent on %d", n))
	}
	w.alt = strings.Join(parts, "; ") + "."
	return w
}

func (l *learned) table() table {
	t := newTable("parameter", "label", "unit", "contraction", "silent", "informed_by",
		"prior_p5", "prior_p50", "prior_p95",
		"posterior_p5", "posterior_p25", "posterior_p50", "posterior_p75", "posterior_p95",
		"percentile_p5", "percentile_p25", "percentile_p50", "percentile_p75", "percentile_p95")
	for i, q := range slices.Concat(l.taught, l.silent) {
		cells := []any{q.Name, q.Label, q.Unit, q.Contraction, i >= len(l.taught), strings.Join(q.InformedBy, " ")}
		for _, v := range slices.Concat(q.Prior[:], q.Post[:], q.Percentile[:]) {
			cells = append(cells, v)
		}
		t.add(cells...)
	}
	return t
}

// Heights above the rows and below them [pt].
const (
	learnedHead = 2*chart.LineStep + 5
	learnedFoot = chart.LineStep + 6
)

// silentRows is how many numbers on which the record is silent are drawn before
// the others become a list; all of them where that many more would do.
const silentRows = 4

// mostList is the longest list [lines] that anyone reads; the CSV has every name.
const mostList = 12

// learnedLayout is what has room on a page.
type learnedLayout struct {
	taught, silent int      // rows drawn
	list           []string // lines that name the silent ones without a row
	left           int      // to the CSV: taught ones without a row
}

// lines is how many lines the layout takes, the one of the limit included.
func (y learnedLayout) lines() int {
	n := y.taught + y.silent + len(y.list)
	if y.silent+len(y.list) > 0 {
		n++
	}
	return n
}

// drawnSilent is how many silent numbers have a row where there is room.
func (l *learned) drawnSilent() int {
	if len(l.silent) <= 2*silentRows {
		return len(l.silent)
	}
	return silentRows
}

// list names the silent numbers that have no row, in at most so many lines.
func (l *learned) list(p *chart.Page, from, most int) []string {
	rest := l.silent[from:]
	if len(rest) == 0 || most < 1 {
		return nil
	}
	more := map[bool]string{true: "\u00a0more"}[from > 0]
	with := func(n int) []string { // so many names, and how many the CSV has alone
		text := fmt.Sprintf("%d%s: record silent: ", len(rest), more)
		for i, q := range rest[:n] {
			text += map[bool]string{true: ", "}[i > 0] + strings.ReplaceAll(q.Label, " ", "\u00a0")
		}
		if n < len(rest) {
			text += fmt.Sprintf("%sand\u00a0%d\u00a0in\u00a0the\u00a0CSV", map[bool]string{true: ", "}[n > 0], len(rest)-n)
		}
		return p.Wrap(text, chart.PageWidth-2*chart.Margin, chart.Quiet)
	}
	if lines := with(len(rest)); len(lines) <= most {
		return lines
	}
	n := sort.Search(len(rest), func(n int) bool { return len(with(n)) > most }) // the first that do not fit
	lines := with(max(n-1, 0))
	return lines[:min(len(lines), most)]
}

// layout chooses rows and lines for at most so many lines: the list gives way first,
// down to two lines, then silent rows, then the least contracted of the others.
func (l *learned) layout(p *chart.Page, most int) learnedLayout {
	y := learnedLayout{taught: len(l.taught)}
	if len(l.silent) == 0 {
		y.taught = min(y.taught, most)
		y.left = len(l.taught) - y.taught
		return y
	}
	for y.silent = l.drawnSilent(); ; y.silent-- {
		room, least := most-1-y.taught-y.silent, min(2, len(l.silent)-y.silent)
		if y.silent == 0 && room < least { // nothing else can give way
			y.taught = max(most-1-least, 0)
			y.left, room = len(l.taught)-y.taught, max(most-1-y.taught, 0)
		}
		if room >= least || y.silent == 0 {
			y.list = l.list(p, y.silent, min(room, mostList))
			return y
		}
	}
}

// want is the height that all rows and the list want [pt].
func (l *learned) want() float64 {
	return rowsHeight(learnedHead+learnedFoot, l.layout(chart.NewPage(nil, 0), math.MaxInt).lines(), 14.5)
}

// The prior behind the rows: its central 90 % and 50 %.
var (
	priorWide   = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}
	priorNarrow = color.NRGBA{0xd3, 0xd3, 0xd3, 0xff}
)

// learnedColumns are where the columns of the figure stand [pt].
type learnedColumns struct{ label, labelEnd, plot, plotEnd, shrunk, informed, end float64 }

// scale is that of the percentiles of the prior.
func (c learnedColumns) scale() chart.Scale { return chart.Scale{Hi: 1, From: c.plot, To: c.plotEnd} }

func (l *learned) draw(p *chart.Page, area chart.Rect) {
	if len(l.taught)+len(l.silent) == 0 {
		p.Note(area, "No number: the fit was given nothing to learn about.")
		return
	}
	x, bold := area.X, chart.Plain.Heavy()
	c := learnedColumns{x, x + 184, x + 194, x + 370, x + 426, x + 440, area.Right()}
	body := area.Inset(0, learnedHead, 0, learnedFoot)
	y := l.layout(p, int(body.H/chart.LeastStep))
	rows := p.Rows(body, y.lines(), 17)
	p.Text(x, area.Y+chart.Ascent+1, p.Shorten(l.result(), area.W, bold), bold)
	base := area.Y + chart.LineStep + chart.Ascent + 4
	p.Text(c.label, base, "percentile of the prior", chart.Quiet)
	for _, u := range []float64{.05, .25, .5, .75, .95} {
		p.Text(c.scale().At(u), base, chart.Fixed(100*u, 0), chart.Quiet.To(chart.Middle))
	}
	p.Text(c.shrunk, base, "narrower", chart.Quiet.To(chart.End))
	p.Text(c.informed, base, "informed by", chart.Quiet)
	l.rows(rows, c, l.taught[:y.taught], false)
	if y.silent+len(y.list) > 0 {
		p.Line(x, rows.Top+1, c.end, rows.Top+1, .9, chart.Frame, 3, 2)
		rows.Cell(x, c.labelEnd, "Record silent: under "+chart.Percent(silentBelow), chart.Quiet.Heavy())
		rows.Next(1)
	}
	l.rows(rows, c, l.silent[:y.silent], true)
	for _, s := range y.list {
		rows.Cell(x, c.end, s, chart.Quiet)
		rows.Next(1)
	}
	l.key(p, area, y.left)
}

// rows draws numbers, and behind them the prior, which is the same in each on its own
// percentiles.
func (l *learned) rows(rows *chart.Rows, c learnedColumns, list []LearnedParameter, silent bool) {
	if len(list) == 0 {
		return
	}
	p, x, height := rows.Page, c.scale(), chart.Multiple(len(list), rows.Step)
	for _, band := range []struct {
		lo, hi float64
		shade  color.NRGBA
	}{{0, 1, chart.Pale}, {.05, .95, priorWide}, {.25, .75, priorNarrow}} {
		p.Fill(chart.Box(x.At(band.lo), rows.Top, x.At(band.hi)-x.At(band.lo), height), band.shade)
	}
	p.Line(x.At(.5), rows.Top, x.At(.5), rows.Top+height, 1, chart.Frame)
	st, shade := chart.Plain, chart.Blue
	if silent {
		st, shade = chart.Quiet, chart.Unclear
	}
	for _, q := range list {
		rows.Cell(c.label, c.labelEnd, q.Label, st)
		rows.Cell(c.plotEnd, c.shrunk, contraction(q.Contraction), st.To(chart.End))
		if !silent {
			rows.Cell(c.informed, c.end, strings.Join(q.InformedBy, ", "), st)
		}
		if u, mid := q.Percentile, rows.Mid(); chart.Finite(u[0]) {
			half := min(rows.Step*.27, 3.6)
			p.Line(x.At(u[0]), mid, x.At(u[4]), mid, 1.8, shade)
			p.Fill(chart.Box(x.At(u[1]), mid-half, max(x.At(u[3])-x.At(u[1]), .6), 2*half), shade)
			p.Fill(chart.Box(x.At(u[2])-1.1, mid-half-.6, 2.2, 2*half+1.2), chart.White)
		}
		rows.Next(1)
	}
}

// key explains the prior and the bars at the bottom.
func (l *learned) key(p *chart.Page, area chart.Rect, left int) {
	k := p.Key(area, area.Bottom()-2)
	k.Item(30, "prior: 90 and 50\u00a0%, median", func(x, y float64) {
		p.Fill(chart.Box(x, y-5, 30, 11), priorWide)
		p.Fill(chart.Box(x+8, y-5, 14, 11), priorNarrow)
		p.Line(x+15, y-5, x+15, y+6, 1, chart.Frame)
	})
	k.Item(40, "posterior: 90 and 50\u00a0%, median", func(x, y float64) {
		p.Line(x, y, x+40, y, 1.8, chart.Blue)
		p.Fill(chart.Box(x+8, y-3.6, 24, 7.2), chart.Blue)
		p.Fill(chart.Box(x+17, y-4.2, 2.2, 8.4), chart.White)
	})
	switch unknown := fmt.Sprintf("%d not known", l.unknown); {
	case l.unknown > 0 && left > 0:
		k.Left(0, chart.InCSV(left)+", "+unknown)
	case l.unknown > 0:
		k.Left(0, unknown)
	default:
		k.Left(left, "")
	}
}
