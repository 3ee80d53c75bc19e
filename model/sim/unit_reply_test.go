package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/random"
)

// only leaves a state's replies a single rung.
func (y *yard) only(state int32, rung int) {
	y.m.states[state].menu = [decide.N]bool{}
	y.m.states[state].menu[rung] = true
}

// begun lets Aland take a step against Borland and returns the case.
func (y *yard) begun(rung int) int32 {
	id := y.spied()
	y.cases[id].highest, y.cases[id].against = int8(rung), borland
	y.deliver(id, impact{actor: aland, accused: borland, rung: rung, level: y.m.scale.Rungs[rung].Level,
		chain: int32(rung)})
	return id
}

// answered executes the next pending reply.
func (y *yard) answered() *Event {
	for {
		if e := y.queue.pop(); e.kind == kindReply {
			y.now = e.time
			y.reply(e)
			break
		}
	}
	for n := len(y.log) - 1; ; n-- {
		if y.log[n].Kind == EventReply {
			return &y.log[n]
		}
	}
}

// Catches: addresses that collide between two chains of a case, a delay of the author instead of the accused.
func TestUnitReplyAddresses(t *testing.T) {
	y := newYard(t, set{"reply.max_moves", "9"})
	y.m.states[borland].replyMean, y.m.states[aland].replyMean = 30, 7
	y.only(borland, 5)
	y.only(aland, 6)
	id := y.begun(5)
	entity := y.cases[id].entity
	seen := map[int32]bool{}
	for move := int32(1); move <= 4; move++ {
		c := y.chains[len(y.chains)-1]
		from, mean := int32(borland), 30.0
		if move%2 == 0 {
			from, mean = aland, 7
		}
		if c.move != move || c.begun != 5 || c.address() != 5*128+move || int32(c.from) != from || seen[c.address()] {
			t.Fatalf("move %d: %+v at %d", move, c, c.address())
		}
		seen[c.address()] = true
		near(t, "due", c.due, y.now+mean*y.exponential(entity, random.ReplyDelay, 5*128+move))
		if e := y.answered(); e.Move != move || e.Actor != int16(from) {
			t.Fatalf("move %d: %+v", move, e)
		}
	}
	other := chain{begun: 6, move: 1}
	if seen[other.address()] || other.address() != 769 {
		t.Errorf("the chain from R6 begins at %d", other.address())
	}
}

// Catches: a reply at R1 with effects, one at R2 without or answered in turn, one at R5 that ends the chain.
func TestUnitWhereChainsEnd(t *testing.T) {
	for _, c := range []struct {
		rung            int
		strain, pending bool
	}{{0, false, false}, {1, false, false}, {2, true, false}, {5, true, true}, {7, true, true}} {
		y := newYard(t, set{"reply.max_moves", "9"})
		y.only(borland, c.rung)
		y.rel(aland, borland).tension = decaying{}
		id := y.begun(5)
		y.answered()
		if strained := y.rel(aland, borland).tension.value > 0; strained != c.strain || (y.pendingReplies == 1) != c.pending {
			t.Errorf("a reply at R%d: strain %v, %d pending", c.rung, strained, y.pendingReplies)
		}
		if k := &y.cases[id]; int(k.accused) != c.rung || k.highest != 5 || y.out.Replies != 1 {
			t.Errorf("a reply at R%d: accused R%d, victim R%d, %d replies", c.rung, k.accused, k.highest, y.out.Replies)
		}
	}
}

// Catches: one move too many or too few; a chain that ends by itself, or that may not begin, counted as cut.
func TestUnitChainsCut(t *testing.T) {
	for _, c := range []struct {
		moves             string
		rung, played, cut int
	}{{"0", 5, 0, 0}, {"1", 5, 1, 1}, {"4", 5, 4, 1}, {"4", 1, 1, 0}} {
		y := newYard(t, set{"reply.max_moves", c.moves})
		y.only(borland, c.rung)
		y.only(aland, 6)
		y.m.states[aland].replyMean, y.m.states[borland].replyMean = 1, 1
		for y.begun(5); y.pendingReplies > 0; {
			y.answered()
		}
		if y.out.Replies != c.played || y.out.CutChains != c.cut {
			t.Errorf("max_moves %s: %d replies, %d chains cut", c.moves, y.out.Replies, y.out.CutChains)
		}
	}
}

// Catches: the victim's own reply booked as the accused's, below its highest rung, or against the wrong state.
func TestUnitOwnReply(t *testing.T) {
	y := newYard(t, set{"reply.max_moves", "9"})
	y.only(borland, 5)
	y.only(aland, 6)
	id := y.begun(3)
	y.answered()
	y.answered()
	if k := &y.cases[id]; k.highest != 6 || k.peak != 6 || k.accused != 5 || k.against != borland {
		t.Errorf("after two moves: victim R%d shown R%d against %d, accused R%d", k.highest, k.peak, k.against, k.accused)
	}
	y.only(aland, 2)
	y.answered()
	e := y.answered()
	if k := &y.cases[id]; e.Before != 6 || e.Chosen != 2 || k.highest != 6 {
		t.Errorf("a lower move: %+v, highest R%d", e, k.highest)
	}
}

// Catches: a reply by the other's ratio, by the tension of the one who is answered, or without its rise.
func TestUnitWantedReply(t *testing.T) {
	y := newYard(t)
	for i := range y.m.states {
		st := &y.m.states[i]
		st.actor = decide.NewActor(1e100, decide.Weights{Goal: 1}, decide.Stakes{}, y.m.scale)
		st.reply, st.replyRise = [2]float64{0.4 + float64(i), 1.3 + float64(i)}, 0.5
	}
	k, b := &y.cases[y.spied()], decide.Beliefs{}
	*y.rel(aland, borland), *y.rel(borland, aland) = relation{tension: decaying{0.9, 0}},
		relation{tension: decaying{0.2, 0}}
	for n := range 200 {
		level := float64(n%50) / 50
		kind := n % 2
		y.types[aland], y.types[borland] = uint8(kind), uint8(1-kind)
		want := y.m.states[aland].reply[kind] * level * (1 + 0.5*0.9)
		best := 0
		for r, rung := range y.m.scale.Rungs {
			if y.m.states[aland].menu[r] && math.Abs(rung.Level-want) < math.Abs(y.m.scale.Rungs[best].Level-want) {
				best = r
			}
		}
		if got, _ := y.replyRung(k, &chain{from: aland, to: borland, move: 1, begun: 3}, &b, level); got != best {
			t.Fatalf("level %v wanted: R%d, want R%d", want, got, best)
		}
	}
}

// Catches: a reply to blame that would have come anyway called induced; misstep and induced exchanged; blame lost.
func TestUnitJudgeReply(t *testing.T) {
	for _, c := range []struct {
		blamed                       bool
		highest, rung, best, without int
		misstep, blame               bool
		cause                        Cause // of R5
	}{
		{false, 0, 5, 5, 0, false, false, Deliberate},
		{false, 0, 5, 2, 5, true, true, Misstep},
		{true, 0, 5, 5, 2, false, true, Induced},
		{true, 0, 5, 5, 5, false, false, Deliberate},
		{true, 0, 5, 2, 2, true, true, Misstep},
		{true, 0, 6, 6, 5, false, true, Deliberate},
		{true, 5, 5, 0, 0, false, false, AnyCause},
		{true, 0, 2, 0, 0, false, false, AnyCause},
	} {
		y := newYard(t)
		y.now = 3
		misstep, blame := y.judgeReply(&chain{blamed: c.blamed}, c.highest, c.rung, c.best, c.without)
		if misstep != c.misstep || blame != c.blame {
			t.Errorf("%+v: misstep %v, blame %v", c, misstep, blame)
		}
		for _, cause := range []Cause{Misstep, Induced, Deliberate} {
			if (y.out.First[1][cause] == 3) != (cause == c.cause) {
				t.Errorf("%+v: cause %d of R5 first on day %v", c, cause, y.out.First[1][cause])
			}
		}
	}
}

// Catches: looking ahead by the tension of the one who replies, or to its own reply.
func TestUnitReplyLooksAhead(t *testing.T) {
	y := newYard(t, set{"choice.rationality", "1e100"}, set{"choice.lookahead", "5"})
	y.m.states[borland].menu[1], y.m.states[borland].menu[2] = false, false // nobody replies to these
	var terrible decide.Utilities
	for r := 1; r < decide.N; r++ {
		terrible[r] = 1000
	}
	var kind decide.Utilities
	y.m.pairs[borland*3+aland].reaction = decide.Reaction{StatusQuo: [2]decide.Utilities{kind, terrible},
		Revisionist: [2]decide.Utilities{kind, terrible}}
	y.m.pairs[aland*3+borland].reaction = decide.Reaction{StatusQuo: [2]decide.Utilities{terrible, terrible},
		Revisionist: [2]decide.Utilities{terrible, terrible}}
	k := &y.cases[y.spied()]
	for _, c := range []struct {
		ofOther, own float64
		answers      bool
	}{{0, 1, true}, {1, 0, false}} {
		y.rel(aland, borland).tension, y.rel(borland, aland).tension = decaying{c.ofOther, y.now}, decaying{c.own, y.now}
		rung, _ := y.replyRung(k, &chain{from: borland, to: aland, level: 1}, &decide.Beliefs{StatusQuo: 0.5}, 1)
		if (rung > 0) != c.answers {
			t.Errorf("%+v: R%d", c, rung)
		}
	}
}

// Catches: one's own reply expected of the rival, the types exchanged, expected replies to private steps.
func TestUnitReactions(t *testing.T) {
	y := newYard(t, set{"assumptions.states.Borland.type.reply_status_quo", "0.5"},
		set{"assumptions.states.Borland.type.reply_revisionist", "1.5"}, set{"choice.rationality", "20"})
	got, borlands, alands := y.m.pairs[aland*3+borland].reaction, y.m.reactionOf(borland), y.m.reactionOf(aland)
	if got != borlands || got == alands {
		t.Errorf("Aland expects %+v of Borland", got)
	}
	for r := range decide.N {
		s, e := got.StatusQuo[0][r], got.Revisionist[0][r]
		if r < 3 && (s != 0 || e != 0) || s > e {
			t.Errorf("R%d is answered by %v or %v", r, s, e)
		}
	}
	if got.StatusQuo == got.Revisionist {
		t.Error("the types do not differ")
	}
}

// Catches: a reply to nothing, which chance alone can make a high one, taken for what would have come anyway.
func TestUnitWhatIsNotAnsweredInducesNothing(t *testing.T) {
	for _, c := range []struct {
		butFor  float64
		induced bool
	}{{0, true}, {0.5, false}} {
		y := newYard(t)
		y.only(borland, 5) // whatever the level
		y.begun(5)
		at := &y.chains[len(y.chains)-1]
		at.blamed, at.butFor = true, c.butFor
		if e := y.answered(); e.Induced != c.induced {
			t.Errorf("but for a level of %v: %+v", c.butFor, e)
		}
	}
}
