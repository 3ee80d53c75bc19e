package figure

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/stat"
)

// futures shows the 2 × 2 table of paired futures by whether a misstep happens, as a hundred squares.
type futures struct {
	baseline, treatment chart.Arm
	shares              [4]float64 // only baseline, only treatment, both, neither
	squares             [4]int
}

// The four kinds of futures in the order of the squares.
var futureKinds = [4]struct {
	id    string
	color color.NRGBA
}{
	{"only_baseline", chart.Help}, {"only_treatment", chart.Harm}, {"both", chart.Ink}, {"neither", chart.Grid},
}

func newFutures(in *input) picture {
	w := words{title: "In how many paired futures a misstep happens", exact: true}
	t := newTable("misstep baseline treatment futures share squares")
	if len(in.s.Contrasts) == 0 {
		return nothing(w, "No paired futures: this run has one arm only.", t.head...)
	}
	c := in.s.Contrasts[0]
	of := c.Futures.Public
	f := &futures{baseline: in.lookOf(c.Baseline), treatment: in.lookOf(c.Treatment),
		shares: [4]float64{of.OnlyBaseline, of.OnlyTreatment, of.Both, of.Neither}}
	f.squares = Squares(f.shares)
	if f.squares == [4]int{} {
		return nothing(w, "The paired futures of this run are not known.", t.head...)
	}
	w.arms = []chart.Arm{f.baseline, f.treatment}
	var kinds []string
	for i, k := range futureKinds {
		t.add("any", c.Baseline, c.Treatment, k.id, f.shares[i], f.squares[i])
		text := f.sentence(i)
		if q := chart.CountedShare(f.shares[i], in.s.Run.Draws*in.s.Run.Replicates); q.Ok {
			text += " (" + say.Number(100*q.MonteLow, 1) + " to " + say.Number(100*q.MonteHigh, 1) + ")"
		}
		kinds = append(kinds, text)
	}
	w.lead = fmt.Sprintf("A misstep, public or covert: %s of futures %s, %s %s", f.share(0), under(f.baseline), f.share(1),
		under(f.treatment))
	w.alt = "A misstep: " + strings.Join(kinds, "; ") + "." + chart.InParentheses
	return picture{words: w, numbers: t, draw: f.draw, height: 196}
}

// Squares turns shares into whole squares that add up to 100: largest remainders, of equal ones the rarer kinds first.
func Squares(shares [4]float64) [4]int {
	const n = 100
	return [4]int(stat.Apportion(shares[:], n))
}

// sentence says how many futures are of a kind.
func (f *futures) sentence(kind int) string {
	return fmt.Sprintf("in %s futures %s", f.count(kind), f.where(kind))
}

// where says in which arms the misstep of a kind happens.
func (f *futures) where(kind int) string {
	return [4]string{"only " + under(f.baseline), "only " + under(f.treatment), "in both", "in neither"}[kind]
}

func (f *futures) count(kind int) string {
	const least = .05
	v, all := f.shares[kind], f.shares[0]+f.shares[1]+f.shares[2]+f.shares[3]
	switch of := 100 * v / all; {
	case v == 0:
		return "none of 100"
	case v == all:
		return "all of 100"
	case of < least:
		return "under 0.1 of 100"
	case of >= 100-least:
		return "over 99.9 of 100"
	default:
		return say.Number(of, 1) + " of 100"
	}
}

// share says how often the misstep happens in an arm by itself, with a decimal: a
// sum of rounded squares would be off.
func (f *futures) share(arm int) string {
	return say.Number(100*(f.shares[arm]+f.shares[2]), 1) + "\u00a0%"
}

// draw draws squares and beside them what they are.
func (f *futures) draw(p *chart.Page, area chart.Rect) {
	const note = "A square is one of 100 paired futures, rounded."
	lines := p.WrapTo(2, note, area.W, chart.Quiet)
	area = area.Inset(0, 4, 0, chart.Multiple(len(lines), chart.LineStep)+6)
	p.Lines(area.X, area.Bottom()+chart.LineStep+3, lines, chart.Quiet)
	size := min(area.H, float64(area.W*.5))
	f.blocks(p, chart.Box(area.X, area.Y, size, size), f.squares)
	r := area.Inset(size+18, 0, 0, area.H-size)
	for i := range f.shares {
		row := r.Cell(i, 4, 0, 1, 0, 0)
		y := row.MiddleY()
		f.square(p, chart.Box(row.X, y-8, 16, 16), i)
		large := chart.Style{Size: chart.TitleSize, Bold: true, Color: f.ink(i)}
		st := chart.Plain.In(f.ink(i))
		words := p.WrapTo(2, say.Capital(f.where(i)), row.W-24, st)
		p.Text(row.X+24, y-1, f.count(i), large)
		p.Lines(row.X+24, y+chart.Ascent+4, words, st)
	}
}

// ink is the colour of a kind in a text.
func (f *futures) ink(kind int) color.NRGBA {
	if f.shares[kind] > 0 && kind < 2 {
		return futureKinds[kind].color
	}
	return chart.Ink
}

func (f *futures) blocks(p *chart.Page, r chart.Rect, n [4]int) {
	kind, left := 0, n[0]
	for i := range 100 {
		for left == 0 && kind < 3 {
			kind++
			left = n[kind]
		}
		left--
		f.square(p, r.Cell(i/10, 10, i%10, 10, 2, 2), kind)
	}
}

// square draws one future; the kinds differ without colour too.
func (f *futures) square(p *chart.Page, r chart.Rect, kind int) {
	p.Fill(r, futureKinds[kind].color)
	cx, cy, width := r.MiddleX(), r.MiddleY(), r.W*.13
	dx, dy := float64(r.W*.25), float64(r.H*.25)
	switch kind {
	case 0: // the treatment avoids it
		p.Line(r.X+dx, cy, r.Right()-dx, cy, width, chart.White)
	case 1: // the treatment brings it
		p.Line(r.X+dx, cy, r.Right()-dx, cy, width, chart.White)
		p.Line(cx, r.Y+dy, cx, r.Bottom()-dy, width, chart.White)
	}
}
