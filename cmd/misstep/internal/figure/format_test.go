package figure

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
)

var inf = math.Inf(1)

func TestAmong(t *testing.T) {
	for want, items := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"},
		"a, b and c": {"a", "b", "c"}} {
		if got := say.And(items); got != want {
			t.Errorf("say.And(%v) = %q, want %q", items, got, want)
		}
	}
}

func TestReadableAndUnder(t *testing.T) {
	for id, want := range map[string][2]string{
		"without-forum":  {"without forum", "without the forum"},
		"with_the_forum": {"with the forum", "with the forum"},
		"clarify-only":   {"clarify only", "in “clarify only”"},
		"":               {"", "in “”"},
	} {
		if got := readable(id); got != want[0] {
			t.Errorf("readable(%q) = %q, want %q", id, got, want[0])
		}
		if got := under(chart.Arm{Label: readable(id)}); got != want[1] {
			t.Errorf("under(%q) = %q, want %q", id, got, want[1])
		}
	}
}

func TestSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var shares [4]float64
		total := 0.0
		for i := range shares {
			shares[i] = rapid.Float64Range(0, 1).Draw(t, "share")
			total += shares[i]
		}
		if total == 0 {
			return
		}
		sum := 0
		for i, n := range Squares(shares) {
			if exact := shares[i] / total * 100; math.Abs(float64(n)-exact) >= 1+1e-9 {
				t.Fatalf("%d squares for %v", n, exact)
			}
			sum += n
		}
		if sum != 100 {
			t.Fatalf("%d squares", sum)
		}
	})
}

// TestTickLabelStaysOnThePage catches: a first or last label that is cut off.
func TestTickLabelStaysOnThePage(t *testing.T) {
	for _, x := range []float64{-20, 0, 14, 30, 300, 560, 576, 700} {
		r, p := newTape()
		p.Along(chart.Scale{Lo: 1, Hi: 2, From: x, To: x}, []chart.Tick{{V: 1, Label: "Feb 2026"}}, 50, chart.Quiet)
		a, w := r.texts()[0], p.Width("Feb 2026", chart.Quiet)
		if a.x < chart.Margin-1e-9 || a.x+w > chart.PageWidth-chart.Margin+6+1e-9 || x > 50 && x < 500 &&
			!near(a.middle(), x) {
			t.Errorf("a label at %v goes from %v to %v", x, a.x, a.x+w)
		}
	}
}

// TestAnchors holds that left, middle and right are where the anchor says.
func TestAnchors(t *testing.T) {
	r, p := newTape()
	w := p.Width("forum", chart.Plain)
	for i, a := range []chart.Anchor{chart.Start, chart.Middle, chart.End} {
		right := p.Text(100, 50, "forum", chart.Plain.To(a))
		want := 100 - float64(i)*w/2
		if got := r.texts()[i].x; got != want || right != want+w {
			t.Errorf("anchor %d: from %v to %v, want %v to %v", a, got, right, want, want+w)
		}
	}
	if p.Text(5, 5, "", chart.Plain) != 5 || len(r.shapes) != 3 {
		t.Error("an empty text was drawn")
	}
}

// TestTicksHaveRoom catches: labels of years or months that touch, or none.
func TestTicksHaveRoom(t *testing.T) {
	start := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	for _, horizon := range []float64{100, 365, 540, 1826, 3652, 36525} {
		for width := 60.0; width <= 520; width += 40 {
			r, p := newTape()
			plot := chart.Box(20, 20, width, 100)
			x, ticks := chart.Years(start, horizon, plot.X, plot.Right())
			p.Below(plot, x, ticks)
			for i, a := range r.texts() {
				if i > 0 && a.x < r.texts()[i-1].right+3 {
					t.Errorf("%v days on %v points: %q touches its neighbour", horizon, width, a.s)
				}
			}
			if len(r.texts()) == 0 {
				t.Errorf("%v days on %v points: no label", horizon, width)
			}
		}
	}
}
