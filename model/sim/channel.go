package sim

import (
	"math"

	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// The life of a channel, section 6 of docs/MODEL.md: it opens, meets, lapses in
// silence, is suspended by an accusation or by a shock, and is restored. A
// suspended channel carries nothing.

// links reports whether a channel is up between two of its members.
func (w *world) links(c, a, b int32) bool {
	ch := &w.m.channels[c]
	return w.channels[c].status == up && a != b && ch.member[a] && ch.member[b]
}

// scheduleOpenings queues the opening of the channels of this arm: shared ones in
// the common past, the others when the arms part; what channels wait for counts from then on.
func (w *world) scheduleOpenings(forum bool, from float64) {
	w.fired = resize(w.fired, len(w.m.triggers))
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		if !ch.open || w.m.forum[c] != forum {
			continue
		}
		if !math.IsInf(ch.opens, 1) {
			w.queue.push(event{time: math.Max(ch.opens, from), kind: kindOpen, id: int32(c), tie: ch.hash})
		}
		if !math.IsInf(ch.closes, 1) {
			w.queue.push(event{time: ch.closes, kind: kindShut, id: int32(c), tie: ch.hash})
		}
	}
}

func (w *world) openChannel(e event) { w.comeUp(e.id, EventOpening) }

func (w *world) restoreChannel(e event) { w.comeUp(e.id, EventRestoration) }

// comeUp starts a new epoch of the channel's life.
func (w *world) comeUp(c int32, what EventKind) {
	ch, st := &w.m.channels[c], &w.channels[c]
	st.status, st.upSince, st.meeting = up, w.now, 0
	st.epoch++
	st.version++
	if w.m.forum[c] {
		if w.forumUp == 0 {
			w.forumSince = w.now
		}
		w.forumUp++
	}
	w.observeChannel(what, c, CauseNone)
	if ch.lapse > 0 {
		at := w.now + w.exponential(ch.hash, random.Lapse, st.epoch)/ch.lapse
		w.queue.push(event{time: at, kind: kindLapse, id: c, version: st.version, tie: ch.hash})
	}
	if ch.meets {
		w.scheduleMeeting(c, ch.first)
	}
	w.refactor(c)
}

const meetingsPerEpoch = 1024 // ordinals of meetings: epoch · 1024 + meeting

func (w *world) scheduleMeeting(c int32, gap lognormal) {
	ch, st := &w.m.channels[c], &w.channels[c]
	z := w.rep.Normal(random.Stream(ch.hash, random.MeetingGap), int(st.epoch)*meetingsPerEpoch+int(st.meeting))
	st.next = w.now + gap.at(z)
	w.queue.push(event{time: st.next, kind: kindMeeting, id: c, version: st.version, tie: ch.hash})
}

// meet holds a meeting. It moves beliefs about rivals and raises no review.
func (w *world) meet(e event) {
	ch, st := &w.m.channels[e.id], &w.channels[e.id]
	st.meeting++
	if w.m.forum[e.id] {
		w.tally(&w.out.Meetings)
	}
	w.observeChannel(EventMeeting, e.id, CauseNone)
	if ch.effect.trust != 0 {
		w.acted(e.id, scenario.Trust)
		w.eachPair(ch, func(i, j int32) { w.shiftTrust(i, j, ch.effect.trust) })
	}
	w.scheduleMeeting(e.id, ch.gap)
}

// eachPair walks the pairs of members of which one may hit the other, in order: no other pair's trust or onset is
// ever read.
func (w *world) eachPair(ch *channel, do func(i, j int32)) {
	w.work += ch.look
	for i, member := range ch.member {
		if !member {
			continue
		}
		for _, j := range w.m.states[i].contacts {
			if ch.member[j] {
				do(int32(i), j)
			}
		}
	}
}

// lapseChannel ends a channel in silence.
func (w *world) lapseChannel(e event) {
	w.goDown(e.id, lapsed)
	w.observeChannel(EventLapse, e.id, CauseNone)
	w.happenedTo(e.id, scenario.AfterLapse)
}

// shutChannel ends a channel for good, whether it is up, down or has never opened.
func (w *world) shutChannel(e event) {
	st := &w.channels[e.id]
	was := st.status
	if was == up {
		w.bookUptime(e.id)
	}
	st.status, st.next = shut, math.Inf(1)
	st.version++
	w.observeChannel(EventShut, e.id, CauseNone)
	if was == up {
		w.refactor(e.id)
	}
}

// suspendChannel breaks a channel off.
func (w *world) suspendChannel(c int32, cause SuspensionCause) {
	w.goDown(c, suspended)
	if w.m.forum[c] && w.inWindow() {
		w.out.Suspensions++
		for class, r := range Classes {
			if r <= ladder.ReduceRelations {
				w.out.FirstCut[class] = math.Min(w.out.FirstCut[class], w.now)
			}
		}
	}
	w.observeChannel(EventSuspension, c, cause)
	w.happenedTo(c, scenario.AfterSuspension)
}

// goDown takes a channel down, to suspended or lapsed, and schedules its restoration.
func (w *world) goDown(c int32, to channelStatus) {
	ch, st := &w.m.channels[c], &w.channels[c]
	w.bookUptime(c)
	st.status, st.next = to, math.Inf(1)
	st.version++
	at := w.now + float64(ch.restore*w.exponential(ch.hash, random.Restore, st.epoch))
	w.queue.push(event{time: at, kind: kindRestore, id: c, version: st.version, tie: ch.hash})
	w.refactor(c)
}

// bookUptime adds the time since the channel came up, within the window; time
// with several forum channels up counts once.
func (w *world) bookUptime(c int32) {
	st := &w.channels[c]
	w.out.Uptime[c] += w.windowed(st.upSince)
	if w.m.forum[c] {
		w.forumUp--
		if w.forumUp == 0 {
			w.out.ForumUptime += w.windowed(w.forumSince)
		}
	}
}

// windowed is the part of the time from since to now that lies in the window.
func (w *world) windowed(since float64) float64 {
	return math.Max(0, math.Min(w.now, w.m.horizon)-math.Max(0, since))
}

// refactor applies the channel's commitments and moral hazard to the onset
// between its members; a factor that did not change moves nothing.
func (w *world) refactor(c int32) {
	ch := &w.m.channels[c]
	if ch.effect.commit == 1 && ch.effect.hazard == 1 {
		return
	}
	if ch.effect.commit != 1 {
		w.acted(c, scenario.Commitments)
	}
	if ch.effect.hazard != 1 {
		w.acted(c, scenario.MoralHazard)
	}
	w.work += len(w.m.streams) * len(w.m.channels) / workUnit
	w.eachPair(ch, func(i, j int32) {
		for _, id := range w.m.states[i].streamsBy[j] {
			if f := w.onsetFactor(id); f != w.onsets[id].factor {
				w.rebase(id, f)
			}
		}
	})
}

// onsetFactor is the factor of all channels that are up between source and victim on
// the onset of a stream.
func (w *world) onsetFactor(id int32) float64 {
	s := &w.m.streams[id]
	f := 1.0
	for c := range w.m.channels {
		if ch := &w.m.channels[c]; w.links(int32(c), s.source, s.victim) {
			f *= ch.effect.hazard
			if s.intent.Hostile() {
				f *= ch.effect.commit
			}
		}
	}
	return f
}

// accuse lets a public step suspend the channels between the two states.
func (w *world) accuse(k *victimCase, im impact) {
	for c := range w.m.channels {
		ch := &w.m.channels[c]
		fragility := ch.on[scenario.Fragility]
		if fragility == 0 || !w.links(int32(c), im.actor, im.accused) {
			continue
		}
		p := fragility * ch.suspend * (0.6 + float64(0.4*float64(im.rung-2))) * (0.7 + w.tensionOf(im.accused, im.actor))
		if w.uniformAt(random.Pair(k.entity, ch.hash), random.SuspendByAct, im.address()) < p {
			w.acted(int32(c), scenario.Fragility)
			w.suspendChannel(int32(c), CauseAccusation)
		}
	}
}

// needMoment counts whether a forum channel is up at a moment of need: a new
// case whose suspect shares a forum with the victim.
func (w *world) needMoment(k *victimCase) {
	if k.target < 0 || !w.inWindow() {
		return
	}
	victim, target := w.victim(k), int32(k.target)
	member, available := false, false
	for c := range w.m.channels {
		if ch := &w.m.channels[c]; w.m.forum[c] && ch.open && ch.member[victim] && ch.member[target] {
			member = true
			available = available || w.links(int32(c), victim, target)
		}
	}
	if !member {
		return
	}
	bin := min(NeedBins-1, int(w.tensionOf(target, victim)*NeedBins))
	w.out.Need[bin]++
	if available {
		w.out.NeedUp[bin]++
	}
}
