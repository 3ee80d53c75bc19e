package calibrate

import (
	"cmp"
	"math"
	"strings"
	"time"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/record/evidence"
)

// Kind says on which scale two values of a statistic are compared.
type Kind uint8

// The kinds: counts by their roots and shares by their arcsines, which stabilise
// the variance; durations by their logarithms.
const (
	Plain Kind = iota
	Count
	Share
	Duration
)

// usual is, by kind, the unit of a statistic that names none, and the least scale of one that
// calibrates.
var usual = [...]struct {
	unit  string
	floor float64
}{Plain: {"–", 0.1}, Count: {"", 0.25}, Share: {"–", 0.05}, Duration: {"d", 0.1}}

// Use says what a statistic is for; the letters are those of the targets.
type Use string

// The uses.
const (
	Calibrate    Use = "C" // in the distance
	Plausibility Use = "P" // predicted and shown
	Echo         Use = "E" // an input comes back: shown, counted apart
	LeftOut      Use = "L" // calibrates, and was left out on demand: what the others say of it
)

// Statistic is one number that a record and the documented events share.
type Statistic struct {
	ID     string // unique: T26.us.2024, which belongs to T26
	Target string // the target that it belongs to
	Label  string
	Short  string // for a figure, 28 letters at most
	Unit   string // "" in the list: the usual one of its kind
	Use    Use    // "" in the list: Calibrate
	Kind   Kind
	Low    bool // one-sided: the documented value is a lower bound
	// standard deviation, on the compared scale, of what is documented as a judgement; 0 for counts, whose noise is that
	// of the simulated history
	Judged float64
	Noisy  bool    // a history of a dozen years says little of it: a quarter of the weight in the distance
	Floor  float64 // least scale of the distance
	// the correction for the distance goes all the way: counts of incidents, which data sets tell by the dozen
	Unridged bool
	// Needs is the first day on which the documented value is complete; cut-offs
	// before it drop the statistic.
	Needs  time.Time
	Missed string  // why the shipped calibration misses it; "" where it does not
	bound  float64 // documented value of a one-sided statistic, compared
	reading
}

// reading takes one number alike from what is documented by a cut-off, rows from memory apart, and from
// simulated histories.
type reading struct {
	observed  func(*evidence.Tables, time.Time) Observation
	simulated func(*World) float64 // NaN where a history does not define it
}

// complete fills in what the list leaves to the kind and to the name.
func (s *Statistic) complete() {
	s.Target, _, _ = strings.Cut(s.ID, ".")
	s.Unit, s.Use = cmp.Or(s.Unit, usual[s.Kind].unit), cmp.Or(s.Use, Calibrate)
	if s.Use == Calibrate {
		s.Floor = cmp.Or(s.Floor, usual[s.Kind].floor)
	}
}

// Compared puts a value on the scale of comparison.
func (s *Statistic) Compared(x float64) float64 {
	switch s.Kind {
	case Count:
		return math.Sqrt(x + 0.375) // Anscombe's, without its factor
	case Share:
		return elem.ArcSin(math.Sqrt(min(max(x, 0), 1)))
	case Duration:
		return elem.Log(1 + max(x, 0))
	}
	return x
}

// Natural is the inverse of Compared; what an error carried out of the domain is put at its edge.
func (s *Statistic) Natural(y float64) float64 {
	switch s.Kind {
	case Count:
		y = max(y, 0)
		return max(0, float64(y*y)-0.375)
	case Share:
		v := elem.Sin(min(max(y, 0), math.Pi/2))
		return v * v
	case Duration:
		return max(0, elem.Exp(y)-1)
	}
	return y
}
