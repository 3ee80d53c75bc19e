package decision

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/random"
)

// twisted is a world that is no straight line: a product, a wave, and two numbers that do nothing.
func twisted() *world {
	w := &world{numbers: 6, benefit: func(u []float64) float64 {
		return 0.5*(u[0]-0.45)*(0.5+u[1]) + 0.1*math.Sin(2*math.Pi*u[2]) + 0.1*(u[3]-0.5)
	}}
	w.seen = func(u []float64, chance *random.Replicate, d int) (float64, float64) {
		return w.benefit(u) + 0.3*chance.Normal(random.Stream(2, random.World), d), 0.09
	}
	return w
}

// nested is the value of knowing some numbers by nested Monte Carlo: over inner draws of the others for
// each outer draw of these.
func nested(w *world, known map[int]bool, outer, inner int) float64 {
	rep := random.NewSource(random.Mix, 77).Replicate(0)
	gain, mean, u := 0.0, 0.0, make([]float64, w.numbers)
	for i := range outer {
		within := 0.0
		for j := range inner {
			for k := range u {
				at := (i*inner + j) * w.numbers
				if known[k] {
					at = i * w.numbers
				}
				u[k] = rep.Uniform(random.Stream(uint64(5+k), random.World), at)
			}
			within += w.benefit(u) / float64(inner)
		}
		gain, mean = gain+max(0, within)/float64(outer), mean+within/float64(outer)
	}
	return gain - max(0, mean)
}

// TestAgainstNested: where the truth is crooked, the values of knowing one number, and a group, are those of
// nested Monte Carlo without noise, on the mean over 12 samples: a number to an eighth; a group, whose
// product the regression cannot see and whose shrinkage costs a little, to a quarter from below, a tenth from above.
func TestAgainstNested(t *testing.T) {
	const samples = 12
	w := twisted()
	var numbers [3]float64
	group := 0.0
	for seed := range samples {
		s, _ := w.sampled(2000, seed)
		list := []benefit{s.contrasts[0].under(0)}
		l := newLearner(s)
		for _, n := range l.numbers(list) {
			if k := int(n.Name[len(n.Name)-1] - 'a'); k < 3 && k != 1 {
				numbers[k] += n.Value / samples
			}
		}
		g, _ := l.group(func(path string) bool { return path <= "number.c" })
		value, _, _ := g.worth(list, 1)
		group += value / samples
	}
	for _, k := range []int{0, 2} {
		if want := nested(w, map[int]bool{k: true}, 2000, 500); math.Abs(numbers[k]/want-1) > 0.125 {
			t.Errorf("number %d: %.4f, nested %.4f", k, numbers[k], want)
		}
	}
	if want := nested(w, map[int]bool{0: true, 1: true, 2: true}, 4000, 100); group > want*1.1 || group < want*0.75 {
		t.Errorf("the group: %.4f, nested %.4f", group, want)
	}
}
