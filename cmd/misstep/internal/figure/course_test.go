package figure

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// courseOf draws the difference of a run alone.
func courseOf(t *testing.T, s *summary.Summary) (*tape, *course) {
	t.Helper()
	r, p := newTape()
	c := newCourse(newInput(s, nil))
	c.draw(p, chart.Box(chart.Margin, 60, 480, 180))
	return r, c
}

// TestCourseReadsOffThePage catches: a line in shares beside an axis in points, whiskers of the sampling
// error, a whisker where the range is not resolved, a value that does not stand at its mark.
func TestCourseReadsOffThePage(t *testing.T) {
	s := realistic()
	r, c := courseOf(t, s)
	x := rulerOf(t, r.ticks(true, daysSince(c.in.begin)), false)
	y := rulerOf(t, r.ticks(false, quantity), false)
	pts := r.strokes(2, chart.Help)[0].ends()
	course := s.Contrasts[0].Course
	if len(pts) != len(course)+1 {
		t.Fatalf("%d points for %d moments", len(pts), len(course))
	}
	for i, m := range course {
		x.close(t, "a day", pts[i+1].X, m.Day)
		y.close(t, "a difference", pts[i+1].Y, 100*m.Difference.Value)
	}
	n := 0
	for _, l := range r.only(func(s shape) bool { return s.upright() && s.width == 1.1 && s.color == chart.Help }) {
		n++
		at := l.ends()
		m := course[n*4+3]
		x.close(t, "a whisker", at[0].X, m.Day)
		y.close(t, "its low end", at[0].Y, 100*m.Difference.Low)
		y.close(t, "its high end", at[1].Y, 100*m.Difference.High)
	}
	if n != 4 {
		t.Errorf("%d whiskers, want 4 of resolved ranges", n)
	}
	value := r.one(t, "−11")
	if end := pts[len(pts)-1]; value.x < end.X || value.x > end.X+12 || value.y < end.Y || value.y > end.Y+8 {
		t.Errorf("the value stands at %v, %v, the mark at %v", value.x, value.y, end)
	}
}

// TestCourseSaysWhatItFound catches: a verdict of other numbers, a difference in shares, arms exchanged.
func TestCourseSaysWhatItFound(t *testing.T) {
	s := realistic()
	lead := newCourse(newInput(s, nil)).lead()
	want := "Better after 5 years: −11 points (−20 to −3); 26\u00a0% without forum, 15\u00a0% with forum"
	if lead != want {
		t.Errorf("lead %q, want %q", lead, want)
	}
	m := s.Contrasts[0].Measure("any_misstep")
	m.Verdict = summary.Unclear
	if r, _ := courseOf(t, s); len(r.strokes(2, chart.Unclear)) != 1 {
		t.Error("an unclear difference is not grey")
	}
}

// TestRunsWithoutACourse: an older run and one of one arm have the levels alone.
func TestRunsWithoutACourse(t *testing.T) {
	old, one := realistic(), oneArm()
	old.Contrasts[0].Course = nil
	for _, s := range []*summary.Summary{old, one} {
		r := play(t, "escalation", s, nil)
		all := strings.Join(r.words(), " ")
		if strings.Contains(all, "percentage points") || !strings.Contains(all, "A misstep") ||
			strings.Contains(all, "run it again") != (s == old) {
			t.Errorf("the page says %q", all)
		}
	}
}
