package elicit

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
)

// Point is a point of a distribution: the probability P that the number is X or less.
type Point struct{ X, P float64 }

// Fitted is a distribution and how its probabilities miss the points that it was fitted to.
type Fitted struct {
	param.Dist         // with the text that a setting takes
	SSQ        float64 // sum of squares
	Miss       float64 // at most
}

// shape is a family with two parameters that may be any number.
type shape struct {
	family param.Family
	of     func(u, v float64) (a, b float64) // parameters of the family
	text   func(a, b float64, duration bool) string
}

// shapes are the families in the order in which they are preferred where two fit alike.
var shapes = []shape{
	{param.LogitNormal, location,
		func(a, b float64, _ bool) string { return family("logitnormal", elem.Logistic(a), b, false, false) }},
	{param.LogNormal, location,
		func(a, b float64, d bool) string { return family("lognormal", elem.Exp(a), b, d, false) }},
	{param.Beta, func(u, v float64) (a, b float64) { return elem.Exp(u), elem.Exp(v) },
		func(a, b float64, _ bool) string { return family("beta", a, b, false, false) }},
	{param.Normal, location, func(a, b float64, d bool) string {
		if math.Abs(a) < float64(b*1e-6) { // at the bound 0, to which the search came close
			a = 0
		}
		return family("normal", a, b, d, d)
	}},
	{param.Uniform, func(u, v float64) (a, b float64) { return u, u + elem.Exp(v) },
		func(a, b float64, d bool) string { return family("uniform", a, b, d, d) }},
}

func location(u, v float64) (a, b float64) { return u, elem.Exp(v) }

// family writes a distribution as a setting takes it, to five digits.
func family(name string, a, b float64, first, second bool) string {
	return name + "(" + number(a, first) + ", " + number(b, second) + ")"
}

func number(x float64, duration bool) string {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 5, 64), 64)
	return param.FormatNumber(x, duration)
}

// alike is how much worse a sum of squares may be than the best and still count as the same.
const alike = 1e-6

// Fit finds the family and the parameters by which the probabilities of a distribution on a domain come closest to
// some points, of which there must be two at least, by rising X: the least sum of squares. Of families that fit alike
// the one that an interval on the domain stands for comes first. The parameters are those of the text, rounded.
func Fit(points []Point, domain param.Domain) (Fitted, error) {
	if len(points) < 2 || !slices.IsSortedFunc(points, func(a, b Point) int { return cmp.Compare(a.X, b.X) }) ||
		!(points[0].X < points[len(points)-1].X) {
		return Fitted{}, errors.New("a fit takes two points or more, by rising value")
	}
	var all []Fitted
	best := math.Inf(1)
	for _, s := range shapes {
		if f, ok := s.fit(points, domain); ok {
			all, best = append(all, f), min(best, f.SSQ)
		}
	}
	for _, f := range all {
		if f.SSQ <= best+alike {
			return f, nil
		}
	}
	return Fitted{}, errors.New("no family fits on the domain " + domain.Text)
}

// lives reports whether a family reaches all of a domain: a logit-normal or a beta just from 0 to 1, a lognormal from
// 0 on; what reaches further is cut off.
func (s shape) lives(domain param.Domain) bool {
	switch s.family {
	case param.LogitNormal, param.Beta:
		return domain.Lo == 0 && domain.Hi == 1
	case param.LogNormal:
		return domain.Lo == 0
	}
	return true
}

// fit fits one family, and is false where it has no place on the domain.
func (s shape) fit(points []Point, domain param.Domain) (Fitted, bool) {
	u, v, ok := s.start(points)
	if !ok || !s.lives(domain) {
		return Fitted{}, false
	}
	form, err := param.ParseDist(s.text(s.within(domain)), domain) // says how it is cut off
	if err != nil {
		return Fitted{}, false
	}
	miss := func(u, v float64) float64 {
		d := form
		if d.A, d.B = s.of(u, v); !s.holds(d, domain) {
			return math.Inf(1)
		}
		return missed(d, points)
	}
	u, v = descend(miss, u, v, step(points, s.family))
	if math.IsInf(miss(u, v), 1) {
		return Fitted{}, false
	}
	a, b := s.of(u, v)
	d, err := param.ParseDist(s.text(a, b, domain.Duration), domain)
	if err != nil {
		return Fitted{}, false
	}
	return Fitted{d, missed(d, points), most(d, points, domain)}, true
}

// within are parameters that a family can have on a domain.
func (s shape) within(domain param.Domain) (a, b float64, duration bool) {
	switch s.family {
	case param.Uniform:
		lo := max(domain.Lo, -1)
		return lo, min(domain.Hi, lo+1), domain.Duration
	case param.Normal:
		return max(domain.Lo, -1) + .5, 1, domain.Duration
	case param.LogNormal:
		return elem.Log(.5), 1, domain.Duration
	case param.Beta:
		return 1, 1, domain.Duration
	}
	return 0, 1, domain.Duration
}

// holds reports whether a distribution with these parameters may stand on the domain.
func (s shape) holds(d param.Dist, domain param.Domain) bool {
	switch s.family {
	case param.Uniform:
		return d.A >= domain.Lo && d.B <= domain.Hi && d.A < d.B
	case param.Normal:
		return d.A >= domain.Lo && d.A <= domain.Hi && d.B > 0 && d.B < math.Inf(1)
	case param.LogNormal:
		return elem.Exp(d.A) < domain.Hi && d.B > 0 && d.B < 50
	case param.LogitNormal:
		return math.Abs(d.A) < 30 && d.B > 0 && d.B < 50
	}
	return d.A > 1e-6 && d.B > 1e-6 && d.A < 1e6 && d.B < 1e6
}

func missed(d param.Dist, points []Point) float64 {
	sum := 0.0
	for _, p := range points {
		e := d.CDF(p.X) - p.P
		sum += float64(e * e)
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return sum
}

// most is how much the probability at a point is missed by at most. At an end of the domain any distribution has 0 or
// 1: there it is by how much too little lies beyond the half of the way to it.
func most(d param.Dist, points []Point, domain param.Domain) float64 {
	worst, middle := 0.0, points[len(points)/2].X
	for _, p := range points {
		e, half := math.Abs(d.CDF(p.X)-p.P), d.CDF(middle+float64((p.X-middle)/2))
		switch {
		case p.P < .5 && p.X <= domain.Lo:
			e = p.P - half
		case p.P > .5 && p.X >= domain.Hi:
			e = half - p.P
		}
		worst = max(worst, e)
	}
	return worst
}

// start are parameters to begin with: those of the outermost points on the scale of the family.
func (s shape) start(points []Point) (u, v float64, ok bool) {
	first, last := points[0], points[len(points)-1]
	if s.family == param.Uniform {
		return first.X, elem.Log(last.X - first.X), true
	}
	lo, hi := first.X, last.X
	middle := points[len(points)/2].X
	switch s.family {
	case param.LogNormal:
		if hi <= 0 || middle <= 0 {
			return 0, 0, false
		}
		lo, hi = elem.Log(max(lo, middle*1e-3)), elem.Log(hi)
	case param.LogitNormal:
		if lo < 0 || hi > 1 || middle <= 0 || middle >= 1 {
			return 0, 0, false
		}
		lo, hi = elem.Logit(max(lo, middle*1e-3)), elem.Logit(min(hi, 1-float64((1-middle)*1e-3)))
	case param.Beta:
		if lo < 0 || hi > 1 || middle <= 0 || middle >= 1 {
			return 0, 0, false
		}
		sd := (hi - lo) / (elem.NormalQuantile(last.P) - elem.NormalQuantile(first.P))
		n := max(float64(middle*(1-middle))/float64(sd*sd)-1, .5)
		return elem.Log(middle * n), elem.Log((1 - middle) * n), true
	}
	zl, zh := elem.NormalQuantile(first.P), elem.NormalQuantile(last.P)
	return (float64(lo*zh) - float64(hi*zl)) / (zh - zl), elem.Log((hi - lo) / (zh - zl)), true
}

// step is how far a search goes at first.
func step(points []Point, f param.Family) float64 {
	if f == param.Normal || f == param.Uniform {
		return (points[len(points)-1].X - points[0].X) / 8
	}
	return .2
}
