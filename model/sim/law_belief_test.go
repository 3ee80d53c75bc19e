package sim

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/elem"
)

// TestLawPosterior: at every step the held posterior, the belief about the
// suspect's type, the ideal posterior with its flags and the estimate of severity
// equal what the log of the evidence gives by full enumeration, to 1e-12 (severity
// to 1e-9, by quadrature).
//
// Mutations that it catches: ω on the prior; a flag drawn anew at each piece for
// the ideal observer; type evidence that feeds on the posterior or counts an
// incident once per piece.
func TestLawPosterior(t *testing.T) {
	t.Parallel()
	a := arms(t, letter)
	m := a.Arms[0]
	var r Runner
	steps, flagged := 0, 0
	for n := range 100 {
		log, _ := events(&r, a, replicate(n), 0)
		rec := newLetterReceiver()
		for i := range log {
			e := &log[i]
			switch e.Kind {
			case EventDiscovery:
				rec.discover(e.Entity, e.Perceived)
			case EventPiece:
				rec.see(e.Entity, hint{indicated: m.SourceName(e.Indicated), signal: e.Signal, answer: -1})
			case EventAnswer:
				rec.see(e.Entity, hint{asked: m.StateName(int(e.Actor)), answer: e.Answer})
			case EventAct:
				steps++
				checkStep(t, rec, e, m.StateName(int(e.Target)))
			case EventClose:
				checkSuspect(t, rec, e, m.StateName(int(e.Target)))
			}
		}
		for i := range r.future.cases {
			if r.future.cases[i].frame >= 0 {
				flagged++
			}
		}
	}
	if steps < 300 || flagged < 50 {
		t.Errorf("%d steps and %d flags only", steps, flagged)
	}
}

func checkStep(t *testing.T, rec *letterReceiver, e *Event, suspect string) {
	t.Helper()
	near := func(what string, got, want, tolerance float64) {
		if math.Abs(got-want) > tolerance {
			t.Fatalf("day %v: %s %v, by the letter %v", e.Time, what, got, want)
		}
	}
	culprit, intent := rec.posterior(e.Entity, suspect, (*cell).like)
	near("culprit", e.Held.Culprit, culprit, 1e-12)
	onIdeal, intentOnIdeal := rec.posterior(e.Entity, suspect, (*cell).ideal)
	near("ideal culprit", e.OnIdeal.Culprit, onIdeal, 1e-12)
	for i := range intent {
		near("intent", e.Held.Intent[i], intent[i], 1e-12)
		near("ideal intent", e.OnIdeal.Intent[i], intentOnIdeal[i], 1e-12)
	}
	near("type", e.Held.StatusQuo, elem.Logistic(rec.trust[suspect]), 1e-12)
	severity := rec.severity(e.Entity)
	near("severity", e.Held.Severity, severity, 1e-9)
	near("ideal severity", e.OnIdeal.Severity, severity, 1e-9)
}

// checkSuspect: the suspect is the rival with the highest posterior.
func checkSuspect(t *testing.T, rec *letterReceiver, e *Event, suspect string) {
	t.Helper()
	best, _ := rec.posterior(e.Entity, suspect, (*cell).like)
	if math.Abs(best-e.Belief) > 1e-12 {
		t.Fatalf("day %v: belief %v at closure, by the letter %v", e.Time, e.Belief, best)
	}
	for _, other := range letterRivals {
		if p, _ := rec.posterior(e.Entity, other, (*cell).like); p > best+1e-12 {
			t.Fatalf("day %v: suspect %s with %v, but %s has %v", e.Time, suspect, best, other, p)
		}
	}
}

// matched is a world that the victim's model describes: no flags, calibrated, types
// drawn from its prior, all delays of one law.
func matched() []set {
	return []set{{"evidence.confidence", "1"}, {"evidence.signal_belief", "1"}, {"evidence.false_alarm_belief", "1"},
		{"evidence.flag_rate", "0"},
		{"type.status_quo", "0.4"}, {"belief.initial", "0.4"}, {"belief.reversion", "0"}, {"belief.limit", "60"},
		{"discovery.overt", "100d"}, {"discovery.stealthy", "100d"}, {"discovery.overt_spread", "1"},
		{"discovery.stealthy_spread", "1"},
		{"assumptions.model.backlog", "1y"}, {"evidence.gap", "120d"}, {"evidence.case", "500d"}}
}

// TestLawTypeIsMartingale: under the victim's own model the belief about the type
// has the prior as its mean at the end of the past, at the end of the window and
// at the end of the last case (to 0.025), and is calibrated: E[1 | T] = T, seen by
// the mean of T·(1 − T) where the type is S and −T² where it is not (to 0.02). So are the beliefs about culprits.
//
// Mutations that it catches: the posterior fed back into the ratio; a ratio added
// at each piece; the prior over intents not at the belief of the day.
func TestLawTypeIsMartingale(t *testing.T) {
	t.Parallel()
	a := arms(t, quiet, matched()...)
	m := a.Arms[0]
	var r Runner
	var past, future, calibrated, truth, culprit, sharp mean
	for n := range 14000 {
		o := &r.Run(a, replicate(n), nil)[0]
		w := &r.future
		statusQuo := 0.0
		if w.types[1] == 0 {
			statusQuo = 1
		}
		before := elem.Logistic(r.past.relations[1].trust)
		after := elem.Logistic(w.relations[1].trust)
		past.add(before)
		future.add(after)
		calibrated.add((statusQuo - after) * after)
		truth.add(statusQuo)
		sharp.add(math.Abs(after - 0.4))
		gap := 0.0
		for i := range o.Cases {
			if c := &o.Cases[i]; c.HasTarget {
				gap -= c.Belief
				if c.Guilty {
					gap++
				}
			}
		}
		culprit.add(gap)
	}
	if m.StateName(0) != "Aland" || sharp.value() < 0.05 {
		t.Errorf("the beliefs hardly move: %v", sharp.value())
	}
	truth.equals(t, "share of status-quo types", 0.4, 0.04)
	past.equals(t, "T at the start", 0.4, 0.02)
	future.equals(t, "T at the end", 0.4, 0.025)
	calibrated.equals(t, "(1 − T)·T where the type is S, less T² where it is not", 0, 0.02)
	culprit.equals(t, "guilt less belief, summed over the cases of a replicate", 0, 0.2)
}
