package figure

import (
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// TestChannelReadsOffThePage catches: a bin or an uptime in the row of another, whiskers that pass
// 100 %, a mark that rests on fewer than ten moments.
func TestChannelReadsOffThePage(t *testing.T) {
	s := realistic()
	s.Arms[0].Channels[0].Uptime = est(.97, .1, .93, 1.2)
	s.Arms[1].Forum.ByTension[4].Moments = 9
	in := newInput(s, nil)
	r := play(t, "channel", s, nil)
	holds := func(label string, a chart.Arm, d chart.Span, want bool) {
		t.Helper()
		at := r.one(t, label)
		here := r.only(func(k shape) bool {
			c := k.center()
			return k.kind != 't' && k.color == a.Color && c.X > 80 && c.Y > at.y-18 && c.Y < at.y+10
		})
		if want {
			reads(t, r.axis(t, at.y-4, 60, 560, false), label, here, d)
		} else if len(here) != 0 {
			t.Errorf("%s has %d marks", label, len(here))
		}
	}
	for i, b := range s.Arms[1].Forum.ByTension {
		holds([]string{"0 to 0.20", "0.20 to 0.40", "0.40 to 0.60", "0.60 to 0.80", "0.80 to 1.0"}[i], in.arms[1], binSpan(b),
			i < 4)
	}
	for i, a := range in.arms {
		for _, c := range s.Arms[i].Channels {
			holds(c.Name, a, spanOf(c.Uptime).Within(0, 1), true)
		}
	}
	if alt := newChannel(in).alt; !strings.Contains(alt, "too few moments at tension 0.80 to 1") {
		t.Error(alt)
	}
}

// TestForumThatIsAbsent catches: an arm without a forum that has one of uptime 0, a forum that
// nobody needed and says nothing, a crisis line that is called a forum.
func TestForumThatIsAbsent(t *testing.T) {
	s := realistic()
	s.Arms[0].Channels = append(s.Arms[0].Channels, summary.ChannelUptime{Name: "forum", Forum: true},
		summary.ChannelUptime{Name: "fax"})
	s.Arms[1].Channels[1].Name = "crisis-line"
	s.Arms[1].Forum.ByTension = []summary.NeedBin{{From: .4, To: .6}}
	var got []string
	for _, row := range newChannel(newInput(s, nil)).numbers.rows {
		if row[1] == "channel uptime" {
			got = append(got, row[0]+" "+row[2])
		}
	}
	if want := "without-forum embassies,without-forum fax,with-forum embassies,with-forum crisis-line"; strings.Join(got,
		",") != want {
		t.Errorf("channels %q", got)
	}
	r := play(t, "channel", s, nil)
	r.one(t, "no moment of need was counted")
	r.one(t, "crisis line")
	if slices.ContainsFunc(r.words(), func(w string) bool { return strings.Contains(w, "(forum)") }) {
		t.Errorf("%q", r.words())
	}
}
