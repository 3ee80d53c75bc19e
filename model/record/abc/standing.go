package abc

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/stat"
)

// Standing says where a record stands among data sets that a fit makes: whether it is one of their kind.
type Standing struct {
	Distance float64 // of the record from their mean, in their covariance (Mahalanobis)
	Usual    float64 // what 95 in 100 of the data sets have at most
	Beyond   float64 // share of the data sets at least as far
}

// Outside reports whether the record is farther than 95 in 100 of the data sets.
func (s *Standing) Outside() bool { return s.Distance > s.Usual }

// StandingOf compares a record with data sets, [data set][statistic]. Undefined statistics of a data set (NaN) stand at
// the mean of the others; those undefined in the record, or equal in all, take no part. NaN with fewer data sets than
// statistics.
func StandingOf(record []float64, sets [][]float64) Standing {
	var rows [][]float64
	for range sets {
		rows = append(rows, nil)
	}
	var own []float64
	for k, y := range record {
		column := make([]float64, len(sets))
		for i := range sets {
			column[i] = sets[i][k]
		}
		defined := slices.DeleteFunc(slices.Clone(column), math.IsNaN)
		if math.IsNaN(y) || len(defined) == 0 || slices.Min(defined) == slices.Max(defined) {
			continue
		}
		mean := 0.0
		for _, v := range defined {
			mean += v / float64(len(defined))
		}
		own = append(own, y-mean)
		for i, v := range column {
			if math.IsNaN(v) {
				v = mean
			}
			rows[i] = append(rows[i], v-mean)
		}
	}
	if len(rows) <= len(own) {
		return Standing{math.NaN(), math.NaN(), math.NaN()}
	}
	f := newFactor(len(own), 0)
	for _, row := range rows {
		f.add(slices.Clone(row), nil)
	}
	away := func(x []float64) float64 {
		sum := 0.0
		for _, t := range f.whitened(x) {
			sum += float64(t * t)
		}
		return math.Sqrt(sum * float64(len(rows)-1))
	}
	out, all := Standing{Distance: away(own)}, make([]float64, len(rows))
	for i, row := range rows {
		all[i] = away(row)
		if all[i] >= out.Distance {
			out.Beyond += 1 / float64(len(rows))
		}
	}
	slices.Sort(all)
	out.Usual = stat.Quantile(all, 0.95)
	return out
}
