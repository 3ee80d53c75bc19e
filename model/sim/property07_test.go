package sim

import (
	"math"
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/param"
)

// sameUpToType reports whether two beliefs are the same about the incident; the
// rival's type is left to runs without look-ahead, in which it does not matter.
func sameUpToType(a, b decide.Beliefs) bool {
	a.StatusQuo, b.StatusQuo = 0, 0
	return a == b
}

// certain leaves one suspect with one intent and shows severity as it is: held
// beliefs equal the truth.
const certain = `
misstep: 1
title: Nothing to be wrong about
start: 2026-01-01
horizon: 20y
card: {question: Is a choice under true beliefs its own but-for?, shows: Property 7., try: [x], limits: No finding.,
  sources: ["model: section 9"]}
assumptions:
  model: {lookahead: 0}
  states: {Aland: , Borland: }
  onset:
    streams:
      - {source: Borland, victim: Aland, rate: 5, mix: {prepositioning: 1}}
      - {source: Aland, victim: Borland, rate: 5, mix: {prepositioning: 1}}
  evidence: {severity_noise: 0}
  type: {hostile_status_quo: 1, hostile_revisionist: 1}
  choice: {rationality: 10}
arms: {only: {}}
`

// TestProperty07ButForIdentity: at a step whose beliefs equal the truth, full
// knowledge would have taken the same step, so nothing is a misstep; at one whose
// beliefs equal the ideal posterior, the same evidence justifies the step, so no
// misstep is avoidable.
//
// Mutations that it catches: a but-for choice at a fresh uniform, or with another
// snapshot than the one that made the step.
func TestProperty07ButForIdentity(t *testing.T) {
	t.Parallel()
	a := arms(t, certain)
	var r Runner
	steps := 0
	for n := range 60 {
		log, out := events(&r, a, replicate(n), 0)
		for _, e := range log {
			if e.Kind != EventAct && e.Kind != EventReply {
				continue
			}
			if e.Kind == EventAct && !sameUpToType(e.Held, e.OnTruth) {
				t.Fatalf("held %+v, true %+v: the scenario leaves something to be wrong about", e.Held, e.OnTruth)
			}
			steps++
			if e.RungOnTruth != e.Chosen || e.Misstep {
				t.Fatalf("R%d taken under true beliefs, but for which R%d (misstep %v)", e.Chosen, e.RungOnTruth, e.Misstep)
			}
		}
		for _, c := range out.Cases {
			if c.Missteps != 0 {
				t.Fatalf("a misstep under true beliefs: %+v", c)
			}
		}
	}
	if steps < 5000 {
		t.Errorf("%d steps only", steps)
	}
}

// TestProperty07JustifiedIdentity: with calibrated confidence, true signal and
// answer probabilities and no flags, the held posterior is the ideal one bit for
// bit, so no misstep is avoidable.
func TestProperty07JustifiedIdentity(t *testing.T) {
	sets := []set{{"evidence.confidence", "1"}, {"evidence.signal_belief", "1"}, {"evidence.false_alarm_belief", "1"},
		{"assumptions.groups.criminals.evidence.flag_rate", "0"}, {"assumptions.states.Cerland.evidence.flag_rate", "0"}}
	for _, belief := range []string{"", "_belief"} {
		sets = append(sets, set{"clarify.deny_guilty" + belief, "0.7"}, set{"clarify.silent_guilty" + belief, "0.2"},
			set{"clarify.deny_innocent" + belief, "0.9"}, set{"clarify.silent_innocent" + belief, "0.05"})
	}
	a := arms(t, read(t, "testdata/dyad.yaml"), sets...)
	var r Runner
	missteps := 0
	for n := range 100 {
		log, out := events(&r, a, replicate(n), 1)
		for _, e := range log {
			if e.Kind != EventAct {
				continue
			}
			if e.Held != e.OnIdeal || e.RungOnIdeal != e.Chosen {
				t.Fatalf("held %+v chose R%d, ideal %+v would R%d", e.Held, e.Chosen, e.OnIdeal, e.RungOnIdeal)
			}
			if e.Misstep {
				missteps++
			}
		}
		for _, c := range out.Cases {
			if c.Avoidable != 0 {
				t.Fatalf("an avoidable misstep under the ideal posterior: %+v", c)
			}
		}
	}
	if missteps == 0 {
		t.Error("no misstep at all")
	}
}

// TestMisstepByDefinition: the classes, the avoidable part and the contributions
// follow from the rungs in the log by the words of section 7.
//
// Mutation that it catches: M taken as the rival's maximum, or > for ≥.
func TestMisstepByDefinition(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"))
	var r Runner
	shares := 0
	for n := range 100 {
		log, out := events(&r, a, replicate(n), 1)
		missteps, avoidable := map[uint64]uint8{}, map[uint64]uint8{}
		contributed := map[uint64][4]float64{}
		for _, e := range log {
			if e.Kind != EventAct { // replies count in the curves, not in the case
				continue
			}
			before := missteps[e.Entity]
			for class, level := range Classes {
				if e.Chosen >= level && level > max(e.Before, e.RungOnTruth) {
					missteps[e.Entity] |= 1 << class
					if e.RungOnIdeal < level {
						avoidable[e.Entity] |= 1 << class
					}
				}
			}
			if missteps[e.Entity]&^before&1 != 0 {
				contributed[e.Entity] = e.Shares
			}
		}
		for _, c := range out.Cases {
			if c.Missteps != missteps[c.Entity] || c.Avoidable != avoidable[c.Entity] {
				t.Fatalf("case %x: missteps %b and avoidable %b, by definition %b and %b", c.Entity, c.Missteps, c.Avoidable,
					missteps[c.Entity], avoidable[c.Entity])
			}
			sum := c.Shares[0] + c.Shares[1] + c.Shares[2] + c.Shares[3]
			want := 0.0
			if s, ok := contributed[c.Entity]; ok {
				want = 1
				shares++
				if s != c.Shares {
					t.Fatalf("case %x: shares %v in the outcome, %v at the step", c.Entity, c.Shares, s)
				}
			}
			if math.Abs(sum-want) > 1e-12 {
				t.Fatalf("case %x: contributions %v add up to %v, want %v", c.Entity, c.Shares, sum, want)
			}
		}
	}
	if shares == 0 {
		t.Error("no misstep")
	}
}

// TestInducedByDefinition: a reply is induced when it is no misstep itself, its
// parent is a misstep or induced, and at the same uniform it would have stayed
// below a class had the parent been its own but-for rung.
//
// Mutations that it catches: judgeReply without the look at the reply to the
// but-for rung; a parent's blame that is not handed on.
func TestInducedByDefinition(t *testing.T) {
	a := arms(t, read(t, "testdata/dyad.yaml"), set{"type.reply_status_quo", "0.8"}, set{"type.reply_revisionist", "1.2"})
	induced, deliberate := 0, 0
	for n := range 60 {
		chains, steps, last := -1, 0, Event{}
		play(a, replicate(n), 1, func(w *world) {
			e := *w.queue.next()
			if steps == 1 && len(w.chains) == chains+1 && w.chains[chains].blamed != (last.Misstep || last.Induced) {
				t.Fatalf("day %v: a parent with misstep %v, induced %v hands on blame %v", w.now, last.Misstep, last.Induced,
					w.chains[chains].blamed)
			}
			chains, steps = len(w.chains), 0
			w.obs = func(x *Event) {
				if x.Kind == EventAct {
					last = *x
					steps++
				}
			}
			if e.kind != kindReply {
				return
			}
			now := w.now
			w.now = e.time
			c := w.chains[e.id]
			belief := decide.Beliefs{StatusQuo: elem.Logistic(w.trustLogit(int32(c.from), int32(c.to)))}
			without, _ := w.replyRung(&w.cases[c.inCase], &c, &belief, c.butFor)
			w.now = now
			w.obs = func(x *Event) {
				if x.Kind != EventReply || x.Time != e.time {
					return
				}
				last = *x
				steps++
				want := false
				for _, level := range Classes {
					want = want || x.Chosen >= level && x.Before < level && x.RungOnTruth >= level && c.blamed && without < level
				}
				if want = want && !x.Misstep; want {
					induced++
				} else if c.blamed && x.Chosen >= ladder.Public {
					deliberate++
				}
				if x.Induced != want {
					t.Fatalf("day %v: induced %v, by definition %v: R%d, known R%d, to the but-for rung R%d, parent blamed %v",
						x.Time, x.Induced, want, x.Chosen, x.RungOnTruth, without, c.blamed)
				}
			}
		})
	}
	if induced == 0 || deliberate == 0 {
		t.Errorf("%d induced replies, %d to a blamed parent that would have come anyway", induced, deliberate)
	}
}

// TestProperty08Limits: at λ = 0 every choice is the rung at the uniform of nine
// equal parts, at λ = 1e100 it is the argmax, both to the letter.
//
// Mutation that it catches: an R4 on the menu; x − best replaced by x.
func TestProperty08Limits(t *testing.T) {
	for _, rationality := range []string{"0", "1e100"} {
		a := arms(t, read(t, "testdata/dyad.yaml"), set{"choice.rationality", rationality}, set{"onset.contagion", "0"})
		chosen := 0
		for n := range 30 {
			play(a, replicate(n), 1, func(w *world) {
				for id := range w.cases {
					k := &w.cases[id]
					if k.state != open || k.target < 0 {
						continue
					}
					b := w.held(k)
					u := w.utilities(k, &b, &k.snap, int32(k.target))
					want := u.Argmax()
					if rationality == "0" {
						if want = int(k.uniform * 9); want >= ladder.Coordinated {
							want++
						}
					}
					if got := w.choose(k, &b, &k.snap, int32(k.target)).rung; got != want {
						t.Fatalf("λ = %s: R%d, want R%d of %v", rationality, got, want, u)
					}
					chosen++
				}
			})
		}
		if chosen == 0 {
			t.Error("nothing was chosen")
		}
	}
}

// TestProperty08PowersOfTwo: all weights of utilities times four change no bit of
// any event, since the unit of the reference incident absorbs them; nor do
// utilities times four with a quarter of the rationality under rule stakes.
//
// Mutation that it catches: a weight that scaled leaves out.
func TestProperty08PowersOfTwo(t *testing.T) {
	text := read(t, "testdata/dyad.yaml")
	v := load(t, text, set{"assumptions.model.retraction", "true"})
	theta := medians(v)
	scaled := append([]float64(nil), theta...)
	for i, s := range v.Slots {
		if s.Param < 0 {
			if s.Path == "assumptions.prices.Aland@2028-01-01.price" {
				scaled[i] *= 4
			}
			continue
		}
		if p := param.Get(s.Param); p.Unit == "U" && p.Group() != "stakes" {
			scaled[i] *= 4
		}
	}
	compareModels(t, compile(v, theta), compile(v, scaled))

	stakes := func(scale, rationality string) *Arms {
		return arms(t, text, set{"assumptions.model.rule", "stakes"}, set{"stakes.gain", scale}, set{"stakes.loss", scale},
			set{"stakes.cost", "0"}, set{"effect.private_hostage", "0"}, set{"choice.rationality", rationality},
			set{"choice.goal", "0"},
			set{"reply.max_moves", "0"})
	}
	compareModels(t, stakes("1", "16"), stakes("4", "4"))
}

func compareModels(t *testing.T, a, b *Arms) {
	t.Helper()
	var r, s Runner
	for n := range 40 {
		x, y := logs(&r, a, replicate(n)), logs(&s, b, replicate(n))
		for arm := range x {
			same(t, "scaled utilities", x[arm], y[arm])
			// Regret of rule stakes is in its own units; everything else is equal.
			o, p := r.out[arm], s.out[arm]
			for i := range o.Cases {
				if a.Arms[arm].rule == decide.Named("stakes") {
					o.Cases[i].Regret, p.Cases[i].Regret = 0, 0
				}
			}
			if !reflect.DeepEqual(o, p) {
				t.Fatalf("replicate %d: outcomes differ", n)
			}
		}
	}
}

// acts keeps what cadence must not change: steps, replies and waits.
func acts(log []entry) []entry {
	return without(log, func(k EventKind) bool {
		return k != EventAct && k != EventReply && k != EventWait && k != EventRetraction
	})
}

// TestProperty09Cadence: without policy steps, reviewing an incident every month,
// every year or never changes no act, with delay on and off, whether beliefs
// revert or not.
//
// Mutations that it catches: a clock review that takes a snapshot and marks the
// case dirty; a fresh uniform per review; a review that cancels a wait.
func TestProperty09Cadence(t *testing.T) {
	t.Parallel()
	text := replaceOnce(t, read(t, "testdata/dyad.yaml"),
		"  prices:\n    - {state: Aland, from: 2028-01-01, price: 0.06}\n", "")
	text = replaceOnce(t, text,
		"  thaws:\n    - {between: [Aland, Borland], from: 2026-06-01, until: 2027-06-01, level: 0.8}\n", "")
	for _, reversion := range []string{"0", "2"} {
		for _, delay := range []string{"0", "1"} {
			for _, coupling := range []string{"quantile", "gumbel"} {
				var all []*Arms
				for _, review := range []string{"0", "30d", "365d"} {
					all = append(all, arms(t, text, set{"choice.review", review}, set{"belief.reversion", reversion},
						set{"strength.delay", delay}, set{"assumptions.model.coupling", coupling},
						set{"assumptions.model.retraction", "true"}))
				}
				var r Runner
				for n := range 15 {
					base := logs(&r, all[0], replicate(n))
					for _, other := range all[1:] {
						for arm, l := range logs(&r, other, replicate(n)) {
							same(t, "cadence, delay "+delay+", reversion "+reversion, acts(base[arm]), acts(l))
						}
					}
				}
			}
		}
	}
}

// TestProperty09MeetingsRaiseNone: a channel that meets and builds no trust leaves
// the acts of one that never meets.
func TestProperty09MeetingsRaiseNone(t *testing.T) {
	text := read(t, "testdata/dyad.yaml")
	sets := append(zeroStrengths("forum"), set{"assumptions.channels.forum.strength.clarify", "1"},
		set{"assumptions.channels.forum.strength.notification", "1"})
	a := arms(t, text, sets...)
	b := arms(t, replaceOnce(t, text, "forum: {members: [Aland, Borland], ",
		"forum: {meets: false, members: [Aland, Borland], "), sets...)
	var r Runner
	for n := range 60 {
		x, y := logs(&r, a, replicate(n))[1], logs(&r, b, replicate(n))[1]
		same(t, "meetings against none", without(x, EventKind.Channel), without(y, EventKind.Channel))
	}
}
