package figure

import (
	"fmt"
	"math"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
)

// Heights of the figure [pt].
const (
	learnedHead = 2*chart.LineStep + 5
	learnedFoot = chart.LineStep + 6
	learnedStep = 14.5
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
	names := make([]string, len(rest))
	for i, q := range rest {
		names[i] = strings.ReplaceAll(q.Label, " ", "\u00a0")
	}
	lead := fmt.Sprintf("%d\u00a0more: record silent: ", len(rest))
	if from == 0 {
		lead = fmt.Sprintf("%d: record silent: ", len(rest))
	}
	width := chart.PageWidth - 2*chart.Margin
	lines := p.Wrap(lead+strings.Join(names, ", "), width, chart.Quiet)
	if len(lines) <= most {
		return lines
	}
	low, high := 0, len(names)-1 // the most whole names that fit
	for low <= high {
		n := (low + high) / 2
		tail := fmt.Sprintf("and\u00a0%d\u00a0in\u00a0the\u00a0CSV", len(names)-n)
		if try := p.Wrap(lead+strings.Join(append(names[:n:n], tail), ", "), width, chart.Quiet); len(try) <= most {
			lines, low = try, n+1
		} else {
			high = n - 1
		}
	}
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
	p := chart.NewPage(nil, 0)
	y := l.layout(p, math.MaxInt)
	return math.Ceil(frameHeight + learnedHead + learnedFoot + chart.Multiple(y.lines(), learnedStep))
}
