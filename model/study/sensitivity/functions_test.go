package sensitivity

import "math"

// Functions of the literature whose indices are known in closed form.

// ishigami is sin x₁ + a sin² x₂ + b x₃⁴ sin x₁ on (−π, π)³, with a = 7, b = 0.1
// [Ishigami1990].
func ishigami(u []float64) float64 {
	var x [3]float64
	for i := range x {
		x[i] = math.Pi * (2*u[i] - 1)
	}
	return math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + .1*math.Pow(x[2], 4)*math.Sin(x[0])
}

// Its first-order and total indices, and its variance.
var (
	ishigamiFirst    = []float64{.3139, .4424, 0}
	ishigamiTotal    = []float64{.5576, .4424, .2437}
	ishigamiVariance = 49./8 + .1*math.Pow(math.Pi, 4)/5 + .01*math.Pow(math.Pi, 8)/18 + .5
)

// The g function of Sobol', Π (|4uᵢ − 2| + aᵢ)/(1 + aᵢ), with the coefficients of
// Saltelli and Sobol' (1995).
var gCoefficients = []float64{0, 1, 4.5, 9, 99, 99, 99, 99}

func gFunction(u []float64) float64 {
	p := 1.0
	for i, a := range gCoefficients {
		p *= (math.Abs(4*u[i]-2) + a) / (1 + a)
	}
	return p
}

// gIndices are its indices and its variance.
func gIndices() (first, total []float64, variance float64) {
	all := 1.0
	part := make([]float64, len(gCoefficients))
	for i, a := range gCoefficients {
		part[i] = 1 / (3 * (1 + a) * (1 + a))
		all *= 1 + part[i]
	}
	variance = all - 1
	for _, p := range part {
		first = append(first, p/variance)
		total = append(total, p*all/(1+p)/variance)
	}
	return
}

// morris20 is the function of twenty inputs of Morris (1991), section 4, with
// coefficients (−1)ⁱ and (−1)ⁱ⁺ʲ in place of the random ones, as in Saltelli et al.
// (2000).
func morris20(u []float64) float64 {
	var w [21]float64
	for i := 1; i <= 20; i++ {
		if x := u[i-1]; i == 3 || i == 5 || i == 7 {
			w[i] = 2 * (1.1*x/(x+.1) - .5)
		} else {
			w[i] = 2 * (x - .5)
		}
	}
	y := 0.0
	for i := 1; i <= 20; i++ {
		b := math.Pow(-1, float64(i))
		if i <= 10 {
			b = 20
		}
		y += b * w[i]
		for j := i + 1; j <= 20; j++ {
			b := math.Pow(-1, float64(i+j))
			if j <= 6 {
				b = -15
			}
			y += b * w[i] * w[j]
			for l := j + 1; l <= 5; l++ {
				y -= 10 * w[i] * w[j] * w[l]
				for s := l + 1; s <= 4; s++ {
					y += 5 * w[i] * w[j] * w[l] * w[s]
				}
			}
		}
	}
	return y
}

// noise adds to a function errors of standard deviation sd, one a replicate: new ones
// at every point, or such that points share a part.
type noise struct {
	sd, shared float64
	replicates int
	calls      int
}

func (n *noise) respond(y float64) Response {
	out := make(Response, n.replicates)
	own, common := source(uint64(1000+n.calls)), source(999)
	for r := range out {
		out[r] = y + n.sd*(math.Sqrt(1-n.shared*n.shared)*own.Normal(1, r)+n.shared*common.Normal(1, r))
	}
	n.calls++
	return out
}
