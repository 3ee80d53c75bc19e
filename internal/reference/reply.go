package reference

import "github.com/misstep/misstep/model/random"

// chain is a pending reply.
type chain struct {
	inCase        *victimCase
	from, to      string
	move, depth   int // number within its chain; replies before it
	begun         int // rung of the case's step that began the chain
	level, butFor float64
	blamed        bool
	due           float64
	done          bool
}

// scheduleReply queues the reply to a step, rule 8.
func (w *world) scheduleReply(k *victimCase, c *chain) {
	if limit := int(w.global("reply.max_moves")); c.depth >= limit {
		if limit > 0 {
			w.tally("cut")
		}
		return
	}
	c.move = c.depth + 1
	c.due = w.now + w.of("reply.delay", c.from)*w.exponential(k.entity, random.ReplyDelay, c.ordinal())
	w.replies = append(w.replies, c)
}

// ordinal names a move without counting acts: a case takes each rung once.
func (c *chain) ordinal() int { return 128*c.begun + c.move }

// reply chooses and judges one move.
func (w *world) reply(c *chain) {
	c.done = true
	k := c.inCase
	own := c.from == k.stream.victim
	before := k.accused
	if own {
		before = k.highest
	}
	held, onTruth := Belief{StatusQuo: w.statusQuo(c.from, c.to)}, Belief{StatusQuo: w.certain(c.to)}
	w.expectReply(before, c, held.StatusQuo)
	rung := w.answer(c, held.StatusQuo, c.level)
	rungOnTruth := w.answer(c, onTruth.StatusQuo, c.level)
	without := 0
	if c.butFor > 0 { // else there would have been nothing to answer
		without = w.answer(c, held.StatusQuo, c.butFor)
	}
	misstep, induced := false, false
	for class, r := range classes {
		if rung < r || before >= r {
			continue
		}
		if rungOnTruth < r {
			misstep = true
		} else if c.blamed && without < r {
			induced = true
		}
		w.crossed[class] = w.crossed[class] || w.inWindow()
	}
	w.tally("replies")
	if misstep {
		k.ErredReplies++
	}
	w.note(Event{Kind: "reply", Actor: c.from, Target: c.to, Before: before, Chosen: rung, Rung: rung,
		RungOnTruth: rungOnTruth, RungOnIdeal: rung, Move: c.move,
		Misstep: misstep, Induced: induced && !misstep, Held: held, OnIdeal: held, OnTruth: onTruth}, k)
	if own {
		k.highest, k.Peak = max(k.highest, rung), max(k.Peak, rung)
		if rung >= 3 {
			k.against = c.to
		}
	} else {
		k.accused = max(k.accused, rung)
	}
	if rung < 2 {
		return
	}
	butFor := 0.0
	if lower := min(rungOnTruth, without); lower >= 3 {
		butFor = w.scale.Rungs[lower].Level
	}
	w.deliver(k, c.from, c.to, rung, w.scale.Rungs[rung].Level, butFor, misstep || induced, c.depth+1, c.begun)
}

// replyScores: the level wanted is the reply ratio times the level suffered,
// raised by tension.
func (w *world) replyScores(c *chain, statusQuo, level float64) [10]float64 {
	ratio := w.replyRatio(c.from, w.type_[c.from])
	u := w.replyCosts(c.from, ratio*level*(1+w.of("reply.tension", c.from)*w.tension(c.from, c.to)))
	return w.lookAhead(u, c.from, c.to, statusQuo, w.tension(c.to, c.from))
}

func (w *world) answer(c *chain, statusQuo, level float64) int {
	lambda := w.of("choice.rationality", c.from)
	return w.pick(w.replyScores(c, statusQuo, level), lambda, c.inCase.entity, random.Reply, random.ReplyShock,
		c.ordinal())
}
