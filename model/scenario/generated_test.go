package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/misstep/misstep/model/param"
)

// sketch is a scenario as a generator means it: what a test writes as YAML and
// expects back.
type sketch struct {
	states, groups []string
	menus          map[string][]int
	observer       string
	streams        []sketchStream
	beliefs        [][2]string
	shocks         []sketchShock
	channels       []sketchChannel
	arms           []string
	closed         map[string][]string // by arm
	horizon        int                 // years
	priors         map[string]string   // global parameters as written
}

type sketchStream struct {
	source, victim, counted string
	rate                    string
	mix                     [4]int
	arrivals                bool
}

type sketchShock struct {
	name    string
	day     int
	between [2]string
	tension string
}

type sketchChannel struct {
	name, track, question string
	members               []string
	mandate               []string
	meets                 bool
}

var allNames = []string{"Ål", "Bern", "China", "D 4", "Élan", "fünf", "G-7", "中国"}

// some draws a subset, in any order.
func some(r *rapid.T, from []string, low int, label string) []string {
	return rapid.Permutation(from).Draw(r, label)[:rapid.IntRange(low, len(from)).Draw(r, label+" count")]
}

// sketches draws scenarios that hold together.
func sketches(r *rapid.T) sketch {
	names := rapid.Permutation(allNames).Draw(r, "names")
	n := rapid.IntRange(2, 4).Draw(r, "states")
	s := sketch{states: names[:n], groups: names[n : n+rapid.IntRange(0, 2).Draw(r, "groups")], menus: map[string][]int{},
		closed: map[string][]string{}, horizon: rapid.IntRange(1, 50).Draw(r, "years"), priors: map[string]string{}}
	if rapid.Bool().Draw(r, "watched") {
		s.observer = "watcher"
	}
	for _, state := range s.states {
		if rapid.Bool().Draw(r, "menu of "+state) {
			s.menus[state] = append([]int{0},
				rapid.SliceOfNDistinct(rapid.SampledFrom([]int{1, 2, 3, 5, 6, 7, 8, 9}), 0, 4, rapid.ID).Draw(r, "rungs")...)
		}
	}
	s.drawStreams(r)
	for i := range rapid.IntRange(0, 3).Draw(r, "shocks") {
		s.shocks = append(s.shocks, sketchShock{fmt.Sprint("shock ", i), rapid.IntRange(-365, 365).Draw(r, "day"),
			[2]string{s.states[0], s.states[1]},
			rapid.SampledFrom([]string{"0.3", "0.2 to 0.4", "beta(2, 3)"}).Draw(r, "tension")})
	}
	for i := range rapid.IntRange(0, 3).Draw(r, "channels") {
		s.channels = append(s.channels,
			sketchChannel{name: fmt.Sprint("channel ", i), members: some(r, s.states, 2, "members"),
				mandate: some(r, MechanismNames[:], 0, "mandate"), meets: rapid.Bool().Draw(r, "meets"),
				track:    rapid.SampledFrom([]string{"1", "1.5", "2"}).Draw(r, "track"),
				question: rapid.SampledFrom([]string{"culprit", "culprit-and-intent"}).Draw(r, "question")})
	}
	for i := range rapid.IntRange(1, 4).Draw(r, "arms") {
		arm := fmt.Sprint("arm ", i)
		s.arms = append(s.arms, arm)
		for _, c := range s.channels {
			if rapid.Bool().Draw(r, "closed") {
				s.closed[arm] = append(s.closed[arm], c.name)
			}
		}
	}
	for _, p := range some(r, []string{"choice.goal", "tension.private", "evidence.confidence", "onset.contagion"}, 0,
		"parameters") {
		s.priors[p] = rapid.SampledFrom([]string{"0.25", "0.1 to 0.6", "0.1 to 0.6 at 95%", "uniform(0, 1)",
			"normal(0.5, 0.1)", "lognormal(0.5, 0.2)"}).Draw(r, p)
	}
	return s
}

// drawStreams draws streams between any two sources and victims, and beliefs.
func (s *sketch) drawStreams(r *rapid.T) {
	for _, source := range append(slices.Clone(s.states), s.groups...) {
		for _, victim := range s.states {
			if source == victim || !rapid.Bool().Draw(r, source+">"+victim) {
				continue
			}
			st := sketchStream{source: source, victim: victim,
				counted:  rapid.SampledFrom([]string{"known", "started"}).Draw(r, "counted"),
				rate:     rapid.SampledFrom([]string{"0", "1", "2.5", "0.5 to 1.9", "uniform(0, 3)"}).Draw(r, "rate"),
				arrivals: rapid.Bool().Draw(r, "arrivals"), mix: [4]int{rapid.IntRange(3, 9).Draw(r, "espionage")}}
			for i := 1; i < 4; i++ {
				st.mix[i] = rapid.IntRange(0, 1).Draw(r, "weight")
			}
			s.streams = append(s.streams, st)
			if slices.Contains(s.states, source) {
				s.beliefs = append(s.beliefs, [2]string{victim, source})
			}
		}
	}
}

// yaml writes the sketch as a person would.
func (s sketch) yaml() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("misstep: 1\ntitle: Drawn at random\nstart: 2026-01-01\nhorizon: %dy\nassumptions:\n  states:", s.horizon)
	for _, state := range s.states {
		if menu, ok := s.menus[state]; ok {
			line("    %s: {menu: [R%s]}", state, strings.Trim(strings.ReplaceAll(fmt.Sprint(menu), " ", ", R"), "[]"))
			continue
		}
		line("    %s: {}", state)
	}
	if s.observer != "" {
		line("    %s: {observer: true}", s.observer)
	}
	line("  groups:")
	for _, g := range s.groups {
		line("    %s: {frames: [%s]}", g, strings.Join(s.states, ", "))
	}
	contagion, parts := "", map[string][]string{}
	for _, p := range slices.Sorted(maps.Keys(s.priors)) {
		group, short, _ := strings.Cut(p, ".")
		if group == "onset" {
			contagion = fmt.Sprintf("\n    %s: %s", short, s.priors[p])
			continue
		}
		parts[group] = append(parts[group], fmt.Sprintf("%s: %q", short, s.priors[p]))
	}
	for _, group := range slices.Sorted(maps.Keys(parts)) {
		line("  %s: {%s}", group, strings.Join(parts[group], ", "))
	}
	line("  onset:%s\n    streams:", contagion)
	for _, st := range s.streams {
		line("      - {source: %s, victim: %s, rate: %q, counted: %s, arrivals: %v, mix: {%s}}", st.source, st.victim,
			st.rate, st.counted, st.arrivals, st.weights())
	}
	line("  beliefs:")
	for i, pair := range s.beliefs {
		line("    - {state: %s, about: %s, tension: %s}", pair[0], pair[1], param.FormatNumber(float64(i)/100, false))
	}
	line("  shocks:")
	for _, k := range s.shocks {
		line("    - {name: %s, at: %s, between: [%s], tension: %q, breaks: 1}", k.name, dayOf(k.day),
			strings.Join(k.between[:], ", "), k.tension)
	}
	s.levers(line)
	return b.String()
}

func (s sketch) levers(line func(string, ...any)) {
	line("levers:\n  channels:")
	for _, c := range s.channels {
		line("    %s: {members: [%s], mandate: [%s], meets: %v, track: %s, question: %s}", c.name,
			strings.Join(c.members, ", "),
			strings.Join(c.mandate, ", "), c.meets, c.track, c.question)
	}
	line("arms:")
	for _, arm := range s.arms {
		line("  %s:", arm)
		for _, c := range s.closed[arm] {
			line("    channels.%s.open: false", c)
		}
	}
	if len(s.arms) > 1 {
		line("headline: {baseline: %s, treatment: %s}", s.arms[0], s.arms[len(s.arms)-1])
	}
}

func (st sketchStream) weights() string {
	var parts []string
	for i, w := range st.mix {
		if w > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", IntentNames[i], w))
		}
	}
	return strings.Join(parts, ", ")
}
