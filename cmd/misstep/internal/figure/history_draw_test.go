package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/cmd/misstep/internal/figure/timeline"
)

// laneOf draws the history and returns the tape, its axis, and the middle of each
// lane of an arm, by the names at the left.
func laneOf(t *testing.T, h *History, arm int) (*tape, ruler, map[string]float64) {
	t.Helper()
	s := realistic()
	r := play(t, "history", s, h)
	axis := rulerOf(t, r.ticks(true, daysSince(newInput(s, nil).begin)), false)
	lanes := map[string]float64{}
	for _, l := range h.Arms[arm].Lanes {
		at := r.find(l.Name)
		lanes[l.Name] = at[min(arm, len(at)-1)].y - chart.Ascent/2
	}
	return r, axis, lanes
}

// TestBeliefsRise catches: a belief that hangs from the top, or one without a stem.
func TestBeliefsRise(t *testing.T) {
	h := oneFuture()
	r, axis, lanes := laneOf(t, h, 0)
	l := h.Arms[0].Lanes[2]
	var dots []shape
	for _, s := range r.fills(chart.Blue) {
		if y := s.center().Y; math.Abs(y-lanes[l.Name]) < 12 {
			dots = append(dots, s)
		}
	}
	stems := r.strokes(.8, chart.Tint(chart.Blue, .5))
	if len(dots) != len(l.Events) || len(stems) < len(dots) {
		t.Fatalf("%d dots, %d stems, %d beliefs", len(dots), len(stems), len(l.Events))
	}
	first, second := l.Events[0], l.Events[3]
	unit := (dots[0].center().Y - dots[3].center().Y) / (second.Belief - first.Belief)
	for i, e := range l.Events {
		c := dots[i].center()
		axis.close(t, "a belief", c.X, e.Day)
		if rise := dots[0].center().Y - c.Y; math.Abs(rise-(e.Belief-first.Belief)*unit) > 1e-6 || unit <= 0 {
			t.Errorf("belief %v rises by %v, unit %v", e.Belief, rise, unit)
		}
		if q := stems[i].ends(); math.Abs(q[1].Y-c.Y) > 1e-9 || q[0].Y <= c.Y {
			t.Errorf("a stem goes from %v to %v, the belief is at %v", q[0], q[1], c)
		}
	}
}

// level keeps what is drawn at a height, right of the names.
func (t *tape) level(y float64, keep func(shape) bool) []shape {
	return t.only(func(s shape) bool {
		c := s.center()
		return s.kind != 't' && math.Abs(c.Y-y) < 1.5 && c.X > chart.Margin+90 && keep(s)
	})
}

// TestStepsStandAtTheirDates catches: lanes exchanged, days drawn as months, a misstep
// that is drawn as an act.
func TestStepsStandAtTheirDates(t *testing.T) {
	h := oneFuture()
	for arm := range h.Arms {
		r, axis, lanes := laneOf(t, h, arm)
		for _, l := range h.Arms[arm].Lanes[:2] {
			var marks []shape
			for dy := -9.0; dy <= 9; dy += 3 { // labels stand below the marks where there is room
				marks = append(marks, r.level(lanes[l.Name]+dy,
					func(s shape) bool { return s.kind == 'f' && s.color.A == 0xff })...)
			}
			if len(marks) != len(l.Events) {
				t.Fatalf("%s: %d marks of %d", l.Name, len(marks), len(l.Events))
			}
			slices.SortFunc(marks, func(a, b shape) int { return int(math.Copysign(1, a.center().X-b.center().X)) })
			for i, e := range l.Events {
				axis.close(t, l.Name, marks[i].center().X, e.Day)
				want := chart.Ink
				switch {
				case e.Misstep && e.Avoidable:
					want = chart.Harm
				case e.Misstep: // a ring is white with an edge
					want = chart.White
				case e.Induced:
					want = chart.Orange
				}
				if marks[i].color != want {
					t.Errorf("%s, day %v: colour %v", l.Name, e.Day, marks[i].color)
				}
			}
		}
	}
}

// TestUpIntervals catches: a channel that is up where it was down, or until the end.
func TestUpIntervals(t *testing.T) {
	h := oneFuture()
	h.Arms[1].Lanes[3].Up = []timeline.Interval{{From: 10, To: 20}, {From: 30, To: 31}, {From: 1000, To: 1826}}
	r, axis, lanes := laneOf(t, h, 1)
	for _, l := range h.Arms[1].Lanes[3:] {
		bars := r.level(lanes[l.Name], func(s shape) bool { return s.kind == 'f' && s.color == chart.Sky })
		if len(bars) != len(l.Up) {
			t.Fatalf("%s: %d bars of %d", l.Name, len(bars), len(l.Up))
		}
		for i, u := range l.Up {
			axis.close(t, l.Name, bars[i].bounds().X, u.From)
			if bars[i].bounds().W > .81 { // a shorter one is drawn so wide
				axis.close(t, l.Name, bars[i].bounds().Right(), u.To)
			}
		}
	}
}

// TestMeetingsAndBreaks catches: a meeting drawn as a break, a restoration as either.
func TestMeetingsAndBreaks(t *testing.T) {
	h := oneFuture()
	r, axis, lanes := laneOf(t, h, 1)
	l := h.Arms[1].Lanes[4]
	meetings := r.level(lanes[l.Name], func(s shape) bool { return s.upright() && s.width == .9 && s.color == chart.Ink })
	breaks := r.level(lanes[l.Name],
		func(s shape) bool { return s.kind == 's' && s.width == 1.6 && s.color == chart.Harm })
	if len(meetings) != 6 || len(breaks) != 2 {
		t.Fatalf("%d meetings, %d strokes of breaks", len(meetings), len(breaks))
	}
	for i, m := range meetings {
		axis.close(t, "a meeting", m.center().X, l.Events[i].Day)
	}
	for _, b := range breaks {
		axis.close(t, "a break", b.center().X, 1415)
	}
}

// TestDivergence catches: a line on the wrong day, words that leave the page, a line
// where the arms never part.
func TestDivergence(t *testing.T) {
	for day, want := range map[float64]bool{402: true, 1: true, 1800: true, 0: false, -3: false, nan: false} {
		h := oneFuture()
		h.Diverges = day
		r, axis, _ := laneOf(t, h, 0)
		lines, text := r.strokes(1.1, chart.Ink), r.find("the two part")
		if (len(lines) == 2) != want || (len(text) == 1) != want {
			t.Fatalf("day %v: %d lines, %d texts", day, len(lines), len(text))
		}
		if !want {
			continue
		}
		axis.close(t, "the divergence", lines[1].center().X, day) // the first is in the key
	}
}

// TestLabelsStandAtTheirSteps catches: labels that overlap or leave the page, missteps whose rungs are
// in no label.
func TestLabelsStandAtTheirSteps(t *testing.T) {
	for _, gap := range []float64{0, 4, 9, 15, 30, 60, 150} {
		var l timeline.Lane
		for i := range 12 {
			l.Events = append(l.Events, timeline.Event{Day: float64(i) * gap, Rung: i % 7, Misstep: i%5 == 3})
		}
		r, p := newTape()
		l.Draw(p, chart.Box(14, 100, 548, 28), chart.Scale{Hi: 1826, From: 130, To: 530})
		right, texts := 0.0, r.texts()
		for _, a := range texts {
			if a.x < right+2 || a.right > 564+1e-9 || a.y > 128 {
				t.Errorf("every %v days: %q stands at %v, %v; the last ends at %v", gap, a.s, a.x, a.y, right)
			}
			right = a.right
		}
		if gap == 150 && (len(texts) != 12 || texts[3].s != "R3" || texts[3].color != chart.Legible(chart.Harm)) ||
			gap == 0 && strings.Join(r.words(), " ") != "R1–R3" {
			t.Errorf("every %v days: labels %v", gap, r.words())
		}
	}
}

// TestBeyondTheWindow catches: steps after the end that go unsaid, or an arrow without any.
func TestBeyondTheWindow(t *testing.T) {
	for later, want := range map[bool]string{true: "→ R5", false: ""} {
		h := oneFuture()
		if later {
			l := &h.Arms[1].Lanes[0]
			l.Events = append(l.Events, timeline.Event{Day: 2000, Rung: 3}, timeline.Event{Day: 2100, Rung: 5})
		}
		r, _, _ := laneOf(t, h, 0)
		if n := len(r.find("→ R5")); (n == 1) != (want != "") || (len(r.find("highest after the end")) == 1) != later {
			t.Errorf("later %v: %d arrows among %q", later, n, r.words())
		}
	}
}

// TestAlikeArmsSaySo catches: an empty panel where the arms do not differ.
func TestAlikeArmsSaySo(t *testing.T) {
	const alike = "Both arms take the same steps in this future."
	r := play(t, "history", realistic(), &History{Draw: 3, Finding: alike})
	if len(r.find(alike)) != 1 || len(r.find("belief")) != 0 {
		t.Errorf("%q", r.words())
	}
	h := oneFuture()
	h.Finding, h.Typical = "Parted by delay.", "of 100 futures 73 differ"
	if text := strings.Join(play(t, "history", realistic(), h).words(), " "); !strings.Contains(text, h.Finding) ||
		!strings.Contains(text, h.Typical) {
		t.Errorf("%q", text)
	}
}
