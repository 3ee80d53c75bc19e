package figure

import (
	"fmt"
	"image/color"
	"math"
	"sort"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

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
