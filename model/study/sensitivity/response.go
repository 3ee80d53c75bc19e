package sensitivity

// Response is what a model gives at a point: one value per replicate, whose mean
// estimates the output. A single value is taken as exact. All responses of a study
// have the same length; equal positions may share their random numbers.
type Response []float64

// Mean is the estimate of the output.
func (r Response) Mean() float64 {
	sum := 0.0
	for _, x := range r {
		sum += x
	}
	return sum / float64(len(r))
}

// minus is the difference of two responses, replicate by replicate.
func (r Response) minus(o Response) Response {
	out := make(Response, len(r))
	for i := range r {
		out[i] = r[i] - o[i]
	}
	return out
}

// product estimates E x · E y without the noise that the two share: the mean of
// xᵢ·yⱼ over different replicates i ≠ j. Of single values it is their product.
func product(x, y Response) float64 {
	n := float64(len(x))
	if n == 1 {
		return x[0] * y[0]
	}
	sx, sy, diagonal := 0.0, 0.0, 0.0
	for i := range x {
		sx += x[i]
		sy += y[i]
		diagonal += float64(x[i] * y[i])
	}
	return (float64(sx*sy) - diagonal) / (n * (n - 1))
}

// noiseOf is the variance of the mean of a response: the Monte Carlo error, squared.
// It is 0 for a single value.
func noiseOf(r Response) float64 {
	mean := r.Mean()
	return max(0, float64(mean*mean)-product(r, r))
}
