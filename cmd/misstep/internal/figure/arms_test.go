package figure

import (
	"fmt"
	"regexp"
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
	const standing = "; behaviour fitted to the record, effects assumed."
	if got := in.source(); !strings.HasSuffix(got, standing) {
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

// renamed is the realistic summary with other names for its two arms.
func renamed(baseline, treatment string) *summary.Summary {
	s := realistic()
	names := map[string]string{s.Run.Baseline: baseline, s.Run.Treatment: treatment}
	s.Run.Baseline, s.Run.Treatment = baseline, treatment
	for i := range s.Arms {
		s.Arms[i].Name = names[s.Arms[i].Name]
	}
	for i := range s.Contrasts {
		s.Contrasts[i].Baseline, s.Contrasts[i].Treatment = baseline, treatment
	}
	return s
}

// TestLabelsStayApart: no two arms have one label, whatever is cut from its end and whatever letters it is written
// in. Catches names that become one in words, in Latin letters, or in a narrow column.
func TestLabelsStayApart(t *testing.T) {
	long := strings.Repeat("a", 38)
	for _, names := range [][]string{
		{"with-forum", "with forum", "with_forum"}, {long + "-1", long + "-2"}, {"对话", "對話", "没有对话"},
		{strings.Repeat("对", 39) + "一", strings.Repeat("对", 39) + "二"}, {"𞤀𞤣", "𞤀𞤥"}, {"對話", "dui-hua", "Dui-Hua"},
		{"2-对话", "对话", "對話"}, {"x", strings.Repeat("x", 40)},
	} {
		of := labels(names)
		for _, kept := range []bool{true, false} {
			p := chart.NewPage(nil, 0)
			p.Letters.Kept = kept
			for width := leastLabel; width < 400; width += 9 {
				seen := map[string]string{}
				for name, label := range of {
					shown := p.Letters.Shown(p.Shorten(label, float64(width), chart.Plain.Heavy()))
					if other, twice := seen[shown]; twice {
						t.Errorf("%q and %q are both %q", name, other, shown)
					}
					seen[shown] = name
				}
			}
		}
	}
	for _, name := range []string{"with-forum", "without-forum", "with-crisis-line", "clarify", "clarify-delay"} {
		got := labels([]string{"with-forum", "without-forum", "with-crisis-line", "clarify", "clarify-delay"})[name]
		if got != readable(name) {
			t.Errorf("%s is %q without need", name, got)
		}
	}
	if got := labels([]string{"𞤀𞤣"})["𞤀𞤣"]; got != "arm\u00a01 𞤀𞤣" {
		t.Errorf("letters that nothing can write: %q", got)
	}
}

// TestEveryFigureKeepsArmsApart: wherever a figure names an arm whose name is cut, its number stands before it.
func TestEveryFigureKeepsArmsApart(t *testing.T) {
	stem := strings.Repeat("q", 37)
	s, name, seen := renamed(stem+"-x", stem+"-y"), regexp.MustCompile("(.{0,2})qqq+"), 0
	for _, f := range figures {
		for _, cm := range []float64{8, 20} {
			r, in := &tape{}, newInput(s, nil).on(Options{Width: cm / 2.54})
			r.drawn(f.build(in), in)
			for _, x := range r.texts() {
				for _, m := range name.FindAllStringSubmatch(x.s, -1) {
					if seen++; m[1] != "1 " && m[1] != "2 " {
						t.Errorf("%s, %v cm: %q", f.name, cm, x.s)
					}
				}
			}
		}
	}
	if seen < 2*len(figures) {
		t.Errorf("%d names in all figures", seen)
	}
}
