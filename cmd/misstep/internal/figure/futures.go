package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/summary"
)

// futures shows the 2 × 2 tables of paired futures: a hundred squares for a misstep at
// R3 or harder, and a hundred for one at R6 or harder.
type futures struct {
	baseline, treatment chart.Arm
	sides               []futuresSide
}

type futuresSide struct {
	id, heading string
	shares      [4]float64 // only baseline, only treatment, both, neither
	squares     [4]int
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
	f := &futures{baseline: in.lookOf(c.Baseline), treatment: in.lookOf(c.Treatment), sides: []futuresSide{
		sideOf("public", "A misstep (a public or harder step)", c.Futures.Public),
		sideOf("break", "One at R6 or harder (also covert)", c.Futures.Break),
	}}
	w.arms = []chart.Arm{f.baseline, f.treatment}
	var parts []string
	for _, s := range f.sides {
		var kinds []string
		for i, k := range futureKinds {
			t.add(s.id, c.Baseline, c.Treatment, k.id, s.shares[i], s.squares[i])
			text := f.sentence(s, i)
			if q := chart.CountedShare(s.shares[i], in.s.Run.Draws*in.s.Run.Replicates); q.Ok {
				text += " (" + chart.Likely(q.MonteLow) + " to " + chart.Likely(q.MonteHigh) + ")"
			}
			kinds = append(kinds, text)
		}
		if s.squares == [4]int{} {
			kinds = []string{"not known in this run"}
		}
		parts = append(parts, s.heading+": "+strings.Join(kinds, "; ")+".")
	}
	w.alt = strings.Join(parts, " ") + chart.InParentheses
	return picture{words: w, numbers: t, draw: f.draw}
}

func sideOf(id, heading string, t summary.Table) futuresSide {
	shares := [4]float64{t.OnlyBaseline, t.OnlyTreatment, t.Both, t.Neither}
	return futuresSide{id, heading, shares, Squares(shares)}
}

// Squares turns shares into whole squares that add up to 100: largest remainders.
func Squares(shares [4]float64) [4]int {
	const n = 100
	total := 0.0
	for _, v := range shares {
		total += v
	}
	var out [4]int
	if total == 0 {
		return out
	}
	var rest [4]float64
	left := n
	for i, v := range shares {
		exact := chart.Multiple(n, v/total)
		out[i] = int(exact)
		rest[i] = math.Round((exact-float64(out[i]))*1e9) / 1e9 // equal ones go to the rarer kinds, which come first
		left -= out[i]
	}
	order := []int{0, 1, 2, 3}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, i := range order[:max(left, 0)] {
		out[i]++
	}
	return out
}

// sentence says how many futures are of a kind: as many as it has squares.
func (f *futures) sentence(s futuresSide, kind int) string {
	where := [4]string{
		"only " + under(f.baseline), "only " + under(f.treatment), "in both", "in neither",
	}[kind]
	return fmt.Sprintf("in %s futures %s", s.count(kind), where)
}

// count writes how many squares a kind has.
func (s futuresSide) count(kind int) string {
	n, v := s.squares[kind], s.shares[kind]
	switch {
	case n == 0 && v > 0:
		return "fewer than 1 of 100"
	case n == 0:
		return "none of 100"
	case n == 100 && v < s.shares[0]+s.shares[1]+s.shares[2]+s.shares[3]:
		return "more than 99 of 100"
	case n == 100:
		return "all of 100"
	default:
		return fmt.Sprintf("%d of 100", n)
	}
}

// margins says how often the misstep happens in each arm by itself, with a decimal: a
// sum of rounded squares would be off.
func (f *futures) margins(s futuresSide) string {
	percent := func(kind int) string { return say.Number(100*(s.shares[kind]+s.shares[2]), 1) + "\u00a0%" }
	return fmt.Sprintf("A square is one of 100 paired futures, rounded so that the parts add up. In all: %s %s, %s %s.",
		percent(0), under(f.baseline), percent(1), under(f.treatment))
}

func (f *futures) draw(p *chart.Page, area chart.Rect) {
	for i, s := range f.sides {
		f.side(p, area.Cell(0, 1, i, 2, 18, 0), s)
	}
}

// side draws squares and legend, and what both come to.
func (f *futures) side(p *chart.Page, r chart.Rect, s futuresSide) {
	p.Title(r, s.heading)
	body := r.Inset(0, chart.LineStep+4, 0, 3*chart.LineStep+4)
	if s.squares == [4]int{} {
		p.Note(body, "Not known in this run.")
		return
	}
	size := min(body.H, r.W*.53)
	f.blocks(p, chart.Box(body.X, body.Y, size, size), s.squares)
	x := body.X + size + 12
	y := body.Y + chart.Ascent
	for i, share := range s.shares {
		f.square(p, chart.Box(x, y-9, 10, 10), i)
		st := f.legendStyle(i, share)
		y = p.Lines(x+14, y, p.WrapTo(3, say.Capital(f.sentence(s, i)), r.Right()-x-13, st), st) + 2
	}
	p.Lines(r.X, r.Bottom()-2*chart.LineStep-3, p.WrapTo(3, f.margins(s), r.W, chart.Quiet), chart.Quiet)
}

func (f *futures) legendStyle(kind int, share float64) chart.Style {
	if share > 0 && kind < 2 {
		return chart.Plain.Heavy().In(futureKinds[kind].color)
	}
	return chart.Plain
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
