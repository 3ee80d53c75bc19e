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

// TestTreatmentIsSecond catches: looks by the order of the summary, not by role.
func TestTreatmentIsSecond(t *testing.T) {
	s := armsOf(4)
	s.Run.Baseline, s.Run.Treatment = "arm-3", "arm-2"
	in := newInput(s, nil)
	for i, want := range []string{"arm-3", "arm-2", "without-forum", "with-forum"} {
		if in.arms[i].Name != want || in.lookOf(want).Color != looks[i].Color {
			t.Errorf("arm %d is %s, want %s", i, in.arms[i].Name, want)
		}
	}
	if got := in.lookOf("no-such"); got.Color != chart.Muted || got.Mark != chart.Ring || got.Label != "no such" {
		t.Errorf("an unknown arm looks like %+v", got)
	}
	s.Run.Baseline = "absent"
	if got := newInput(s, nil).arms; len(got) != 4 || got[0].Name != "arm-2" {
		t.Errorf("an absent baseline: %+v", got)
	}
}

// TestLongTitles catches: a title, caption or source that leaves the page, and
// letters that are cut without an ellipsis.
func TestLongTitles(t *testing.T) {
	for _, n := range []int{1, 20, 40, 80, 160, 400} {
		s := armsOf(3)
		s.Run.Title, s.Run.Scenario = strings.TrimSpace(strings.Repeat("Word ", n)), strings.Repeat("x", n)
		r, p := newTape()
		in := newInput(s, nil)
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
			len(texts) > 6 {
			t.Errorf("%d words: area %v under %d texts", n, area, len(texts))
		}
	}
}

// TestSource catches: a standing that is always the same.
func TestSource(t *testing.T) {
	s := realistic()
	in := newInput(s, nil)
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

// TestNumberOfArms catches: a limit off by one, an arm that is drawn twice.
func TestNumberOfArms(t *testing.T) {
	for n := 1; n <= 7; n++ {
		s := armsOf(n)
		in := newInput(s, nil)
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
	}
}

// TestSubtitleCountsArms catches: arms that are neither named nor counted.
func TestSubtitleCountsArms(t *testing.T) {
	for n := 1; n <= 7; n++ {
		in := newInput(armsOf(n), nil)
		for lines, most := range map[bool]int{true: mostLines, false: mostRows} {
			text := strings.Join(in.subtitle(words{lines: lines}), " · ")
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
	in := newInput(armsOf(4), oneFuture())
	for name, w := range map[string]words{"effect": newEffect(in).words, "futures": newFutures(in).words,
		"history": newHistory(in).words} {
		if got := in.subtitle(w)[1]; got != "arms: without forum and with forum" {
			t.Errorf("%s: %q", name, got)
		}
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
}
