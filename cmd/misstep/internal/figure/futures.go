package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/summary"
)

// futures shows the 2 × 2 tables of paired futures: a hundred squares for a misstep at
// R3 or harder, and a hundred for one at R6 or harder.
type futures struct {
	n                   int // futures that were played in both
	baseline, treatment arm
	sides               []futuresSide
}

type futuresSide struct {
	id, heading string
	shares      [4]float64 // only baseline, only treatment, both, neither
	squares     [4]int
	ok          bool
}

// The four kinds of futures in the order of the squares.
var futureKinds = [4]struct {
	id    string
	color color.NRGBA
}{
	{"only_baseline", help}, {"only_treatment", harm}, {"both", ink}, {"neither", grid},
}

func newFutures(in *input) chart {
	f := &futures{}
	if len(in.s.Contrasts) == 0 {
		return f
	}
	c := in.s.Contrasts[0]
	f.n = in.s.Run.Draws * in.s.Run.Replicates
	f.baseline, f.treatment = in.lookOf(c.Baseline), in.lookOf(c.Treatment)
	f.sides = []futuresSide{
		sideOf("public", "A misstep (a public or harder step)", c.Futures.Public),
		sideOf("break", "One at R6 or harder (also covert)", c.Futures.Break),
	}
	return f
}

func sideOf(id, heading string, t summary.Table) futuresSide {
	s := futuresSide{id: id, heading: heading, shares: [4]float64{t.OnlyBaseline, t.OnlyTreatment, t.Both, t.Neither}, ok: true}
	total := 0.0
	for _, v := range s.shares {
		s.ok = s.ok && finite(v) && v >= 0
		total += v
	}
	if s.ok = s.ok && total > 0; s.ok {
		s.squares = Squares(s.shares)
	}
	return s
}

// Squares turns shares into whole squares that add up to 100: largest remainders.
func Squares(shares [4]float64) [4]int {
	const n = 100
	total := 0.0
	for _, v := range shares {
		total += v
	}
	var out [4]int
	var rest [4]float64
	left := n
	for i, v := range shares {
		exact := multiple(n, v/total)
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

func (f *futures) words() words {
	w := words{title: "In how many paired futures a misstep happens", exact: true}
	if len(f.sides) == 0 {
		w.alt = "No contrast between arms in this run."
		return w
	}
	w.arms = []arm{f.baseline, f.treatment}
	for _, s := range f.sides {
		w.alt += s.heading + ": "
		if !s.ok {
			w.alt += "not known in this run. "
			continue
		}
		for i := range s.shares {
			w.alt += f.sentence(s, i)
			if q := countedShare(s.shares[i], f.n); q.ok {
				w.alt += " (" + likely(q.monteLow) + " to " + likely(q.monteHigh) + ")"
			}
			w.alt += [4]string{"; ", "; ", "; ", ". "}[i]
		}
	}
	w.alt = strings.TrimSpace(w.alt) + inParentheses
	return w
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
	return fmt.Sprintf("A square is one of 100 paired futures, rounded so that the parts add up. In all: %s\u00a0%% %s, %s\u00a0%% %s.",
		fixedPoint(100*(s.shares[0]+s.shares[2]), 1), under(f.baseline), fixedPoint(100*(s.shares[1]+s.shares[2]), 1), under(f.treatment))
}

func (f *futures) table() table {
	t := newTable("misstep", "baseline", "treatment", "futures", "share", "squares")
	for _, s := range f.sides {
		for i, k := range futureKinds {
			t.add(s.id, f.baseline.name, f.treatment.name, k.id, s.shares[i], s.squares[i])
		}
	}
	return t
}

func (f *futures) draw(p *page, area rect) {
	if len(f.sides) == 0 {
		p.note(area, "No paired futures: this run has one arm only.")
		return
	}
	foot := 0.0 // the lower end of both sides
	for i, s := range f.sides {
		foot = max(foot, f.side(p, area.cell(0, 1, i, 2, 18, 0), s))
	}
	for i, s := range f.sides {
		if r := area.cell(0, 1, i, 2, 18, 0); s.ok {
			p.lines(r.x, foot, p.wrapTo(3, f.margins(s), r.w, quiet), quiet)
		}
	}
}

// side draws squares and legend, and returns the baseline below both.
func (f *futures) side(p *page, r rect, s futuresSide) float64 {
	bold := plain.heavy()
	p.text(r.x, r.y+ascent+2, p.shorten(s.heading, r.w, bold), bold)
	body := r.inset(0, lineStep+4, 0, 3*lineStep+4)
	if !s.ok {
		p.note(body, "Not known in this run.")
		return 0
	}
	size := min(body.h, r.w*.53)
	f.blocks(p, rect{body.x, body.y, size, size}, s.squares)
	x := body.x + size + 12
	y := body.y + ascent
	lines := f.legend(p, s, r.right()-x-13)
	for i, share := range s.shares {
		f.square(p, rect{x, y - 9, 10, 10}, i)
		st := f.legendStyle(i, share)
		y = p.lines(x+14, y, lines[i], st) + 2
	}
	return max(y, body.y+size+lineStep+2)
}

// legend wraps the sentences, to twelve lines in all.
func (f *futures) legend(p *page, s futuresSide, width float64) (lines [4][]string) {
	for most := 4; ; most-- {
		total := 0
		for i, share := range s.shares {
			lines[i] = p.wrapTo(most, upper(f.sentence(s, i)), width, f.legendStyle(i, share))
			total += len(lines[i])
		}
		if total <= 12 || most == 2 {
			return lines
		}
	}
}

func (f *futures) legendStyle(kind int, share float64) style {
	if share > 0 && kind < 2 {
		return plain.heavy().in(futureKinds[kind].color)
	}
	return plain
}

func (f *futures) blocks(p *page, r rect, n [4]int) {
	kind, left := 0, n[0]
	for i := range 100 {
		for left == 0 && kind < 3 {
			kind++
			left = n[kind]
		}
		left--
		f.square(p, r.cell(i/10, 10, i%10, 10, 2, 2), kind)
	}
}

// square draws one future; the kinds differ without colour too.
func (f *futures) square(p *page, r rect, kind int) {
	p.fill(r, futureKinds[kind].color)
	cx, cy, width := r.middleX(), r.middleY(), r.w*.13
	dx, dy := float64(r.w*.25), float64(r.h*.25)
	switch kind {
	case 0: // the treatment avoids it
		p.line(r.x+dx, cy, r.right()-dx, cy, width, white)
	case 1: // the treatment brings it
		p.line(r.x+dx, cy, r.right()-dx, cy, width, white)
		p.line(cx, r.y+dy, cx, r.bottom()-dy, width, white)
	}
}
