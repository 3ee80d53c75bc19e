package figure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// armsOf is the realistic summary with so many arms.
func armsOf(n int) *summary.Summary {
	s := realistic()
	s.Arms = s.Arms[:min(n, 2)]
	for i := len(s.Arms); i < n; i++ {
		s.Arms = append(s.Arms, sampleArm(fmt.Sprintf("arm-%d", i), 1-.1*float64(i), i%2 == 0))
	}
	return s
}

// TestNumberOfArms catches: a limit off by one, an arm that is drawn twice.
func TestNumberOfArms(t *testing.T) {
	for n := 1; n <= 7; n++ {
		s := armsOf(n)
		in := newInput(s, nil, Options{})
		if got, want := len(in.arms), min(n, mostLines); got != want {
			t.Fatalf("%d arms of %d, want %d", got, n, want)
		}
		seen := map[string]bool{}
		for i, a := range in.arms {
			if seen[a.Name] || a.Name != s.Arms[i].Name || a.Color != looks[i].Color || a.Mark != looks[i].Mark {
				t.Errorf("arm %d of %d is %+v", i, n, a)
			}
			seen[a.Name] = true
		}
		rows := min(n, mostRows)
		if got := len(newBeliefs(in).(*beliefs).arms); got != rows {
			t.Errorf("%d arms: %d with bars, want %d", n, got, rows)
		}
		if got := len(newPeak(in).(*peak).arms); got != rows {
			t.Errorf("%d arms: %d with peaks, want %d", n, got, rows)
		}
	}
}

// TestTreatmentIsSecond catches: looks by the order of the summary, not by role.
func TestTreatmentIsSecond(t *testing.T) {
	s := armsOf(4)
	s.Run.Baseline, s.Run.Treatment = "arm-3", "arm-2"
	in := newInput(s, nil, Options{})
	for i, want := range []string{"arm-3", "arm-2", "without-forum", "with-forum"} {
		if in.arms[i].Name != want || in.lookOf(want).Color != looks[i].Color {
			t.Errorf("arm %d is %s, want %s", i, in.arms[i].Name, want)
		}
	}
	if got := in.lookOf("no-such"); got.Color != chart.Muted || got.Mark != chart.Ring || got.Label != "no such" {
		t.Errorf("an unknown arm looks like %+v", got)
	}
	s.Run.Baseline = "absent"
	if got := newInput(s, nil, Options{}).arms; len(got) != 4 || got[0].Name != "arm-2" {
		t.Errorf("an absent baseline: %+v", got)
	}
}

// TestSubtitleCountsArms catches: arms that are neither named nor counted.
func TestSubtitleCountsArms(t *testing.T) {
	for n := 1; n <= 7; n++ {
		in := newInput(armsOf(n), nil, Options{})
		for lines, most := range map[bool]int{true: mostLines, false: mostRows} {
			text := strings.Join(in.subtitle(words{lines: lines}, 120, true), " · ")
			more := fmt.Sprintf("%d not drawn", n-most)
			if strings.Contains(text, "not drawn") != (n > most) || n > most && !strings.Contains(text, more) {
				t.Errorf("%d arms, room for %d: %q", n, most, text)
			}
			for i, a := range in.arms {
				if strings.Contains(text, a.Label) != (i < most) {
					t.Errorf("%d arms, room for %d: %q on %s", n, most, text, a.Label)
				}
			}
		}
	}
}

// TestSubtitleNamesWhatIsDrawn catches: a third arm over a figure of two.
func TestSubtitleNamesWhatIsDrawn(t *testing.T) {
	in := newInput(armsOf(4), oneFuture(), Options{})
	for name, w := range map[string]words{"effect": newEffect(in).words(), "futures": newFutures(in).words(),
		"history": newHistory(in).words()} {
		if got := in.subtitle(w, 120, true)[1]; got != "arms: without forum and with forum" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestSubtitleParts catches: the product of draws and replicates, a lost seed, an
// interval where none is drawn.
func TestSubtitleParts(t *testing.T) {
	for _, c := range []struct {
		w    words
		full bool
		want string
	}{
		{words{}, true, "100,000 futures (200 sets of assumptions × 500)|seed 7|95 % intervals"},
		{words{}, false, "100,000 futures|seed 7|95 % intervals"},
		{words{exact: true}, true, "100,000 futures (200 sets of assumptions × 500)|seed 7"},
		{words{detail: []string{"one (of 3)", "two"}}, true, "one (of 3)|two"},
		{words{detail: []string{"one (of 3)", "two"}}, false, "one|two"},
	} {
		parts := newInput(realistic(), nil, Options{}).subtitle(c.w, 120, c.full)
		want := "Two states and a cyber forum, 2026–2031|arms: without forum and with forum|" + c.want
		if got := strings.Join(parts, "|"); got != want {
			t.Errorf("subtitle %q, want %q", got, want)
		}
	}
	s := realistic()
	s.Run.Title = ""
	if got := newInput(s, nil, Options{}).subtitle(words{}, 120, true)[0]; got != "two-states" {
		t.Errorf("without a title: %q", got)
	}
}

// TestPlayed catches: a product of one, which explains nothing, and a plural of one.
func TestPlayed(t *testing.T) {
	for want, c := range map[string][2]int{"2,400 futures (200 sets of assumptions × 12)": {200, 12},
		"12 futures": {1, 12}, "1 future": {1, 1}, "2 futures (2 sets of assumptions × 1)": {2, 1}} {
		if got := Played(c[0], c[1]); got != want {
			t.Errorf("%v: %q, want %q", c, got, want)
		}
	}
	for in, want := range map[string]string{"2 futures (2 × 1)": "2 futures", "a (b) c": "a (b) c", "(all)": "(all)",
		"": ""} {
		if got := brief(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// TestTitleIsNotCutWhereArmsFitBelow catches: a scenario's title that loses its end although
// the names of the arms have a line of their own.
func TestTitleIsNotCutWhereArmsFitBelow(t *testing.T) {
	s := talks()
	s.Run.Title = "US–China commitments and ministerial rounds, 2015–2018"
	_, p := newTape()
	in := newInput(s, nil, Options{})
	lines := subtitleOf(p, in, words{}, chart.PageWidth-2*chart.Margin)
	if len(lines) != 2 || !strings.HasPrefix(lines[0], s.Run.Title+" · ") ||
		!strings.HasSuffix(lines[1], "arms: without dialogue, with dialogue and talks without commitments") {
		t.Errorf("%q", lines)
	}
}

// TestLongTitles catches: a title, caption or source that leaves the page, and
// letters that are cut without an ellipsis.
func TestLongTitles(t *testing.T) {
	for _, n := range []int{1, 20, 40, 80, 160, 400} {
		s := armsOf(3)
		s.Run.Title, s.Run.Scenario = strings.TrimSpace(strings.Repeat("Word ", n)), strings.Repeat("x", n)
		r, p := newTape()
		in := newInput(s, nil, Options{})
		area := frameOf(p, in, words{title: s.Run.Title})
		texts := r.texts()
		for _, a := range texts {
			if a.x < chart.Margin ||
				a.x+p.Width(a.s, chart.Style{Size: a.size, Bold: a.bold}) > chart.PageWidth-chart.Margin+1e-9 {
				t.Errorf("%d words: %q is too wide", n, a.s)
			}
		}
		if cut := strings.HasSuffix(texts[0].s, chart.Ellipsis); cut == (texts[0].s == s.Run.Title) {
			t.Errorf("%d words: title %q", n, texts[0].s)
		}
		if named := strings.Contains(texts[len(texts)-1].s, "Scenario: "+s.Run.Scenario); named != (n < 10) {
			t.Errorf("%d letters: source %q", n, texts[len(texts)-1].s)
		}
		if area.X != chart.Margin || area.Right() != chart.PageWidth-chart.Margin || area.Y < 41 || area.Bottom() > p.H-25 ||
			len(texts) > 4 {
			t.Errorf("%d words: area %v under %d texts", n, area, len(texts))
		}
	}
}

// TestSource catches: a standing that is always the same.
func TestSource(t *testing.T) {
	s := realistic()
	in := newInput(s, nil, Options{})
	if got := in.source(); !strings.HasSuffix(got, "not calibrated: rests on assumptions.") {
		t.Errorf("source %q", got)
	}
	s.Headline.Calibrated = true
	if got := in.source(); !strings.HasSuffix(got, "; levels calibrated, the difference assumed.") {
		t.Errorf("source %q", got)
	}
	s.Headline.Prior, s.Headline.Contraction = &summary.Prior{Resolved: true}, 0.4
	if got := in.source(); !strings.HasSuffix(got, "; calibrated.") {
		t.Errorf("source %q", got)
	}
}

// TestHorizon catches: an axis of 0 or of infinitely many days.
func TestHorizon(t *testing.T) {
	for _, c := range []struct {
		run  float64
		days []float64
		want float64
	}{
		{1826, []float64{9}, 1826}, {0, []float64{3, 400, 7}, 400}, {-5, []float64{3, inf, nan}, 3},
		{nan, nil, 365.25}, {inf, []float64{-2}, 365.25},
	} {
		s := &summary.Summary{Arms: []summary.Arm{{Name: "a", Curves: []summary.Curve{{Days: c.days}}}}}
		s.Run.HorizonDays = c.run
		if got := newInput(s, nil, Options{}).horizon(); got != c.want {
			t.Errorf("horizon of %v, %v is %v, want %v", c.run, c.days, got, c.want)
		}
	}
}

// TestSpanOf catches: an interval of unknown ends drawn to 0, a negative half-width,
// ends that are exchanged.
func TestSpanOf(t *testing.T) {
	for _, c := range []struct {
		e    summary.Estimate
		want chart.Span
	}{
		{est(5, 1, 3, 8), chart.Span{Value: 5, MonteLow: 4, MonteHigh: 6, Low: 3, High: 8, Ok: true}},
		{est(5, -1, 3, 8), chart.Span{Value: 5, MonteLow: 4, MonteHigh: 6, Low: 3, High: 8, Ok: true}},
		{est(5, nan, 3, 8), chart.Span{Value: 5, MonteLow: 5, MonteHigh: 5, Low: 3, High: 8, Ok: true}},
		{est(5, 1, 8, 3), chart.Span{Value: 5, MonteLow: 4, MonteHigh: 6, Low: 5, High: 5, Ok: true}},
		{est(5, 1, -inf, 8), chart.Span{Value: 5, MonteLow: 4, MonteHigh: 6, Low: 5, High: 5, Ok: true}},
		{est(0, 0, 0, 0), chart.Span{Ok: true}},
	} {
		if got := spanOf(c.e); got != c.want {
			t.Errorf("spanOf(%v) = %+v, want %+v", c.e, got, c.want)
		}
	}
	if s := spanOf(est(inf, 1, 3, 8)); s.Ok || chart.Finite(s.Low) {
		t.Errorf("an infinite value gives %+v", s)
	}
	if s := spanOf(est(5, 1, 3, 8)).Within(4.5,
		7); s != (chart.Span{Value: 5, MonteLow: 4.5, MonteHigh: 6, Low: 4.5, High: 7, Ok: true}) {
		t.Errorf("within: %+v", s)
	}
	spans := []chart.Span{spanOf(est(5, 9, 3, 8)), spanOf(est(6, 1, 3, 8)), spanOf(est(inf, 1, 3, 8))}
	if s := chart.FromZero(spans, 0, 1); s.Hi != 14 || chart.FromZero(nil, 0, 1).Hi != 1 {
		t.Errorf("the top is %v, want 14", s.Hi)
	}
}
