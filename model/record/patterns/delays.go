package patterns

import (
	"math"

	"github.com/misstep/misstep/model/elem"
)

// delays is a histogram of waiting times: less than half a day, then forty bins to the factor of ten,
// the last open.
type delays [1 + perDecade*decades]int32

const (
	perDecade = 40
	decades   = 5 // from half a day to 137 years
	shortest  = 0.5
)

func (d *delays) add(days float64) {
	i := 0
	if days >= shortest {
		i = min(len(d)-1, 1+int(perDecade*elem.Log10(days/shortest)))
	}
	d[i]++
}

// quantile returns the waiting time below which the share u lies, interpolated; 0 within the first half
// day, NaN without any.
func (d *delays) quantile(u float64) float64 {
	total := 0.0
	for _, n := range d {
		total += float64(n)
	}
	if total == 0 {
		return math.NaN()
	}
	below := 0.0
	for i, n := range d {
		if below+float64(n) < u*total || n == 0 {
			below += float64(n)
			continue
		}
		if i == 0 {
			return 0
		}
		return shortest * elem.Pow(10, (float64(i-1)+(float64(u*total)-below)/float64(n))/perDecade)
	}
	return math.Inf(1)
}
