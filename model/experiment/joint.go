package experiment

import (
	"math"
	"slices"
)

// JointMoments are sums over replicates of the numbers of an [outcome.Joint], and of the products
// of any two of them.
type JointMoments struct {
	N   float64   // replicates
	Sum []float64 // by number
	Sq  []float64 // of the first number with itself and each after it, then of the second, …
}

// NewJointMoments are those of some numbers over no replicate.
func NewJointMoments(numbers int) JointMoments {
	return JointMoments{Sum: make([]float64, numbers), Sq: make([]float64, numbers*(numbers+1)/2)}
}

// Clone is a copy with numbers of its own.
func (j *JointMoments) Clone() JointMoments {
	return JointMoments{N: j.N, Sum: slices.Clone(j.Sum), Sq: slices.Clone(j.Sq)}
}

// Add adds the numbers of a replicate.
func (j *JointMoments) Add(x []float64) {
	j.N++
	at := 0
	for i := range x {
		if x[i] != 0 {
			j.Sum[i] += x[i]
			for k, y := range x[i:] {
				j.Sq[at+k] += float64(x[i] * y)
			}
		}
		at += len(x) - i
	}
}

// Merge adds other replicates.
func (j *JointMoments) Merge(o *JointMoments) {
	j.N += o.N
	addAll(j.Sum, o.Sum)
	addAll(j.Sq, o.Sq)
}

// Mean returns the mean of a number over the replicates; of the number −1, which is 1 in every one, 1.
func (j *JointMoments) Mean(i int) float64 {
	if i < 0 {
		return 1
	}
	return j.Sum[i] / j.N
}

// Product is the sum of the products of two numbers.
func (j *JointMoments) Product(i, k int) float64 {
	if i > k {
		i, k = k, i
	}
	return j.Sq[i*len(j.Sum)-i*(i-1)/2+k-i]
}

// Quadratic returns gᵀ C g with C the covariance of the numbers within these replicates: n−1 below
// the bar, 0 for a single replicate. What rounding leaves of terms that cancel is no variance.
func (j *JointMoments) Quadratic(g []float64) float64 {
	const rounding = 1e-12
	if j.N < 2 {
		return 0
	}
	sum, size := 0.0, 0.0
	for i := range g {
		for k := range g {
			if g[i] != 0 && g[k] != 0 {
				x := float64(g[i] * g[k] * ((j.Product(i, k) - j.Sum[i]*j.Sum[k]/j.N) / (j.N - 1)))
				sum += x
				size += math.Abs(x)
			}
		}
	}
	if sum <= rounding*size {
		return 0
	}
	return sum
}
