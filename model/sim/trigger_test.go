package sim_test

import (
	"reflect"
	"testing"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/sim"
)

// waits has arms that differ in what two channels wait for alone.
const waits = head + `horizon: 5y
assumptions:
  model: {backlog: 1y}
  choice: {price: 0.01 to 0.06}
  states: {Aland: {}, Borland: {}, Cland: {}}
  life: {lapse: 0.3, suspend: 0.8, restore: 200d}
  strength: {clarify: 0.9, delay: 0.9, fragility: 1}
  onset: [{source: Borland, victim: Aland, rate: 4, mix: {espionage: 0.6, disruption: 0.4}}]
levers:
  channels:
    forum: {members: [Aland, Borland], mandate: [clarify, fragility]}
    line: {members: [Aland, Borland], meets: false, mandate: [clarify, delay]}
arms:
  without: {channels.line.open: false}
  with: {}
  never-opens: {channels.line.opens: {after: accusation, between: [Aland, Cland]}}
  never-closes: {channels.line.closes: {after: accusation, between: [Aland, Cland]}}
  waits: {channels.line.opens: {after: suspension, channel: forum, wait: 10d}}
headline: {outcome: missteps, baseline: without, treatment: with}
`

// TestConditionThatNeverFires: a condition that is met in no future changes no bit: a channel that waits for it in vain
// is as one that is not there, but for the moments of need that find it missing, and one that it would end is as any.
// Catches a trigger that draws a number, takes a turn in the queue or is looked at in the common past.
func TestConditionThatNeverFires(t *testing.T) {
	v := loadText(t, "waits", waits)
	var runner sim.Runner
	theta, fired := make([]float64, len(v.Slots)), 0
	for i, s := range v.Slots {
		theta[i] = s.Dist.Median()
	}
	for r := range 40 {
		rep := random.NewSource(random.Mix, 7).Replicate(uint64(r))
		logs, _, out := engineLogs(&runner, v, theta, rep)
		for a := range out {
			out[a].Need, out[a].NeedUp = out[1].Need, out[1].NeedUp
		}
		if !reflect.DeepEqual(logs[0], logs[2]) || !reflect.DeepEqual(&out[0], &out[2]) {
			t.Fatalf("replicate %d: waiting in vain changes something", r)
		}
		if !reflect.DeepEqual(logs[1], logs[3]) || !reflect.DeepEqual(&out[1], &out[3]) {
			t.Fatalf("replicate %d: an end that does not come changes something", r)
		}
		at := -1.0 // of the trigger
		for i, e := range logs[4] {
			switch {
			case e.Kind == "trigger":
				fired++
				if at = e.Time; logs[4][i-1].Kind != "suspension" || logs[4][i-1].Time != at {
					t.Errorf("replicate %d: the line is called for after a %s", r, logs[4][i-1].Kind)
				}
			case e.Kind == "opening" && e.Channel == "line" && (at < 0 || e.Time != at+10):
				t.Errorf("replicate %d: opens at %v, called for at %v", r, e.Time, at)
			case at < 0 && !reflect.DeepEqual(e, logs[0][i]):
				t.Fatalf("replicate %d: before the trigger the arm is not as one without the line", r)
			}
		}
	}
	if fired < 20 {
		t.Errorf("fired in %d of 40 futures", fired)
	}
}
