package sim

import (
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
)

// Replies, rule 8 of docs/MODEL.md: the accused, guilty or not, answers from its
// own menu; moves alternate until one stands at or below private protest, or the
// bound on moves cuts the chain.

// scheduleReply queues the reply to a step.
func (w *world) scheduleReply(id int32, im impact) {
	k := &w.cases[id]
	if int(im.move) >= w.m.maxMoves {
		if w.m.maxMoves > 0 {
			w.tally(&w.out.CutChains)
		}
		return
	}
	move := im.move + 1
	c := chain{inCase: id, move: move, begun: im.chain, from: int16(im.accused), to: int16(im.actor),
		level: im.level, butFor: im.butFor, blamed: im.blamed}
	c.due = w.now + float64(w.m.states[im.accused].replyMean*w.exponential(k.entity, random.ReplyDelay, c.address()))
	n := int32(len(w.chains))
	w.chains = append(w.chains, c)
	w.pendingReplies++
	w.queue.push(event{time: c.due, kind: kindReply, id: n, tie: random.Pair(k.entity, uint64(c.address()))})
}

// address is the ordinal of the move's random numbers. A case takes each rung
// once, so the rung that began a chain and the number of the move name it without
// counting acts.
func (c *chain) address() int32 { return c.begun*128 + c.move }

// reply chooses and judges one move of a chain.
func (w *world) reply(e event) {
	w.pendingReplies--
	c := w.chains[e.id]
	k := &w.cases[c.inCase]
	from, to := int32(c.from), int32(c.to)
	own := w.victim(k) == from
	highest := int(k.accused)
	if own {
		highest = int(k.highest)
	}
	held := decide.Beliefs{StatusQuo: elem.Logistic(w.trustLogit(from, to))}
	onTruth := decide.Beliefs{}
	if w.types[to] == 0 {
		onTruth.StatusQuo = 1
	}
	rung, choice := w.replyRung(k, &c, &held, c.level)
	w.anticipateReply(highest, rung, &choice)
	r := rungs{before: highest, chosen: rung, shown: rung, onIdeal: rung}
	r.onTruth, _ = w.replyRung(k, &c, &onTruth, c.level)
	without := 0
	if c.butFor > 0 { // what is not answered draws no reply
		without, _ = w.replyRung(k, &c, &held, c.butFor)
	}
	misstep, blamed := w.judgeReply(&c, highest, rung, r.onTruth, without)
	w.tally(&w.out.Replies)
	if misstep {
		k.replies++
	}
	w.observe(EventReply, k, from, to, func(e *Event) {
		e.Held, e.OnIdeal, e.OnTruth, e.Move = held, held, onTruth, c.move
		e.setRungs(r)
		e.Misstep, e.Induced = misstep, blamed && !misstep
	})
	w.step(k, from, to, rung, misstep)
	if own {
		k.highest = max(k.highest, int8(rung))
		k.peak = max(k.peak, int8(rung))
		if rung >= ladder.Public {
			k.against = c.to
		}
	} else {
		k.accused = max(k.accused, int8(rung))
	}
	if rung <= ladder.PrivateProtest {
		return
	}
	w.deliver(c.inCase, impact{actor: from, accused: to, rung: rung, level: w.m.scale.Rungs[rung].Level,
		butFor: w.m.levelAbove(min(r.onTruth, without), 0), blamed: blamed, move: c.move, chain: c.begun})
}

// replyRung is the replier's choice at the reply's own uniform, wanting its
// reply ratio times the level suffered.
func (w *world) replyRung(k *victimCase, c *chain, b *decide.Beliefs, level float64) (int, decide.Choice) {
	st := &w.m.states[c.from]
	tension := w.tensionOf(int32(c.from), int32(c.to))
	wanted := st.reply[w.types[c.from]] * level * (1 + float64(st.replyRise*tension))
	situation := decide.Situation{Tension: w.tensionOf(int32(c.to), int32(c.from)),
		Expected: &w.m.pairs[int(c.from)*len(w.m.states)+int(c.to)].reaction}
	var u decide.Utilities
	st.actor.ReplyUtilities(wanted, b, &situation, &st.menu, &u)
	if w.m.method.gumbel {
		return decide.Gumbel(&u, st.actor.Rationality, w.shocks(k.entity, random.ReplyShock, c.address())), decide.Choice{}
	}
	choice := decide.Logit(&u, st.actor.Rationality)
	return choice.At(w.uniformAt(k.entity, random.Reply, c.address())), choice
}

// judgeReply classifies a reply: a misstep where knowing the rival's type would
// have kept it lower, induced where it answers a misstep and would have been
// lower without it, else deliberate.
func (w *world) judgeReply(c *chain, highest, rung, onTruth, without int) (misstep, blamed bool) {
	for class, r := range Classes {
		if rung < r || highest >= r {
			continue
		}
		cause := Deliberate
		switch {
		case onTruth < r:
			cause, misstep = Misstep, true
		case c.blamed && without < r:
			cause, blamed = Induced, true
		}
		w.reach(class, cause)
	}
	return misstep, blamed || misstep
}
