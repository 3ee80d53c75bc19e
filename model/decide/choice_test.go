package decide

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
)

// numbers returns addressed uniforms for the tests of this package.
func numbers(name string) func() float64 {
	r := random.NewSource(random.Mix, 20261121).Replicate(0)
	k, n := random.Stream(random.NameHash(name), random.Choice), -1
	return func() float64 { n++; return r.Uniform(k, n) }
}

// menu returns random utilities, with some rungs off the menu.
func menu(u func() float64) (out Utilities) {
	for r := range out {
		out[r] = 2*u() - 1
		if u() < 0.2 && r > 0 {
			out[r] = math.Inf(-1)
		}
	}
	return out
}

// TestLogitShares: probabilities are exp(λU) over its sum, to 1e-14, and those of
// rungs off the menu exactly 0.
//
// Mutation that it catches: dividing by the sum of the whole ladder.
func TestLogitShares(t *testing.T) {
	next := numbers("shares")
	for range 2000 {
		u, lambda := menu(next), 30*next()
		c := Logit(&u, lambda)
		total := 0.0
		for _, x := range u {
			total += math.Exp(lambda * x)
		}
		sum := 0.0
		for r, x := range u {
			got, want := c.Below(r+1)-c.Below(r), math.Exp(lambda*x)/total
			if math.Abs(got-want) > 1e-14 || math.IsInf(x, -1) && got != 0 {
				t.Fatalf("λ = %v, R%d of %v: %v, want %v", lambda, r, u, got, want)
			}
			sum += got
		}
		if math.Abs(sum-1) > 1e-15 || c.Below(0) != 0 || c.Below(N) != 1 {
			t.Fatalf("probabilities add up to %v", sum)
		}
	}
}

// TestInverseCDF: At and Below are each other's inverse: the rung at a uniform is
// the one whose interval holds it; a fine grid of uniforms gives the shares.
//
// Mutation that it catches: ≤ for <, or the survival instead of the distribution.
func TestInverseCDF(t *testing.T) {
	next := numbers("inverse")
	for range 300 {
		u := menu(next)
		c := Logit(&u, 8*next())
		var counts [N]float64
		const grid = 10000
		for i := range grid {
			x := (float64(i) + 0.5) / grid
			r := c.At(x)
			counts[r]++
			if x < c.Below(r)-1e-15 || x > c.Below(r+1)+1e-15 || math.IsInf(u[r], -1) {
				t.Fatalf("uniform %v: R%d of [%v, %v)", x, r, c.Below(r), c.Below(r+1))
			}
		}
		for r := range counts {
			if want := c.Below(r+1) - c.Below(r); math.Abs(counts[r]/grid-want) > 1.0/grid {
				t.Fatalf("R%d: share %v, want %v", r, counts[r]/grid, want)
			}
		}
		if top := c.At(1); math.IsInf(u[top], -1) {
			t.Fatalf("R%d is off the menu", top)
		}
	}
}

// TestMean: the mean level is the sum of shares times levels.
func TestMean(t *testing.T) {
	next := numbers("mean")
	scale, err := ladder.Named("standard")
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		u, lambda := menu(next), 10*next()
		c := Logit(&u, lambda)
		top, bottom := 0.0, 0.0
		for r, x := range u {
			top += math.Exp(lambda*x) * scale.Rungs[r].Level
			bottom += math.Exp(lambda * x)
		}
		if got := c.Mean(scale); math.Abs(got-top/bottom) > 1e-14 {
			t.Fatalf("mean %v, want %v", got, top/bottom)
		}
	}
}

// TestProperty08Limits: λ = 0 is uniform over the menu, λ → ∞ the argmax, with
// shares of equals; utilities times a power of two with λ divided by it change no
// bit, under both couplings.
//
// Mutation that it catches: normalising utilities by their range before λ.
func TestProperty08Limits(t *testing.T) {
	next := numbers("limits")
	for range 500 {
		u := menu(next)
		size := 0.0
		for _, x := range u {
			if !math.IsInf(x, -1) {
				size++
			}
		}
		flat := Logit(&u, 0)
		for r, x := range u {
			want := 1 / size
			if math.IsInf(x, -1) {
				want = 0
			}
			if got := flat.Below(r+1) - flat.Below(r); math.Abs(got-want) > 1e-15 {
				t.Fatalf("λ = 0: R%d has %v, want %v", r, got, want)
			}
		}
		for _, huge := range []float64{1e12, 1e300, math.Inf(1)} {
			sharp := Logit(&u, huge)
			if r := sharp.At(next()); r != u.Argmax() || u[r] != u.Max() {
				t.Fatalf("λ = %v: R%d, argmax R%d", huge, r, u.Argmax())
			}
		}
		lambda, x := 10*next(), next()
		var shocks, scaled Utilities
		for r := range shocks {
			shocks[r] = -math.Log(-math.Log(next()))
		}
		for _, power := range []float64{0.25, 2, 1024} {
			for r := range u {
				scaled[r] = u[r] * power
			}
			a, b := Logit(&u, lambda), Logit(&scaled, lambda/power)
			if a != b || a.At(x) != b.At(x) || Gumbel(&u, lambda, &shocks) != Gumbel(&scaled, lambda/power, &shocks) {
				t.Fatalf("utilities times %v with λ over it: %v and %v", power, a, b)
			}
		}
	}
}

// TestEqualsShare: rungs of the same utility share alike at any λ.
func TestEqualsShare(t *testing.T) {
	u := Utilities{1, 1, 0, math.Inf(-1), math.Inf(-1), 1, 0, 0, 0, 0}
	c := Logit(&u, math.Inf(1))
	for r, want := range map[int]float64{0: 1.0 / 3, 1: 1.0 / 3, 2: 0, 5: 1.0 / 3, 9: 0} {
		if got := c.Below(r+1) - c.Below(r); math.Abs(got-want) > 1e-15 {
			t.Errorf("R%d has %v, want %v", r, got, want)
		}
	}
}

// TestEqualsAtTheirEdges: among equals the lowest rung is the argmax; a uniform at the end of an interval belongs to
// the next one, and 0 to the first rung that is on the menu.
//
// Catches: the highest among equals, a rung off the menu at a uniform of 0.
func TestEqualsAtTheirEdges(t *testing.T) {
	out := math.Inf(-1)
	u := Utilities{out, 2, 0, 2, out, 0, 0, 0, 0, 2}
	if u.Argmax() != 1 || u.Max() != 2 {
		t.Errorf("argmax R%d with %v", u.Argmax(), u.Max())
	}
	c := Logit(&u, 0) // eight rungs alike
	for uniform, want := range map[float64]int{0: 1, 1.0 / 8: 2, 2.0 / 8: 3, 3.0 / 8: 5, 7.0 / 8: 9} {
		if got := c.At(uniform); got != want {
			t.Errorf("uniform %v: R%d, want R%d", uniform, got, want)
		}
	}
}

// TestGumbelMarginals: with standard Gumbel shocks the argmax has the logit's law:
// a bias of 0.02 in any share is seen at level 1e-6.
//
// Mutation that it catches: shocks of the wrong sign (the smallest-value law).
func TestGumbelMarginals(t *testing.T) {
	next := numbers("gumbel")
	const n = 40000
	for range 5 {
		u, lambda := menu(next), 4*next()
		c := Logit(&u, lambda)
		var counts [N]float64
		for range n {
			var shocks Utilities
			for r := range shocks {
				shocks[r] = -math.Log(-math.Log(next()))
			}
			counts[Gumbel(&u, lambda, &shocks)]++
		}
		for r := range counts {
			p := c.Below(r+1) - c.Below(r)
			if d := counts[r]/n - p; math.Abs(d) > 4.89*math.Sqrt(p*(1-p)/n)+1e-4 {
				t.Errorf("R%d: %v, want %v", r, counts[r]/n, p)
			}
		}
	}
}

// TestGumbelSharp: at λ = ∞ the shocks decide nothing.
func TestGumbelSharp(t *testing.T) {
	u := Utilities{-3, -2, -1, -4, math.Inf(-1), -5, -6, -7, -8, -9}
	var shocks Utilities
	for _, lambda := range []float64{1e300, math.Inf(1)} {
		if r := Gumbel(&u, lambda, &shocks); r != u.Argmax() {
			t.Errorf("λ = %v: R%d, want R%d", lambda, r, u.Argmax())
		}
	}
}

// TestAtMost: what is certainly a rung or one below it is so by the choice itself, at uniforms up to the
// last one before 1; and most choices of a low rung are known to be.
//
// Mutation that it catches: a bound below the sum of the exponentials.
func TestAtMost(t *testing.T) {
	next := numbers("at most")
	known, low := 0, 0
	for range 20000 {
		u, lambda := menu(next), 60*next()
		if next() < 0.1 {
			lambda = 1e100
		}
		c := Logit(&u, lambda)
		for _, x := range []float64{0, next(), 1 - 1e-6*next(), math.Nextafter(1, 0)} {
			rung, bound := c.At(x), int(9*next())
			sure := u.AtMost(bound, lambda, x)
			if sure && rung > bound {
				t.Fatalf("R%d is chosen at %v with λ = %v from %v, and R%d was certain to be above", rung, x, lambda, u, bound)
			}
			if rung <= bound && x < 0.9 {
				low++
				if sure {
					known++
				}
			}
		}
	}
	if low < 10000 || known < low/2 {
		t.Errorf("%d of %d are known", known, low)
	}
}
