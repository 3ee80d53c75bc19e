package elicit

import "slices"

// vertex is a point of a simplex with the value there.
type vertex struct{ u, v, f float64 }

// descend finds a minimum of a function of two numbers near a place, by the method of Nelder and Mead with the
// coefficients 1, 2, ½ and ½. It begins again from what it found until that no longer helps. du is the first step in u;
// the first in v is a fifth.
func descend(f func(u, v float64) float64, u, v, du float64) (float64, float64) {
	at := vertex{u, v, f(u, v)}
	for range mostRestarts {
		next := simplex(f, at, du)
		better := next.f < at.f-1e-15
		if next.f <= at.f {
			at = next
		}
		if !better {
			break
		}
	}
	return at.u, at.v
}

const mostRestarts, mostSteps = 8, 400

func simplex(f func(u, v float64) float64, at vertex, du float64) vertex {
	value := func(u, v float64) vertex { return vertex{u, v, f(u, v)} }
	s := []vertex{at, value(at.u+du, at.v), value(at.u, at.v+.2)}
	byValue := func(a, b vertex) int {
		switch {
		case a.f < b.f:
			return -1
		case a.f > b.f:
			return 1
		}
		return 0
	}
	for range mostSteps {
		slices.SortStableFunc(s, byValue)
		cu, cv := float64((s[0].u+s[1].u)/2), float64((s[0].v+s[1].v)/2)
		along := func(t float64) vertex { return value(cu+float64(t*(s[2].u-cu)), cv+float64(t*(s[2].v-cv))) }
		r := along(-1)
		switch {
		case r.f < s[0].f:
			if e := along(-2); e.f < r.f {
				r = e
			}
			s[2] = r
		case r.f < s[1].f:
			s[2] = r
		default:
			c := along(.5)
			if r.f < s[2].f {
				c = along(-.5)
			}
			if c.f < min(r.f, s[2].f) {
				s[2] = c
				break
			}
			for i := 1; i < 3; i++ {
				s[i] = value((s[0].u+s[i].u)/2, (s[0].v+s[i].v)/2)
			}
		}
	}
	slices.SortStableFunc(s, byValue)
	return s[0]
}
