package reference

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// order is the order of events of one moment, as in the schedule of
// docs/MODEL.md.
var order = []string{"open", "shock", "summit", "restore", "lapse", "shut", "meeting", "price", "thaw", "arrival",
	"discovery", "disclosure", "piece", "review", "due", "reply", "close"}

// possible is something that may happen next.
type possible struct {
	at   float64
	rank int
	tie  uint64
	do   func()
}

// before orders by time, rank and tie.
func (p possible) before(o possible) int {
	return cmp.Or(cmp.Compare(p.at, o.at), cmp.Compare(p.rank, o.rank), cmp.Compare(p.tie, o.tie))
}

// search keeps the first of all that may happen.
type search struct{ best possible }

func (s *search) offer(at float64, kind string, tie uint64, do func()) {
	p := possible{at, slices.Index(order, kind), tie, do}
	if !math.IsInf(at, 1) && !math.IsNaN(at) && (s.best.do == nil || p.before(s.best) < 0) {
		s.best = p
	}
}

// play runs what happens next until the horizon, and then until the last case is
// closed and the last chain has ended, with nothing new arriving.
func (w *world) play() {
	for {
		var s search
		w.offerPolitics(&s)
		w.offerChannels(&s)
		w.offerIncidents(&s)
		w.offerReplies(&s)
		if s.best.do == nil {
			return
		}
		if s.best.at > w.horizon {
			w.ended = true
			if !w.unfinished() {
				return
			}
		}
		w.now = s.best.at
		s.best.do()
	}
}

func (w *world) unfinished() bool {
	return slices.ContainsFunc(w.cases, func(k *victimCase) bool { return k.isOpen }) ||
		slices.ContainsFunc(w.replies, func(c *chain) bool { return !c.done })
}

func (w *world) offerPolitics(s *search) {
	shock := func(name string, at float64, between [2]string, tension, breaks scenario.Num) {
		s.offer(at, "shock", random.NameHash("shock "+name),
			func() { w.shock(name, between, w.theta[tension], w.theta[breaks]) })
	}
	for _, x := range w.v.Shocks {
		if w.done["shock "+x.Name] == 0 && x.At >= w.acts {
			shock(x.Name, x.At, x.Between, x.Tension, x.Breaks)
		}
	}
	for _, x := range w.v.Randoms {
		rate, at := w.theta[x.Rate]/365.25, w.acts
		for n := 0; n <= w.done["shock "+x.Name]; n++ {
			at += w.exponential(random.NameHash("shock "+x.Name), random.RandomShock, n) / rate
		}
		shock(x.Name, at, x.Between, x.Tension, x.Breaks)
	}
	policy := func(kind string, n int, at float64, tie uint64, a, b string) {
		name := fmt.Sprint(kind, n, at)
		if w.done[name] == 0 && at > w.acts {
			s.offer(at, kind, tie, func() { w.done[name]++; w.reviewAll(a, b) })
		}
	}
	for i, p := range w.v.Prices {
		policy("price", i, p.From, random.NameHash(p.State), p.State, "")
	}
	for i, t := range w.v.Thaws {
		a, b := t.Between[0], t.Between[1]
		policy("thaw", i, t.From, random.Pair(random.NameHash(a), random.NameHash(b)), a, b)
		policy("thaw", i, t.Until, random.Pair(random.NameHash(a), random.NameHash(b)), a, b)
	}
	for _, x := range w.levers().Summits {
		past := x.At < 0 && !common(w.v, x, func(l scenario.Levers) []scenario.Summit { return l.Summits })
		if x.Open && !past && w.done["summit "+x.Name] == 0 && x.At >= w.acts {
			s.offer(x.At, "summit", random.NameHash("summit "+x.Name), func() { w.summit(x) })
		}
	}
}

// reviewAll: a change of policy of a state, or between two, reviews the open cases
// that it touches under the new price and thaw and otherwise the same view.
func (w *world) reviewAll(a, b string) {
	for _, k := range w.cases {
		if !k.isOpen || k.Target == "" {
			continue
		}
		v, t := k.stream.victim, k.Target
		if b == "" && v != a || b != "" && !(v == a && t == b || v == b && t == a) {
			continue
		}
		price, thaw := w.priceNow(v), w.thawNow(v, t)
		if price != k.view.price || thaw != k.view.thaw {
			k.view.price, k.view.thaw = price, thaw
			k.fresh = true
			w.review(k)
		}
	}
}

func (w *world) offerChannels(s *search) {
	for _, c := range w.channels {
		if c.status() == "shut" {
			continue
		}
		s.offer(c.shuts, "shut", c.hash(), func() { w.shut(c) })
		switch c.status() {
		case "absent":
			s.offer(c.opens, "open", c.hash(), func() { w.comeUp(c, "opening") })
		case "up":
			s.offer(c.ends(), "lapse", c.hash(), func() { w.goDown(c, "lapsed", "") })
			s.offer(c.next, "meeting", c.hash(), func() { w.meet(c) })
		default:
			s.offer(c.ends(), "restore", c.hash(), func() { w.comeUp(c, "restoration") })
		}
	}
}

func (w *world) offerIncidents(s *search) {
	for _, x := range w.streams {
		at := w.nextArrival(x)
		s.offer(at, "arrival", x.hash(), func() { w.arrive(x, at) })
	}
	for _, k := range w.cases {
		if !k.isOpen && !k.isClosed {
			s.offer(k.discovered, "discovery", k.entity, func() { w.discover(k) })
		}
		if !k.isOpen {
			continue
		}
		for _, at := range k.publications {
			s.offer(at, "disclosure", k.entity, func() { w.disclose(k) })
		}
		s.offer(k.nextPiece, "piece", k.entity, func() { w.piece(k); w.refresh(k); w.review(k) })
		s.offer(k.nextReview, "review", k.entity, func() { w.review(k); w.timeReview(k) })
		s.offer(k.due, "due", k.entity, func() {
			k.due, k.waiting, k.fresh = math.Inf(1), false, true
			w.refresh(k)
			w.review(k)
		})
		s.offer(k.closes, "close", k.entity, func() { w.closeCase(k) })
	}
}

func (w *world) offerReplies(s *search) {
	for _, c := range w.replies {
		if !c.done {
			s.offer(c.due, "reply", random.Pair(c.inCase.entity, uint64(c.ordinal())), func() { w.reply(c) })
		}
	}
}
