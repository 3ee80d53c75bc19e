package patterns

import (
	"math"

	"github.com/misstep/misstep/model/scenario"
)

// tally is the distribution of one statistic: by draw how often it was at most and at least the
// observed value, and a histogram of all.
type tally struct {
	observed float64
	draws    []counts
	bins     histogram
}

type counts struct{ n, low, high int }

func (t *tally) clear() {
	clear(t.draws)
	clear(t.bins.n)
}

func (t *tally) add(draw int, x float64) {
	c := &t.draws[draw]
	c.n++
	if x <= t.observed {
		c.low++
	}
	if x >= t.observed {
		c.high++
	}
	t.bins.add(x)
}

// tail returns the tail probability and its Monte Carlo standard error. Draws are the clusters,
// replicates of one draw share its parameters; with one draw the replicates are independent.
func (t *tally) tail(side string) (p, se float64) {
	low, lowSE := t.share(func(c counts) int { return c.low })
	high, highSE := t.share(func(c counts) int { return c.high })
	switch {
	case side == "low":
		return low, lowSE
	case side == "high":
		return high, highSE
	case low <= high:
		return math.Min(1, 2*low), 2 * lowSE
	default:
		return math.Min(1, 2*high), 2 * highSE
	}
}

func (t *tally) share(of func(counts) int) (p, se float64) {
	k, n, used := 0, 0, 0
	for _, c := range t.draws {
		k += of(c)
		n += c.n
		if c.n > 0 {
			used++
		}
	}
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	p = float64(k) / float64(n)
	if used == 1 {
		return p, math.Sqrt(p * (1 - p) / float64(n))
	}
	ss := 0.0
	for _, c := range t.draws {
		d := float64(of(c)) - float64(p*float64(c.n))
		ss += float64(d * d)
	}
	return p, math.Sqrt(ss*float64(used)/float64(used-1)) / float64(n)
}

func (t *tally) merge(draw int, o *tally) {
	c, b := &t.draws[draw], o.draws[0]
	c.n, c.low, c.high = c.n+b.n, c.low+b.low, c.high+b.high
	for i, n := range o.bins.n {
		t.bins.n[i] += n
	}
}

// histogram has equal bins from 0 and a last one for what lies beyond.
type histogram struct {
	width float64
	n     []int
}

// binsFor returns the histogram of a statistic: whole numbers for counts, whole days, thousandths for
// shares.
func binsFor(s *scenario.Statistic, v *scenario.Scenario) histogram {
	switch s.Measure {
	case "first_day":
		return histogram{1, make([]int, int(v.Horizon+v.Model.Backlog)+2)}
	case "uptime":
		return histogram{0.001, make([]int, 1002)}
	}
	return histogram{1, make([]int, 1002)}
}

func (h *histogram) add(x float64) {
	i := len(h.n) - 1
	if at := x / h.width; at < float64(i) {
		i = max(0, int(at))
	}
	h.n[i]++
}

// quantile returns the lower edge of the bin in which the share u is reached, +Inf in the last one.
func (h *histogram) quantile(u float64) float64 {
	total, sum := 0, 0
	for _, n := range h.n {
		total += n
	}
	for i, n := range h.n {
		if sum += n; float64(sum) >= u*float64(total) && sum > 0 {
			if i == len(h.n)-1 {
				break
			}
			return float64(i) * h.width
		}
	}
	return math.Inf(1)
}

func (h *histogram) above() float64 {
	total := 0
	for _, n := range h.n {
		total += n
	}
	if total == 0 {
		return 0
	}
	return 1 - float64(h.n[0])/float64(total)
}
