package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/figure/chart"
	"github.com/misstep/misstep/model/summary"
)

// needOf draws the left panel alone.
func needOf(s *summary.Summary) (*tape, *channel) {
	r, p := newTape()
	c := newChannel(newInput(s, nil, Options{})).(*channel)
	c.need(p, chart.Box(chart.Margin, 60, 360, 220))
	return r, c
}

// needAxes are its axes, which both have plain numbers or percentages.
func needAxes(t *testing.T, r *tape) (x, y ruler) {
	t.Helper()
	return rulerOf(t, r.ticks(true, quantity), false), rulerOf(t, r.ticks(false, quantity), false)
}

// TestNeedBinsReadOffThePage catches: bars of the moments in place of the share, bins
// of equal width whatever their ends, errors of another bin.
func TestNeedBinsReadOffThePage(t *testing.T) {
	for _, arms := range []int{2, 3} { // the third arm has a forum too
		s := armsOf(arms)
		s.Arms[1].Forum.ByTension[4].To = .9
		r, c := needOf(s)
		x, y := needAxes(t, r)
		for i, f := range c.forums {
			boxes, tops := r.fills(chart.Tint(f.Color, .3)), r.strokes(2, f.Color)
			errors := r.only(func(s shape) bool { return s.upright() && s.width == 2.6 && s.color == chart.Legible(f.Color) })
			if len(boxes) != 5 || len(tops) != 5 || len(errors) != 5 {
				t.Fatalf("%d bars, %d tops, %d errors", len(boxes), len(tops), len(errors))
			}
			n := float64(len(c.forums))
			for k, b := range f.bins {
				box, part := boxes[k].bounds(), (b.To-b.From)/n
				x.close(t, "the left of a bin", box.X-1.5, b.From+part*float64(i))
				x.close(t, "the right of a bin", box.Right()+1.5, b.From+part*float64(i+1))
				y.close(t, "a share", box.Y, b.Available)
				y.close(t, "the foot", box.Bottom(), 0)
				y.close(t, "a top", tops[k].center().Y, b.Available)
				y.close(t, "the high end", errors[k].bounds().Y, min(b.Available+b.MC, 1))
				y.close(t, "the low end", errors[k].bounds().Bottom(), max(b.Available-b.MC, 0))
			}
		}
	}
}

// TestCountsStandBelowTheirBins catches: counts in another order, or of another arm.
func TestCountsStandBelowTheirBins(t *testing.T) {
	r, c := needOf(realistic())
	x, _ := needAxes(t, r)
	for _, b := range c.forums[0].bins {
		x.close(t, "a count", r.one(t, chart.Count(b.Moments)).middle(), (b.From+b.To)/2)
	}
	s := realistic()
	s.Arms[1].Forum.ByTension = nil
	for i := range 40 {
		s.Arms[1].Forum.ByTension = append(s.Arms[1].Forum.ByTension,
			summary.NeedBin{From: float64(i) / 40, To: float64(i+1) / 40, Moments: 12345, Available: .5})
	}
	r, _ = needOf(s)
	_, p := newTape()
	right := math.Inf(-1)
	texts := r.find("12k")
	for _, a := range texts {
		if a.x < right+3-1e-9 {
			t.Errorf("a count at %v runs into the one that ends at %v", a.x, right)
		}
		right = a.x + p.Width(a.s, chart.Quiet)
	}
	if len(texts) < 3 || len(texts) > 20 {
		t.Errorf("%d of 40 counts", len(texts))
	}
}

// TestLevels catches: uptime and availability at need exchanged, or a line of the
// second forum.
func TestLevels(t *testing.T) {
	for arms, shade := range map[int]chart.Arm{2: {Color: chart.Ink}, 3: looks[1]} {
		r, c := needOf(armsOf(arms))
		_, y := needAxes(t, r)
		lines := r.only(func(s shape) bool { return s.flat() && s.width == 1.2 })
		if len(lines) != 2 || lines[0].color != shade.Color {
			t.Fatalf("%d arms: %d lines", arms, len(lines))
		}
		y.close(t, "the uptime", lines[0].center().Y, c.forums[0].uptime.Value)
		y.close(t, "the availability", lines[1].center().Y, c.forums[0].need.Value)
		if len(lines[0].dash) != 0 || len(lines[1].dash) == 0 {
			t.Error("uptime and availability are dashed alike")
		}
	}
}

// TestBinsThatAreDrawn catches: a bin without moments, of no width or of NaN.
func TestBinsThatAreDrawn(t *testing.T) {
	s := realistic()
	s.Arms[1].Forum.ByTension = []summary.NeedBin{
		{From: .6, To: .8, Moments: 3, Available: 1.4, MC: -.1},
		{From: .2, To: .4, Moments: 5, Available: -.3, MC: nan},
		{From: .4, To: .6, Moments: 0, Available: .5},
		{From: .4, To: .4, Moments: 7, Available: .5},
		{From: nan, To: .6, Moments: 7, Available: .5},
		{From: .4, To: .6, Moments: inf, Available: .5},
		{From: .4, To: .6, Moments: 7, Available: nan},
	}
	got := newChannel(newInput(s, nil, Options{})).(*channel).forums[0].bins
	want := []summary.NeedBin{{From: .2, To: .4, Moments: 5, MC: 0}, {From: .6, To: .8, Moments: 3, Available: 1, MC: .1}}
	if !slices.Equal(got, want) {
		t.Errorf("bins %+v, want %+v", got, want)
	}
	s.Arms[1].Forum.ByTension = s.Arms[1].Forum.ByTension[2:]
	if texts := strings.Join(play(t, "channel", s, nil).words(), " "); !strings.Contains(texts,
		"no moment of need was counted") {
		t.Errorf("a forum that nobody needed: %q", texts)
	}
}

// TestFewMomentsHaveNoBar catches: a bar or an error that rests on fewer than ten
// moments, a note on ten of them.
func TestFewMomentsHaveNoBar(t *testing.T) {
	for moments, few := range map[float64]bool{1: true, 9: true, 10: false} {
		s := realistic()
		s.Arms[1].Forum.ByTension[4].Moments = moments
		r, c := needOf(s)
		bars := len(r.fills(chart.Tint(c.forums[0].Color, .3)))
		if (len(r.find("tension between the two, from 0 to 1 (– under 10 moments)")) == 1) != few {
			t.Errorf("%v moments: %q", moments, r.words())
		}
		if notes := len(r.find(tooFew)); bars != map[bool]int{true: 4, false: 5}[few] || bars+notes != 5 {
			t.Errorf("%v moments: %d bars, %d notes", moments, bars, notes)
		}
		if said := strings.Contains(c.words().alt, "too few moments at tension 0.80 to 1"); said != few {
			t.Errorf("%v moments: %q", moments, c.words().alt)
		}
		if got := len(c.table().rows); got != 10 {
			t.Errorf("%v moments: %d rows", moments, got)
		}
	}
}

// TestChannelsKeepTheirNames catches: a crisis line that is called a forum.
func TestChannelsKeepTheirNames(t *testing.T) {
	s := realistic()
	s.Arms[1].Channels[1].Name = "crisis-line"
	r := play(t, "channel", s, nil)
	r.one(t, "crisis line")
	if all := strings.Join(r.words(), " "); strings.Contains(all, "(forum)") {
		t.Errorf("%q", all)
	}
}

// TestChannelListReadsOffThePage catches: an uptime in the row of another channel,
// whiskers that pass 100 %.
func TestChannelListReadsOffThePage(t *testing.T) {
	s := armsOf(3)
	s.Arms[0].Channels[0].Uptime = est(.97, .1, .93, 1.2)
	r, p := newTape()
	c := newChannel(newInput(s, nil, Options{})).(*channel)
	c.list(p, chart.Box(380, 60, 180, 220))
	axis := ruler{a: reading{384, 0}, b: reading{380 + 180 - 44, 1}}
	for i, v := range []string{"0 %", "50 %", "100 %"} {
		axis.close(t, v, r.one(t, v).middle(), float64(i)/2)
	}
	names := map[string]float64{"embassies": r.one(t, "embassies").y, "forum": r.one(t, "forum").y}
	for _, u := range c.uptimes {
		top := names[u.name]
		here := func(k shape) bool { y := k.center().Y; return k.color == u.Color && y > top && y < top+30 }
		marks := r.only(func(k shape) bool { return k.kind == 'f' && here(k) })
		if len(marks) != 1 {
			t.Fatalf("%d marks of %s on %s", len(marks), u.Arm.Name, u.name)
		}
		axis.close(t, "an uptime", marks[0].center().X, u.uptime.Value)
		from, to, ok := flatOf(r.only(here), 1.1)
		if !ok {
			t.Fatalf("no whisker of %s on %s", u.Arm.Name, u.name)
		}
		axis.close(t, "the low end", from, u.uptime.Low)
		axis.close(t, "the high end", to, min(u.uptime.High, 1))
	}
}

// TestChannelListFits catches: channels that are lost and not counted.
func TestChannelListFits(t *testing.T) {
	for n := 1; n <= 25; n++ {
		s := realistic()
		for i := range n - 1 {
			s.Arms[0].Channels = append(s.Arms[0].Channels,
				summary.ChannelUptime{Name: "c" + strings.Repeat("x", i), Uptime: est(.5, .01, .4, .6)})
		}
		s.Arms = s.Arms[:1]
		r, p := newTape()
		newChannel(newInput(s, nil, Options{})).(*channel).list(p, chart.Box(380, 60, 180, 220))
		shown := len(r.fills(chart.White))
		more := 0.0
		for _, w := range r.words() {
			if rest, ok := strings.CutSuffix(w, " more in the CSV"); ok {
				more = num(t, rest)
			}
		}
		if shown < 1 || float64(shown)+more != float64(n) {
			t.Errorf("%d channels: %d shown, %v counted", n, shown, more)
		}
		for _, a := range r.texts() {
			if a.y > 280 {
				t.Errorf("%d channels: %q stands at %v", n, a.s, a.y)
			}
		}
	}
}

// TestForumThatIsAbsent catches: an arm without a forum that has one of uptime 0.
func TestForumThatIsAbsent(t *testing.T) {
	s := realistic()
	s.Arms[0].Channels = append(s.Arms[0].Channels, summary.ChannelUptime{Name: "forum", Forum: true},
		summary.ChannelUptime{Name: "fax"})
	var got []string
	for _, u := range newChannel(newInput(s, nil, Options{})).(*channel).uptimes {
		got = append(got, u.Arm.Name+" "+u.name)
	}
	if want := "without-forum embassies,without-forum fax,with-forum embassies,with-forum forum"; strings.Join(got,
		",") != want {
		t.Errorf("channels %q", got)
	}
}
