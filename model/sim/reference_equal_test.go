package sim_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/misstep/misstep/internal/reference"
	"github.com/misstep/misstep/model/decide"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/sim"
)

// head begins every scenario of this test.
const head = `misstep: 1
title: A comparison of two implementations
start: 2026-01-01
`

// equalScenarios are small worlds that together use every rule.
var equalScenarios = map[string]string{
	// Two states and two groups with flags, retraction, a review clock, own parameters.
	"flags": head + `horizon: 2y
assumptions:
  model: {retraction: true, backlog: 1y}
  choice: {price: 0.02 to 0.1, climbdown: 0.005 to 0.05}
  evidence: {gap: 60d to 150d}
  states:
    Aland: {choice: {review: 100d, rationality: 20 to 60}}
    Borland: {type: {status_quo: 0.3 to 0.7}, evidence: {flag_rate: 0.3}, menu: [R0, R1, R2, R3, R5, R6]}
  groups:
    criminals: {frames: [Borland], evidence: {flag_rate: 0.4}}
    third: {frames: [Borland], evidence: {flag_rate: 0.1}}
  onset:
    streams:
      - {source: Borland, victim: Aland, rate: 1 to 3, mix: {espionage: 0.7, prepositioning: 0.2, disruption: 0.1}}
      - {source: Aland, victim: Borland, rate: 0.5 to 2, mix: {espionage: 0.8, disruption: 0.2}}
      - {source: criminals, victim: Aland, rate: 0.6 to 2.4, mix: {crime: 1}}
      - {source: third, victim: Aland, rate: 1, counted: started, mix: {espionage: 1, prepositioning: 0.5}}
  beliefs:
    - {state: Aland, about: Borland, status_quo: 0.3, tension: 0.4}
levers:
  channels:
    embassy: {members: [Aland, Borland], meets: false, mandate: [clarify]}
    forum: {members: [Aland, Borland], mandate: [clarify, delay, trust, fragility]}
  coalitions:
    allies: {lead: Aland, partners: {Cland: 0.6, Dland: {}}}
arms: {without: {channels.forum.open: false}, with: {}}
headline: {outcome: missteps, baseline: without, treatment: with}
`,
	// Three states, Gumbel coupling, strategic answers, politics of every kind.
	"three": head + `horizon: 2y
assumptions:
  model: {coupling: gumbel, answers: strategic, backlog: 2y, piece_signal: first}
  evidence: {gap: 120d to 365d}
  choice: {price: 0.02 to 0.12, rationality: 15 to 40}
  type: {reply_revisionist: 0.8 to 1.4}
  reply: {tension: 0.5 to 1, max_moves: 5}
  states: {Aland: {}, Borland: {}, Cland: {}, Watcher: {observer: true}}
  groups: {gang: {frames: [Borland, Cland]}}
  onset:
    contagion: 0.8
    streams:
      - {source: Borland, victim: Aland, rate: 1 to 3, mix: {espionage: 0.7, prepositioning: 0.2, disruption: 0.1}}
      - {source: Cland, victim: Aland, rate: 0.5 to 2, mix: {espionage: 0.6, disruption: 0.4}}
      - {source: Aland, victim: Cland, rate: 1.3, mix: {espionage: 0.9, prepositioning: 0.1}}
      - {source: Borland, victim: Cland, rate: 0.7, mix: {espionage: 0.9, disruption: 0.1}}
      - {source: gang, victim: Aland, rate: 1.1, mix: {crime: 0.8, disruption: 0.2}}
      - {source: gang, victim: Borland, rate: 0.5, mix: {crime: 1}}
  prices:
    - {state: Aland, from: 2024-06-01, price: 0.15}
    - {state: Aland, from: 2027-01-01, price: 0.01}
    - {state: Cland, from: 2020-06-01, price: 0.05}
  thaws:
    - {between: [Aland, Borland], from: 2026-03-01, until: 2027-06-01, level: 0.8}
    - {between: [Aland, Cland], from: 2023-03-01, until: 2026-06-01, level: 0.5}
  shocks:
    - {name: strait, at: 2027-05-01, between: [Aland, Borland], tension: 0.4, breaks: 0.7}
    - {name: balloon, at: 2025-04-01, between: [Aland, Cland], tension: 0.3, breaks: 0.5}
  random_shocks:
    - {name: crisis, between: [Aland, Cland], per_year: 0.8, tension: 0.2 to 0.4, breaks: 0.5}
levers:
  channels:
    embassy: {members: [Aland, Borland, Cland], meets: false, question: culprit-and-intent,
      mandate: [clarify, fragility]}
    forum: {members: [Aland, Cland], opens: 2026-06-01, mandate: [clarify, delay, private_option, trust, fragility,
      leaks]}
  summits:
    - {name: top, at: 2027-01-01, between: [Aland, Cland], relief: 0.3, restores: 0.6}
    - {name: early, at: 2025-01-01, between: [Aland, Borland], relief: 0.5, restores: 0.9}
arms: {without: {channels.forum.open: false, summits.top.open: false}, with: {},
  narrow: {channels.forum.mandate: [clarify]}}
headline: {outcome: missteps, baseline: without, treatment: with}
`,
	// All ten mechanisms at high strength, raw severity, no look-ahead, scheduled incidents.
	"everything": head + `horizon: 3y
assumptions:
  model: {severity: raw, lookahead: 0, backlog: 2y}
  choice: {price: 0.01 to 0.06, private_cost: 0.005 to 0.02}
  onset:
    deterrence: 0.2 to 0.9
    streams:
      - {source: Borland, victim: Aland, rate: 2 to 4, mix: {espionage: 0.6, prepositioning: 0.2, disruption: 0.2}}
      - {source: Aland, victim: Borland, rate: 2, mix: {espionage: 0.7, disruption: 0.3}}
      - {source: gang, victim: Aland, rate: 2, mix: {crime: 1}}
  states: {Aland: {}, Borland: {evidence: {confidence: 1}}}
  groups: {gang: {frames: [Borland]}}
  strength: {clarify: 0.9, delay: 0.9, private_option: 1, commitments: 1, notification: 1, trust: 1, red_lines: 1,
    fragility: 1, leaks: 1, moral_hazard: 1}
  life: {gap: 80d to 160d, lapse: 0.3 to 0.6, restore: 100d to 300d, suspend: 0.3 to 0.6, contact: 0.9}
  effect: {red_line: 3.5, leak: 0.3, breach: 0.9, delay_limit: 30d to 90d}
  incidents:
    - {name: ministry, victim: Aland, source: Borland, intent: espionage, at: 2026-05-01, severity: 4,
        discovered: 100d, disclosed: 0, burst: 3, burst_gap: 0.25d}
    - {name: grid, victim: Aland, at: 2024-12-01}
    - {name: port, victim: Borland, at: 2027-12-01, discovered: 10d}
levers:
  channels:
    forum: {members: [Aland, Borland], mandate: [clarify, delay, private_option, commitments, notification, trust,
      red_lines, fragility, leaks, moral_hazard]}
    second: {members: [Aland, Borland], question: culprit-and-intent,
      mandate: [clarify, commitments, notification, private_option, leaks]}
  coalitions:
    allies: {lead: Aland, core: Cland, partners: {Cland: 0.2, Dland: 0.5}}
arms: {with: {}, without: {channels.forum.open: false, channels.second: null, coalitions.allies.open: false}}
headline: {outcome: missteps, baseline: without, treatment: with}
`,
	// Channels that wait for each kind of event to open and to close, by day and for good.
	"pathways": head + `horizon: 5y
assumptions:
  model: {backlog: 1y}
  choice: {price: 0.01 to 0.06, private_cost: 0.005 to 0.02}
  tension: {private: 0.3}
  onset:
    streams:
      - {source: Borland, victim: Aland, rate: 2 to 4, mix: {espionage: 0.6, disruption: 0.4}}
      - {source: Aland, victim: Borland, rate: 2, mix: {espionage: 0.7, disruption: 0.3}}
      - {source: Cland, victim: Borland, rate: 1, mix: {espionage: 1}}
  states: {Aland: {}, Borland: {}, Cland: {}}
  strength: {clarify: 0.9, delay: 0.9, trust: 1, fragility: 1, commitments: 1, notification: 1}
  life: {gap: 80d to 160d, lapse: 0.3 to 0.9, restore: 50d to 200d, suspend: 0.5 to 0.9}
  random_shocks:
    - {name: crisis, between: [Aland, Borland], per_year: 0.5, tension: 0.2 to 0.6, breaks: 0.5}
levers:
  channels:
    embassy: {members: [Aland, Borland, Cland], meets: false, mandate: [clarify],
      closes: {after: tension, above: 0.5, wait: 1y}}
    forum: {members: [Aland, Borland], mandate: [clarify, trust, fragility, commitments], closes: 2029-06-01}
    line: {members: [Aland, Borland], meets: false, mandate: [delay, fragility],
      opens: {after: suspension, channel: forum}}
    envoys: {members: [Aland, Borland], cadence: 60d, mandate: [clarify, trust],
      opens: {after: lapse, channel: forum, wait: 30d}, closes: {after: accusation, between: [Borland, Cland]}}
    talks: {members: [Aland, Cland, Borland], mandate: [trust, commitments], opens: {after: accusation, wait: 14d},
      closes: {after: suspension, channel: forum, wait: 2y}}
    group: {members: [Aland, Borland], mandate: [clarify, notification],
      opens: {after: tension, above: 0.6, between: [Aland, Borland]}}
arms: {with: {}, without: {channels.line.open: false, channels.talks.opens: 2027-01-01, channels.forum.cadence: 300d,
  channels.group.opens: {after: tension, above: 0.8}}}
headline: {outcome: missteps, baseline: without, treatment: with}
`,
	// The textbook rule, one decision a case, explicit confusion, pieces at fixed times.
	"stakes": head + `horizon: 4y
scale: even
assumptions:
  model: {rule: stakes, stakes_rung: 5, decisions: once, piece_times: [10d, 40d, 90d], backlog: 1y}
  states:
    Aland:
      choice: {rationality: 3 to 6}
      confusion: {Borland: {Borland: 0.8, third: 0.2}, third: {Borland: 0.3, third: 0.7}}
    Borland: {}
  groups: {third: {evidence: {flag_rate: 0}}}
  onset:
    streams:
      - {source: Borland, victim: Aland, rate: 1 to 3, mix: {espionage: 2, prepositioning: 1}}
      - {source: third, victim: Aland, rate: 1, mix: {espionage: 1}}
levers:
  channels:
    line: {members: [Aland, Borland], meets: false, question: culprit-and-intent,
      mandate: [clarify, delay, private_option]}
arms: {without: {channels.line.open: false}, with: {}}
headline: {outcome: missteps, baseline: without, treatment: with}
`,
	// The textbook rule at every review, with withdrawal.
	"withdrawal": head + `horizon: 3y
assumptions:
  model: {rule: stakes, retraction: true, backlog: 2y}
  choice: {rationality: 3 to 10, climbdown: 0.01 to 0.05}
  stakes: {cost: -0.2}
  states: {Aland: {}, Borland: {}}
  onset:
    streams:
      - {source: Borland, victim: Aland, rate: 3, mix: {espionage: 2, prepositioning: 1}}
      - {source: Aland, victim: Borland, rate: 3, mix: {espionage: 2, prepositioning: 1}}
levers:
  channels:
    line: {members: [Aland, Borland], mandate: [clarify, delay, fragility, leaks]}
arms: {with: {}}
`,
}

func TestSlowEqualsEngine(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(equalScenarios)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare(t, loadText(t, "equal-"+name, equalScenarios[name]), 30*effort)
		})
	}
}

func TestSlowEqualsEngineOnShippedScenarios(t *testing.T) {
	files, _ := filepath.Glob("../../scenarios/*.yaml")
	more, _ := filepath.Glob("../../scenarios/validation/*.yaml")
	for _, file := range append(files, more...) {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains("\n"+string(data), "\nmisstep:") {
				t.Skip("no scenario")
			}
			compare(t, loadText(t, name, string(data)), 5*effort)
		})
	}
}

func loadText(t *testing.T, name, text string) *scenario.Scenario {
	t.Helper()
	v, err := scenario.Load(name, []byte(text), scenario.Options{UsePriors: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// compare plays replicates, each at its own parameter vector, in both
// implementations and stops at the first difference.
// effort multiplies the replicates of the comparison: 1, and more under the build tag verify.
var effort = 1

func compare(t *testing.T, v *scenario.Scenario, replicates int) {
	var runner sim.Runner
	seen := map[string]int{}
	for r := range replicates {
		rep := random.NewSource(random.Mix, 20260101).Replicate(uint64(r))
		theta := make([]float64, len(v.Slots))
		for i, s := range v.Slots {
			theta[i] = s.Dist.Quantile(rep.Uniform(random.Stream(random.NameHash(s.Path), random.Parameter), 0))
		}
		logs, arms, out := engineLogs(&runner, v, theta, rep)
		for arm := range v.Arms {
			want := reference.Run(v, theta, arm, rep)
			got := logs[arm]
			for _, e := range want.Events {
				seen[e.Kind]++
			}
			if diff := firstDifference(got, want.Events); diff != "" {
				t.Fatalf("replicate %d, arm %s: %s", r, v.Arms[arm].Name, diff)
			}
			if diff := caseDifference(arms.Arms[arm], &out[arm], want); diff != "" {
				t.Fatalf("replicate %d, arm %s: %s", r, v.Arms[arm].Name, diff)
			}
		}
	}
	t.Logf("%d replicates: %v", replicates, seen)
}

func engineLogs(runner *sim.Runner, v *scenario.Scenario, theta []float64,
	rep random.Replicate) ([][]reference.Event, *sim.Arms, []sim.Outcome) {
	arms := &sim.Arms{History: sim.Compile(v, theta, sim.History)}
	logs := make([][]reference.Event, len(v.Arms))
	observers := make([]sim.Observer, len(v.Arms))
	for a := range v.Arms {
		m := sim.Compile(v, theta, a)
		arms.Arms = append(arms.Arms, m)
		observers[a] = func(e *sim.Event) { logs[a] = append(logs[a], named(m, e)) }
	}
	return logs, arms, runner.Run(arms, rep, observers)
}

// named writes an entry of the engine's log with names.
func named(m *sim.Model, e *sim.Event) reference.Event {
	state := func(i int16) string {
		if i < 0 {
			return ""
		}
		return m.StateName(int(i))
	}
	out := reference.Event{Time: e.Time, Kind: e.Kind.String(), Entity: e.Entity, Actor: state(e.Actor),
		Target: state(e.Target), Cause: e.Cause.String(), Before: e.Before, Chosen: e.Chosen, Rung: e.Rung,
		RungOnTruth: e.RungOnTruth, RungOnIdeal: e.RungOnIdeal,
		Joined: e.Joined, Core: e.Core, Move: int(e.Move), Misstep: e.Misstep, Induced: e.Induced,
		Held: believed(e.Held), OnIdeal: believed(e.OnIdeal), OnTruth: believed(e.OnTruth),
		Start: e.Start, Severity: e.Severity, Perceived: e.Perceived, Shares: e.Shares}
	if e.Channel >= 0 {
		out.Channel = m.ChannelName(int(e.Channel))
	}
	if e.Kind == sim.EventPiece {
		out.Indicated, out.Signal = m.SourceName(e.Indicated), e.Signal
	}
	if e.Kind == sim.EventAnswer {
		out.Answer = e.Answer
	}
	return out
}

func believed(b decide.Beliefs) reference.Belief {
	out := reference.Belief{Culprit: b.Culprit, Severity: b.Severity, StatusQuo: b.StatusQuo,
		Intent: map[scenario.Intent]float64{}}
	for m, p := range b.Intent {
		out.Intent[scenario.Intent(m)] = p
	}
	return out
}

// tolerance is relative: integrals and posteriors are computed in other ways.
const tolerance = 1e-9

func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= tolerance*(1+math.Max(math.Abs(a), math.Abs(b)))
}

func sameBelief(a, b reference.Belief) bool {
	for m := range scenario.IntentNames {
		if !near(a.Intent[scenario.Intent(m)], b.Intent[scenario.Intent(m)]) {
			return false
		}
	}
	return near(a.Culprit, b.Culprit) && near(a.Severity, b.Severity) && near(a.StatusQuo, b.StatusQuo)
}

// same compares two entries: names, rungs and judgements exactly, numbers nearly.
func same(a, b reference.Event) bool {
	numbers := near(a.Time, b.Time) && near(a.Start, b.Start) && near(a.Severity, b.Severity) &&
		near(a.Perceived, b.Perceived)
	for i := range a.Shares {
		numbers = numbers && near(a.Shares[i], b.Shares[i])
	}
	return numbers && sameBelief(a.Held, b.Held) && sameBelief(a.OnIdeal, b.OnIdeal) && sameBelief(a.OnTruth, b.OnTruth) &&
		discrete(a) == discrete(b)
}

func discrete(e reference.Event) string {
	return fmt.Sprint(e.Kind, e.Entity, e.Actor, ">", e.Target, e.Channel, e.Cause, " before ", e.Before, " chosen ",
		e.Chosen, " shown ", e.Rung,
		" on truth ", e.RungOnTruth, " on ideal ", e.RungOnIdeal, " joined ", e.Joined, e.Core, " move ", e.Move, e.Misstep,
		e.Induced, e.Indicated, e.Signal, e.Answer)
}

// firstDifference shows the first entries that differ, after the last few that agree.
func firstDifference(engine, literal []reference.Event) string {
	n := 0
	for n < len(engine) && n < len(literal) && same(engine[n], literal[n]) {
		n++
	}
	if n == len(engine) && n == len(literal) {
		return ""
	}
	var s strings.Builder
	fmt.Fprintf(&s, "the logs differ at entry %d (engine has %d, slow %d)\n", n, len(engine), len(literal))
	for i := max(0, n-4); i < n; i++ {
		fmt.Fprintf(&s, "  both    %s\n", shown(literal[i]))
	}
	for i := n; i < n+2; i++ {
		if i < len(engine) {
			fmt.Fprintf(&s, "  engine  %s\n", shown(engine[i]))
		}
		if i < len(literal) {
			fmt.Fprintf(&s, "  slow    %s\n", shown(literal[i]))
		}
	}
	return s.String()
}

func shown(e reference.Event) string {
	s := fmt.Sprintf("%20.13f %-10s %s>%s %s%s", e.Time, e.Kind, e.Actor, e.Target, e.Channel, e.Incident)
	if e.Kind == "act" || e.Kind == "reply" {
		s += fmt.Sprintf(" R%d→R%d shown R%d on truth R%d on ideal R%d joined %d move %d misstep %v induced %v\n"+
			"          held %v ideal %v truth %v",
			e.Before, e.Chosen, e.Rung, e.RungOnTruth, e.RungOnIdeal, e.Joined, e.Move, e.Misstep, e.Induced,
			e.Held, e.OnIdeal, e.OnTruth)
	}
	return s + fmt.Sprintf(" [%x %s %d %d %s start %.13f severity %.7f seen %.7f shares %.3f]",
		e.Entity, e.Indicated, e.Signal, e.Answer, e.Cause, e.Start, e.Severity, e.Perceived, e.Shares)
}
