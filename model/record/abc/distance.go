package abc

import "math"

// metric is the scaled distance to the observed statistics y,
//
//	d(s, y) = √ Σ_k w_k ((s_k − y_k) / scale_k)²
//
// over the statistics that are observed. One that s does not define counts as missing scales away.
type metric struct {
	active  []int     // statistics that are observed and have a weight
	y       []float64 // [active]
	factor  []float64 // [active] √w / scale
	missing []float64 // [active] w · missing²
}

// missing is the distance, in scales, of a statistic that a data set does not define.
const missing = 3

func weight(weights []float64, k int) float64 {
	if weights == nil {
		return 1
	}
	return weights[k]
}

func newMetric(observed, scales, weights []float64) *metric {
	m := new(metric)
	for k, y := range observed {
		w := weight(weights, k)
		if math.IsNaN(y) || w == 0 {
			continue
		}
		m.active = append(m.active, k)
		m.y = append(m.y, y)
		m.factor = append(m.factor, math.Sqrt(w)/scales[k])
		m.missing = append(m.missing, w*missing*missing)
	}
	return m
}

// distance returns d(s, y); +Inf if a statistic is infinite.
func (m *metric) distance(s []float64) float64 {
	sum := 0.0
	for i, k := range m.active {
		x := s[k]
		if math.IsNaN(x) {
			sum += m.missing[i]
			continue
		}
		x = (x - m.y[i]) * m.factor[i]
		sum += float64(x * x)
	}
	return math.Sqrt(sum)
}

// tiniest is the least scale, so that a factor is finite.
const tiniest = 1e-300

// ball is the set of statistics within Eps of the observed ones.
type ball struct {
	Scales  []float64
	Eps     float64
	metrics *metric
}

// holds reports whether b contains the other ball whatever is missing from a data set. It may say no
// where a closer look would say yes.
func (b *ball) holds(o *ball) bool {
	ratio := 1.0 // a missing statistic is as far in both
	for _, k := range b.metrics.active {
		ratio = math.Max(ratio, o.Scales[k]/b.Scales[k])
	}
	return o.Eps*ratio <= b.Eps
}

// region is the intersection of balls, the newest last. While scales are re-estimated a new ball need
// not lie inside those before. They are kept until it does, so that regions are nested and the
// particles dropped at a threshold are those outside the new region [Prangle2017].
type region []ball

// narrow returns the intersection with a ball, without the balls that contain it.
func (r region) narrow(b ball) region {
	out := make(region, 0, len(r)+1)
	for _, old := range r {
		if !old.holds(&b) {
			out = append(out, old)
		}
	}
	return append(out, b)
}

func (r region) last() *ball { return &r[len(r)-1] }

// holds reports whether s is in the region, and its distance in the newest ball.
func (r region) holds(s []float64) (float64, bool) {
	b := r.last()
	d := b.metrics.distance(s)
	if !(d <= b.Eps) {
		return d, false
	}
	for i := range r[:len(r)-1] {
		if !(r[i].metrics.distance(s) <= r[i].Eps) {
			return d, false
		}
	}
	return d, true
}
