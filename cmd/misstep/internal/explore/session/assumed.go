package session

import (
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
	"github.com/misstep/misstep/model/summary"
)

// How many numbers are offered.
const (
	fewestAssumed = 8
	mostAssumed   = 12
)

// assumed are the numbers that matter: those that were held at their ends, those that decide, those that the card
// names, and then others that are in force, up to a few.
func (s *Session) assumed() []Control {
	v := s.base
	reads := s.inForce()
	var slots []int
	take := func(i int) {
		if i >= 0 && reads[i] && !slices.Contains(slots, i) && len(slots) < mostAssumed {
			slots = append(slots, i)
		}
	}
	at := func(path string) int {
		full := scenario.FullPath(path)
		if i := slices.IndexFunc(v.Slots, func(x scenario.Slot) bool { return x.Path == full }); i >= 0 {
			return i
		}
		parts := strings.Split(path, ".") // who has no number of their own goes by that for everyone
		full = scenario.FullPath(strings.Join(parts[max(0, len(parts)-2):], "."))
		return slices.IndexFunc(v.Slots, func(x scenario.Slot) bool { return x.Path == full })
	}
	for i := range s.source.Levers {
		take(at(s.source.Levers[i].Path))
	}
	for _, path := range s.source.Deciding {
		take(at(path))
	}
	for _, path := range v.Card.Try {
		if strings.HasPrefix(path, "assumptions.") {
			take(at(path))
		}
	}
	others := make([]int, len(v.Slots))
	for i := range others {
		others[i] = i
	}
	first(others, func(i *int) int { return rankOf(&v.Slots[*i]) })
	for _, i := range others {
		if len(slots) < fewestAssumed && (!v.Slots[i].Dist.IsPoint() || s.source.Draws == 1) {
			take(i)
		}
	}
	out := []Control{}
	for _, i := range slots {
		out = append(out, s.number(i))
	}
	return out
}

// rankOf says which numbers are offered first of those that nobody names.
func rankOf(s *scenario.Slot) int {
	path := scenario.ShortPath(s.Path)
	for i, part := range []string{"prices.", "strength.", "choice.rationality", "onset.", "effect.", "evidence."} {
		if strings.HasPrefix(path, part) {
			return i
		}
	}
	return len(path) + 10
}

// inForce says which numbers the two arms or their past are made of. A price that a later step of the policy path takes
// the place of before the window begins is not among them.
func (s *Session) inForce() []bool {
	v := s.base
	theta := s.median()
	_, by := sim.Reading(v, theta)
	out := make([]bool, len(v.Slots))
	for a := range v.Arms {
		if v.Arms[a].Name == s.shipped.Arms[0] || v.Arms[a].Name == s.shipped.Arms[1] {
			for i, read := range by[a] {
				out[i] = out[i] || read
			}
		}
	}
	last := map[string]scenario.PriceStep{}
	for _, p := range v.Prices {
		if x, known := last[p.State]; p.From <= 0 && (!known || p.From >= x.From) {
			last[p.State] = p
		}
	}
	for _, p := range v.Prices {
		if x, known := last[p.State]; known && p.From < x.From {
			out[p.Price] = false
		}
	}
	for state := range last {
		out[v.Param(param.ChoicePrice, "states."+scenario.Quoted(state))] = false
	}
	return out
}

// median has every number at the middle of what is believed of it.
func (s *Session) median() []float64 {
	theta := make([]float64, len(s.base.Slots))
	for i := range theta {
		theta[i] = s.base.Slots[i].Dist.Median()
	}
	return theta
}

// number is a slot as a control.
func (s *Session) number(slot int) Control {
	v, x := s.base, &s.base.Slots[slot]
	c := Control{Path: scenario.ShortPath(x.Path), Words: say.PlainNumberAt(x.Path), Unit: unitOf(x), Kind: Number,
		Shipped: x.Dist.Text, At: v.Quantile(slot, 0.5), Source: x.Source, Whole: x.Domain.Integer, Options: []Item{}}
	if x.Domain.Duration {
		c.Suffix = "d"
	}
	if c.Shipped == "" {
		c.Shipped = param.FormatNumber(x.Dist.A, x.Domain.Duration)
	}
	c.Low, c.High = reach(x, c.At)
	c.Log = x.Dist.Family == param.LogNormal && c.Low > 0 && c.High/c.Low > 10
	if !x.Dist.IsPoint() {
		c.Prior = density(&c, sample(x.Dist.Quantile), nil)
	}
	if v.Learned(slot) != nil {
		k := slices.Index(v.Joint.Slots, slot)
		values, weights, before := make([]float64, len(v.Joint.Rows)), make([]float64, len(v.Joint.Rows)), 0.0
		for i, row := range v.Joint.Rows {
			values[i], weights[i], before = row[k], v.Joint.Cumulative[i]-before, v.Joint.Cumulative[i]
		}
		c.Learned = density(&c, values, weights)
	}
	for i := range s.source.Levers {
		if l := &s.source.Levers[i]; l.Path == x.Path {
			c.Turns = turnOf(l, v.Headline.Outcome)
		}
	}
	return c
}

// reach is how far a number can be moved: somewhat beyond what is believed of it, within its domain.
func reach(x *scenario.Slot, at float64) (low, high float64) {
	const beyond = 1.5
	low, high = x.Dist.Quantile(0.005), x.Dist.Quantile(0.995)
	switch {
	case x.Dist.IsPoint() && at == 0:
		low, high = 0, 1
	case x.Dist.IsPoint():
		low, high = min(at/3, at*3), max(at/3, at*3)
	case x.Dist.Family == param.Uniform:
		low, high = x.Dist.A-float64((x.Dist.B-x.Dist.A)/2), x.Dist.B+float64((x.Dist.B-x.Dist.A)/2)
	case low > 0:
		low, high = low/beyond, high*beyond
	default:
		low, high = low-(high-low)/10, high+(high-low)/10
	}
	within := func(y float64) float64 { return min(x.Domain.Hi, max(x.Domain.Lo, y)) }
	if x.Domain.Lo != 0 || x.Domain.Hi != 0 {
		low, high = within(low), within(high)
	}
	if inner := (high - low) / 1000; x.Domain.OpenLo && low == x.Domain.Lo {
		low += inner
	} else if x.Domain.OpenHi && high == x.Domain.Hi {
		high -= inner
	}
	return threeDigits(low), threeDigits(high)
}

// threeDigits rounds a number so that a slider ends at one that can be read.
func threeDigits(x float64) float64 {
	if x == 0 || math.IsInf(x, 0) {
		return x
	}
	by := elem.Pow(10, math.Floor(elem.Log10(math.Abs(x)))-2)
	return math.Round(x/by) * by
}

// sample are quantiles of a distribution at even shares.
func sample(quantile func(float64) float64) (out []float64) {
	const n = 400
	for i := range n {
		out = append(out, quantile((float64(i)+0.5)/n))
	}
	return out
}

// density is how often values come along the scale of a control, smoothed, the highest 1.
func density(c *Control, values, weights []float64) []Point {
	const bins = 40
	on := func(x float64) float64 { return x }
	if c.Log {
		on = func(x float64) float64 { return elem.Log(max(x, math.SmallestNonzeroFloat64)) }
	}
	low, high := on(c.Low), on(c.High)
	high = max(high, low+math.SmallestNonzeroFloat64)
	counts := make([]float64, bins)
	for i, x := range values {
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		counts[min(bins-1, max(0, int((on(x)-low)/(high-low)*bins)))] += w
	}
	for range 2 {
		smooth := slices.Clone(counts)
		for i := range counts {
			left, right := counts[max(0, i-1)], counts[min(bins-1, i+1)]
			smooth[i] = float64(left/4) + float64(counts[i]/2) + float64(right/4)
		}
		counts = smooth
	}
	most, out := slices.Max(counts), []Point{}
	for i, n := range counts {
		out = append(out, Point{(float64(i) + 0.5) / bins, n / most})
	}
	return out
}

// turnOf is what is known of a number at its ends.
func turnOf(l *summary.Lever, measure string) *Turn {
	o, ok := outcome.Named(measure)
	if !ok {
		return nil
	}
	m := &summary.Measure{Unit: o.Unit}
	factor, digits := say.Factor(m.Unit), answer.SectionDigits(m)
	end := func(e *summary.LeverEnd) End {
		level := valueOf(e.Baseline, factor, false, func(x float64) string { return say.Number(x, digits) })
		change := valueOf(e.Difference, factor, false, func(x float64) string { return say.Number(x, digits) })
		change.Text = say.Signed(change.Value, digits)
		return End{At: e.At, Baseline: level, Difference: change}
	}
	t := &Turn{Low: end(&l.Low), High: end(&l.High)}
	a, b := &l.Low.Difference, &l.High.Difference
	t.Changes = a.Value*b.Value < 0 && math.Abs(a.Value) > a.MC && math.Abs(b.Value) > b.MC
	return t
}
