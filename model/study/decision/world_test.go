package decision

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

// world is a made-up truth: a net benefit by uniform numbers, and what the futures of a draw show of it.
type world struct {
	numbers int
	benefit func(u []float64) float64
	seen    func(u []float64, chance *random.Replicate, d int) (value, noise float64)
}

// sampled are draws of a world, and the truth of each.
func (w *world) sampled(draws, seed int) (*Sample, []float64) {
	rep := random.NewSource(random.Mix, 5).Replicate(uint64(seed))
	s := &Sample{Baseline: "without", Treatments: []string{"with"}, Replicates: 12,
		contrasts: []contrast{{cases: 6}}, Theta: make([][]float64, w.numbers)}
	for k := range w.numbers {
		s.Numbers = append(s.Numbers, "number."+string(rune('a'+k)))
	}
	var truth []float64
	for d := range draws {
		u := make([]float64, w.numbers)
		for k := range u {
			u[k] = rep.Uniform(random.Stream(1, random.World), d*w.numbers+k)
			s.Theta[k] = append(s.Theta[k], u[k])
		}
		value, noise := w.seen(u, &rep, d)
		truth = append(truth, w.benefit(u))
		c := &s.contrasts[0]
		c.fixed, c.varied, c.noise = append(c.fixed, value), append(c.varied, 0), append(c.noise, [3]float64{noise})
	}
	return s, truth
}

// linear is a sum of normal numbers around a mean, seen through normal noise.
func linear(mean, noise float64, slopes ...float64) *world {
	w := &world{numbers: len(slopes), benefit: func(u []float64) float64 {
		x := mean
		for k, by := range slopes {
			x += by * elem.NormalQuantile(u[k])
		}
		return x
	}}
	w.seen = func(u []float64, chance *random.Replicate, d int) (float64, float64) {
		return w.benefit(u) + noise*chance.Normal(random.Stream(2, random.World), d), noise * noise
	}
	return w
}

// lumpy is a world of 600 cases a draw in which 49 of 100 draws have no effect at all and few a large
// one: rates of cases for the better and for the worse, each 0 in 70 of 100 draws, else lognormal. Their
// counts are Poisson.
func lumpy() *world {
	rates := func(u []float64) (better, worse float64) { // per 100 cases
		rate := func(any, size float64) float64 {
			if any < 0.7 {
				return 0
			}
			return math.Exp(1.2*elem.NormalQuantile(size) - 1.5)
		}
		return 1.2 * rate(u[0], u[1]), rate(u[2], u[3])
	}
	const hundreds = 6.0
	return &world{4, func(u []float64) float64 { a, b := rates(u); return a - b },
		func(u []float64, chance *random.Replicate, d int) (float64, float64) {
			better, worse := rates(u)
			a, b := poisson(chance, better*hundreds, 11, d), poisson(chance, worse*hundreds, 12, d)
			return (a - b) / hundreds, (a + b) / (hundreds * hundreds)
		}}
}

// poisson is a Poisson count of a draw.
func poisson(chance *random.Replicate, mean float64, stream uint64, d int) (n float64) {
	for t, i := 0.0, 0; ; i, n = i+1, n+1 {
		if t += chance.Exponential(random.Stream(random.Entity(stream, d), random.World), i); t > mean {
			return n
		}
	}
}

// loss is E max(0, X) − max(0, E X) of a normal X: the unit normal loss of Raiffa & Schlaifer (1961).
func loss(mean, sd float64) float64 {
	z := math.Abs(mean) / sd
	return sd*math.Exp(-z*z/2)/math.Sqrt(2*math.Pi) - math.Abs(mean)*elem.NormalCDF(-z)
}

// tally counts how often an interval holds the truth, and takes means.
type tally struct {
	truth, mean, half float64
	held, n           int
}

func (t *tally) add(value, half float64) {
	t.mean, t.half, t.n = t.mean+value, t.half+half, t.n+1
	if math.Abs(value-t.truth) <= half {
		t.held++
	}
}

func (t *tally) average() float64 { return t.mean / float64(t.n) }

// above is the share of values above a bound.
func above(x []float64, bound float64) float64 {
	n := 0
	for _, v := range x {
		if v > bound {
			n++
		}
	}
	return float64(n) / float64(len(x))
}
