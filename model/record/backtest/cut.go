package backtest

import (
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// endOf is the first moment after a day, in days from a history's start.
func endOf(v *scenario.Scenario, until time.Time) float64 {
	return until.AddDate(0, 0, 1).Sub(v.Start).Hours() / 24
}

// Cut returns a copy of a history with one arm in which nothing dated after the cut-off is left: no
// price, thaw, shock, incident or summit, and a channel that opens later is closed and without a
// mandate. A thaw under way ends at the cut-off. Numbers of what is gone become points; the indices of
// the others stay.
func Cut(v *scenario.Scenario, until time.Time) *scenario.Scenario {
	end := endOf(v, until)
	out := *v
	out.Slots = slices.Clone(v.Slots)
	c := cutter{v: &out}
	out.Prices = kept(v.Prices, func(p *scenario.PriceStep) bool { return p.From < end },
		func(p *scenario.PriceStep) { c.forget(p.Price) })
	out.Thaws = kept(v.Thaws, func(t *scenario.Thaw) bool { return t.From < end },
		func(t *scenario.Thaw) { c.forget(t.Level) })
	for i := range out.Thaws {
		out.Thaws[i].Until = min(out.Thaws[i].Until, end)
	}
	out.Shocks = kept(v.Shocks, func(s *scenario.Shock) bool { return s.At < end },
		func(s *scenario.Shock) { c.forget(s.Tension, s.Breaks) })
	out.Incidents = kept(v.Incidents, func(k *scenario.Incident) bool { return k.At < end },
		func(k *scenario.Incident) { c.forget(k.Severity, k.Discovered, k.Disclosed) })
	out.Arms = slices.Clone(v.Arms)
	for i := range out.Arms {
		l := &out.Arms[i].Levers
		l.Summits = kept(l.Summits, func(s *scenario.Summit) bool { return s.At < end },
			func(s *scenario.Summit) { c.forget(s.Relief, s.Restores) })
		l.Channels = slices.Clone(l.Channels)
		for n := range l.Channels {
			if l.Channels[n].Opens >= end {
				c.close(&l.Channels[n])
			}
		}
	}
	out.Expect = nil
	return &out
}

// kept copies the elements that stay and hands the others to gone.
func kept[T any](list []T, stays func(*T) bool, gone func(*T)) []T {
	var out []T
	for i := range list {
		if stays(&list[i]) {
			out = append(out, list[i])
		} else {
			gone(&list[i])
		}
	}
	return out
}

type cutter struct{ v *scenario.Scenario }

// forget makes points of numbers; −1 is none.
func (c *cutter) forget(nums ...scenario.Num) {
	for _, n := range nums {
		if n >= 0 {
			s := &c.v.Slots[n]
			s.Dist = param.Fixed(s.Dist.Median())
		}
	}
}

// close takes a channel away, but for its place and name, by which a history is asked for its
// dialogues.
func (c *cutter) close(ch *scenario.Channel) {
	*ch = scenario.Channel{Name: ch.Name, Members: ch.Members}
	own := "assumptions." + ch.Entity() + "."
	for i := range c.v.Slots {
		if strings.HasPrefix(c.v.Slots[i].Path, own) {
			c.forget(scenario.Num(i))
		}
	}
}
