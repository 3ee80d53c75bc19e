package sim

import (
	"cmp"
	"math"
	"sort"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
)

// Classes are the rungs whose first crossing is followed over time.
var Classes = [...]int{ladder.Public, ladder.Sanctions, ladder.ReduceRelations, ladder.Disruptive, ladder.Military}

// NumClasses is the number of classes; the headline misstep is class 0 (R3), the
// second class 2 (R6).
const (
	NumClasses  = 5
	ClassPublic = 0
	ClassBreak  = 2
)

// Cause is why a rung was reached.
type Cause uint8

// The causes.
const (
	AnyCause Cause = iota
	Misstep
	Induced
	Deliberate
	NumCauses = 4
)

// Bins is the number of equal steps of the window in time curves.
const Bins = 60

// NeedBins is the number of equal steps of tension in availability counts.
const NeedBins = 5

// Outcome is what one replicate of one arm brought. A runner reuses it.
type Outcome struct {
	Events   int // executed
	Overflow bool
	Horizon  float64 // [d] end of the window

	Cases []CaseOutcome // discovered in the window, by stream and ordinal
	Steps []Step        // in time, from the start on

	First    [NumClasses][NumCauses]float64 // [d] of the first crossing, +Inf
	FirstCut [NumClasses]float64            // as First[AnyCause], counting a suspension as R6
	Stood    uint16                         // bit by rung on which a step, as it showed, stood in the window
	Erred    uint16                         // the same of missteps
	Expected [NumClasses][Bins]float64      // conditional probability of the first crossing, by time

	Discovered   int
	Waits        int
	Questions    int
	Answers      [3]int // denial, silence, admission
	Slips        int
	Withdrawn    int
	Joint        int
	CutChains    int
	Replies      int
	Denials      int
	Counters     int
	PairEpisodes int
	PairMissteps int
	Suspensions  int           // of forum channels
	Meetings     int           // of forum channels
	Uptime       []float64     // by channel [d] within the window
	ForumUptime  float64       // [d] with at least one forum channel up
	Need, NeedUp [NeedBins]int // moments of need, and those with a forum channel up, by tension

	// Acted are the mechanisms of forum channels that changed anything, by bit: without the others, all would have
	// been the same.
	Acted uint16

	most burden // of an overflow
}

// CaseOutcome is what became of one case.
type CaseOutcome struct {
	Entity  uint64
	Stream  int32
	Ordinal int32

	Victim     int16   // state
	Source     int16   // state that did it, −1 where it was none
	Discovered float64 // [d]
	Thaw       float64 // highest between the victim and a state that it may suspect, at discovery
	Tension    float64 // of the victim toward its first suspect, at discovery; −1 where that is no state

	Peak      int8  // highest rung of the victim; R4 for a joint R3
	Missteps  uint8 // bit by class
	Avoidable uint8
	MisstepAt int8   // rung of the step that is a misstep of class R3; 0 without one
	MisstepOn int16  // state that it was taken against, −1 without one
	Erred     uint16 // bit by rung of the victim's own steps that are missteps
	Replies   uint8  // missteps among the replies, of either side
	WhoOrWhy  bool   // its first step in the public set would not have been in it, had culprit and intent been known
	NamedOn   int16  // state that its first step in the public set was against, −1 without one
	Known     bool   // a state did it, and the public knows of it
	Hostile   bool   // a state did it, with hostile intent
	Missed    bool   // unanswered, and full knowledge would have answered
	Unmet     bool   // hostile and unanswered
	Falsely   bool   // a public step against an innocent
	FalselyOn int16  // the first such state, −1 without one
	Rightly   bool   // a public step against the guilty
	Withdrawn bool
	HasTarget bool
	Guilty    bool       // the suspect at closure did it
	Belief    float64    // in the suspect's guilt, at closure
	Regret    float64    // in utility ranges of the reference incident
	Shares    [4]float64 // of the misstep: culprit, intent, severity, type of the rival
}

// Public reports whether the case brought a public step.
func (c *CaseOutcome) Public() bool { return c.Falsely || c.Rightly }

// Step is one step of the sequence that arms are compared by.
type Step struct {
	Time   float64
	Entity uint64 // of the incident
	Actor  int16
	Rung   int8
}

func (o *Outcome) reset(m *Model) {
	cases, steps, uptime := o.Cases[:0], o.Steps[:0], resize(o.Uptime, len(m.channels))
	*o = Outcome{Cases: cases, Steps: steps, Uptime: uptime, Horizon: m.horizon}
	for c := range o.First {
		for k := range o.First[c] {
			o.First[c][k] = math.Inf(1)
		}
		o.FirstCut[c] = math.Inf(1)
	}
}

// acted notes that a mechanism of a channel makes a difference to what follows.
func (w *world) acted(c int32, m scenario.Mechanism) {
	if w.m.forum[c] {
		w.out.Acted |= 1 << m
	}
}

// inWindow reports whether what happens now counts.
func (w *world) inWindow() bool { return w.now >= 0 && w.now <= w.m.horizon }

// tally counts something that happens now, if that is in the window.
func (w *world) tally(n *int) {
	if w.inWindow() {
		*n++
	}
}

// reach notes a first crossing of a class.
func (w *world) reach(class int, cause Cause) {
	if !w.inWindow() {
		return
	}
	first := &w.out.First[class]
	first[AnyCause] = elem.Min(first[AnyCause], w.now)
	first[cause] = elem.Min(first[cause], w.now)
	w.out.FirstCut[class] = elem.Min(w.out.FirstCut[class], w.now)
}

func (w *world) bin() int { return min(Bins-1, int(w.now/w.m.horizon*Bins)) }

// step adds to the sequence and to the pair episodes of public steps.
func (w *world) step(k *victimCase, actor, against int32, rung int, misstep bool) {
	if w.now < 0 {
		return
	}
	w.out.Steps = append(w.out.Steps, Step{Time: w.now, Entity: k.entity, Actor: int16(actor), Rung: int8(rung)})
	if w.inWindow() {
		w.out.Stood |= 1 << rung
		if misstep {
			w.out.Erred |= 1 << rung
		}
	}
	if rung < ladder.Public || !w.inWindow() {
		return
	}
	r := w.rel(min(actor, against), max(actor, against))
	if w.now-r.lastStep > w.m.method.quiet {
		w.out.PairEpisodes++
		r.misstepIn = false
	}
	r.lastStep = w.now
	if misstep && !r.misstepIn {
		r.misstepIn = true
		w.out.PairMissteps++
	}
}

// finish gathers the cases and closes the books on channels that are still up.
func (w *world) finish() {
	w.now = elem.Max(w.now, w.m.horizon)
	for c := range w.channels {
		if w.channels[c].status == up {
			w.bookUptime(int32(c))
		}
	}
	for id := range w.cases {
		if k := &w.cases[id]; k.counted && k.state == closed {
			w.out.Cases = append(w.out.Cases, w.caseOutcome(k))
		}
	}
	sort.Sort((*byStream)(&w.out.Cases))
	if w.out.Overflow = w.overflow; w.overflow {
		w.out.most = w.most()
	}
}

// byStream orders cases by stream and ordinal, in place: they are large to copy.
type byStream []CaseOutcome

func (c *byStream) Len() int           { return len(*c) }
func (c *byStream) Less(i, j int) bool { return (*c)[i].Compare(&(*c)[j]) < 0 }
func (c *byStream) Swap(i, j int)      { (*c)[i], (*c)[j] = (*c)[j], (*c)[i] }

// Compare orders two cases by stream and ordinal: −1, 0 or 1.
func (c *CaseOutcome) Compare(o *CaseOutcome) int {
	if c.Stream != o.Stream {
		return cmp.Compare(c.Stream, o.Stream)
	}
	return cmp.Compare(c.Ordinal, o.Ordinal)
}
