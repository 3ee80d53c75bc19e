package param

import (
	"fmt"
	"math"

	"github.com/misstep/misstep/model/elem"
)

// Family names the shape of a distribution.
type Family uint8

// The families. Parameters A and B are given with each.
const (
	Point       Family = iota // A: the value
	Uniform                   // A, B: the bounds
	Normal                    // A: mean, B: standard deviation
	LogNormal                 // A: mean of ln x, B: standard deviation of ln x
	LogitNormal               // A: mean of ln(x/(1−x)), B: its standard deviation
	Beta                      // A, B: the two shapes
)

var familyNames = [...]string{"point", "uniform", "normal", "lognormal", "logitnormal", "beta"}

func (f Family) String() string { return familyNames[f] }

// link is the scale on which a family is normal, and where it lives.
type link struct {
	to, from func(float64) float64
	lo, hi   float64
}

// links are those of the families of a normal.
var links = [...]link{Normal: {same, same, math.Inf(-1), math.Inf(1)}, LogNormal: {elem.Log, elem.Exp, 0, math.Inf(1)},
	LogitNormal: {elem.Logit, elem.Logistic, 0, 1}}

func same(x float64) float64 { return x }

// Dist is a value and how sure it is: a point or a distribution truncated to
// the domain of the parameter. The zero value is the point 0.
type Dist struct {
	Family Family
	A, B   float64
	Lo, Hi float64 // truncation; Lo = Hi = 0 means none
	Text   string  // as the user wrote it
}

// Fixed returns the point distribution at x.
func Fixed(x float64) Dist { return Dist{Family: Point, A: x, Text: FormatNumber(x, false)} }

// IsPoint reports whether the distribution has no spread.
func (d Dist) IsPoint() bool { return d.Family == Point }

// Same reports whether two distributions are the same, however they are written.
func (d Dist) Same(o Dist) bool {
	d.Text, o.Text = "", ""
	return d == o
}

// Quantile returns the value below which the share u of the (truncated)
// distribution lies; u in (0, 1).
func (d Dist) Quantile(u float64) float64 {
	switch {
	case d.Family == Point:
		return d.A
	case d.Lo == 0 && d.Hi == 0:
		return d.rawQuantile(u)
	}
	lo, hi := d.rawCDF(d.Lo), d.rawCDF(d.Hi)
	x := d.rawQuantile(lo + float64(u*(hi-lo)))
	return math.Min(math.Max(x, d.Lo), d.Hi)
}

// CDF returns the share of the (truncated) distribution at or below x.
func (d Dist) CDF(x float64) float64 {
	switch {
	case d.Family == Point && x < d.A:
		return 0
	case d.Family == Point:
		return 1
	case d.Lo == 0 && d.Hi == 0:
		return d.rawCDF(x)
	}
	lo, hi := d.rawCDF(d.Lo), d.rawCDF(d.Hi)
	return math.Min(1, math.Max(0, (d.rawCDF(x)-lo)/(hi-lo)))
}

// Median is the quantile at one half.
func (d Dist) Median() float64 { return d.Quantile(0.5) }

func (d Dist) rawQuantile(u float64) float64 {
	switch d.Family {
	case Uniform:
		return d.A + float64(u*(d.B-d.A))
	case Beta:
		return elem.BetaInverse(d.A, d.B, u)
	}
	return links[d.Family].from(d.A + float64(d.B*elem.NormalQuantile(u)))
}

func (d Dist) rawCDF(x float64) float64 {
	switch d.Family {
	case Uniform:
		return math.Min(1, math.Max(0, (x-d.A)/(d.B-d.A)))
	case Beta:
		return elem.BetaI(d.A, d.B, math.Min(1, math.Max(0, x)))
	}
	switch l := links[d.Family]; {
	case x <= l.lo:
		return 0
	case x >= l.hi:
		return 1
	default:
		return elem.NormalCDF((l.to(x) - d.A) / d.B)
	}
}

// FromInterval returns the distribution whose central interval of mass level
// is [lo, hi]: lognormal where the domain is positive, logit-normal on the unit
// interval, else normal; always truncated to the domain.
func FromInterval(lo, hi, level float64, dom Domain) (Dist, error) {
	if !(lo < hi) {
		return Dist{}, fmt.Errorf("the interval %v to %v is empty",
			FormatNumber(lo, dom.Duration), FormatNumber(hi, dom.Duration))
	}
	for _, x := range [2]float64{lo, hi} {
		if err := dom.Check(x); err != nil {
			return Dist{}, err
		}
	}
	if !(level > 0 && level < 1) {
		return Dist{}, fmt.Errorf("the mass %v of an interval must lie between 0 and 1", level)
	}
	family := Normal
	switch {
	case dom.Lo == 0 && dom.Hi == 1 && lo > 0 && hi < 1:
		family = LogitNormal
	case dom.Lo == 0 && dom.Hi == 1:
		return Dist{}, fmt.Errorf("an interval on 0 to 1 must lie strictly inside; write uniform(%v, %v)", lo, hi)
	case dom.Lo == 0 && lo > 0:
		family = LogNormal
	}
	lo, hi = links[family].to(lo), links[family].to(hi)
	z := elem.NormalQuantile(0.5 + float64(level/2))
	return Dist{Family: family, A: (lo + hi) / 2, B: (hi - lo) / (2 * z)}.truncate(dom), nil
}

// truncate restricts the distribution to the domain where its support is larger.
func (d Dist) truncate(dom Domain) Dist {
	if d.Family == Point || d.Family == Uniform || d.Family == Beta {
		return d
	}
	if l := links[d.Family]; dom.Lo > l.lo || dom.Hi < l.hi {
		d.Lo = math.Max(dom.Lo, -math.MaxFloat64)
		d.Hi = math.Min(dom.Hi, math.MaxFloat64)
	}
	return d
}
