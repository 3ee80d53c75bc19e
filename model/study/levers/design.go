package levers

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// Design is what is decided, by lever of a space: 0 for what stands, n for move n − 1.
type Design []int

// Words say what is decided otherwise, channel by channel.
func (s *Space) Words(d Design) string {
	var out strings.Builder
	channel := ""
	for i, n := range d {
		if n == 0 {
			continue
		}
		l := &s.Levers[i]
		words, next := l.Moves[n-1].Words, "; "
		if l.channel == channel {
			words, next = strings.TrimPrefix(words, channel+" "), ", "
		}
		if out.Len() > 0 {
			out.WriteString(next)
		}
		out.WriteString(words)
		channel = l.channel
	}
	return cmp.Or(out.String(), "as it stands")
}

// Arm is the treatment with a design.
func (s *Space) Arm(name string, d Design) scenario.Arm {
	l := s.Treatment.Levers
	l.Channels = slices.Clone(l.Channels)
	for i := range l.Channels {
		l.Channels[i].Members = slices.Clone(l.Channels[i].Members)
	}
	for i, n := range d {
		if n > 0 {
			s.Levers[i].Moves[n-1].apply(&l)
		}
	}
	for i := range l.Channels {
		s.settle(&l.Channels[i])
	}
	return scenario.Arm{Name: name, Levers: l}
}

// settle takes back what reaches nothing: what a channel would ask if it asked, and how often it meets where no act
// waits for a meeting and none builds trust.
func (s *Space) settle(c *scenario.Channel) {
	was := channelOf(&s.Treatment.Levers, c.Name)
	if !c.Mandate[scenario.Clarify] {
		c.Question = was.Question
	}
	if !c.Mandate[scenario.Trust] && !c.Mandate[scenario.Delay] {
		c.Cadence = was.Cadence
	}
}

// sound is a design without the moves that reach nothing beside the others.
func (s *Space) sound(d Design) Design {
	out, arm := slices.Clone(d), s.Arm("", d)
	for i := range out {
		if without := slices.Clone(out); out[i] > 0 {
			if without[i] = 0; reflect.DeepEqual(s.Arm("", without), arm) {
				out = without
			}
		}
	}
	return out
}

// addressing of the designs.
const (
	designEntity = "design"
	mostMoves    = 4
	tries        = 20 // for each design that is wanted: a small space has no more
)

// Designs are the treatment as it stands, every single move, and then combinations of two to four at random: n in all,
// or fewer where a space has no more. No two make the same arm.
func (s *Space) Designs(n int, source random.Source) []Design {
	out := []Design{make(Design, len(s.Levers))}
	add := func(d Design) {
		if d = s.sound(d); !slices.ContainsFunc(out, func(o Design) bool { return slices.Equal(o, d) }) {
			out = append(out, d)
		}
	}
	for i := range s.Levers {
		for k := range s.Levers[i].Moves {
			d := make(Design, len(s.Levers))
			d[i] = k + 1
			add(d)
		}
	}
	for at := 0; len(out) < n && at < tries*n; at++ {
		add(s.combination(source.Replicate(uint64(at))))
	}
	return out[:min(n, len(out))]
}

func (s *Space) combination(rep random.Replicate) Design {
	uniform := func(ordinal, below int) int {
		return int(rep.Uniform(random.Stream(random.NameHash(designEntity), random.Parameter), ordinal) * float64(below))
	}
	d := make(Design, len(s.Levers))
	for k := range 2 + uniform(0, mostMoves-1) {
		i := uniform(2*k+1, len(s.Levers))
		d[i] = 1 + uniform(2*k+2, len(s.Levers[i].Moves))
	}
	return d
}

// Change is one value of an arm, by its path below levers.
type Change struct {
	Path  string `json:"path"`
	Value string `json:"value"`
}

// Changes are what an arm of a design sets beside what the treatment has: as a scenario has it.
func (s *Space) Changes(v *scenario.Scenario, d Design) []Change {
	arm := s.Arm("", d)
	out := []Change{}
	for i := range arm.Levers.Channels {
		was, is := s.Treatment.Levers.Channels[i], arm.Levers.Channels[i]
		if same(&was, &is) {
			continue
		}
		for _, k := range keysOf(v, &is) {
			if !slices.Contains(keysOf(v, &was), k) {
				out = append(out, Change{"channels." + scenario.Quoted(is.Name) + "." + k[0], k[1]})
			}
		}
	}
	return out
}

// keysOf are the values of a channel that designs change, as a scenario has them.
func keysOf(v *scenario.Scenario, c *scenario.Channel) [][2]string {
	var mandate []string
	for m, on := range c.Mandate {
		if on {
			mandate = append(mandate, scenario.Mechanism(m).String())
		}
	}
	var quoted []string
	for _, name := range c.Members {
		quoted = append(quoted, scenario.Quoted(name))
	}
	list := func(names []string) string { return "[" + strings.Join(names, ", ") + "]" }
	out := [][2]string{{"open", strconv.FormatBool(c.Open)}, {"members", list(quoted)},
		{"mandate", list(mandate)}, {"question", c.Question}}
	if t := c.OpensAfter; t != nil {
		after := "{after: " + t.After.String() + ", channel: " + scenario.Quoted(t.Channel) + "}"
		out = append(out, [2]string{"opens", after})
	} else if c.Opens >= 0 {
		out = append(out, [2]string{"opens", v.Start.AddDate(0, 0, int(c.Opens)).Format(time.DateOnly)})
	}
	if c.Cadence > 0 {
		out = append(out, [2]string{"cadence", strconv.FormatFloat(c.Cadence, 'f', -1, 64) + "d"})
	}
	return out
}

func same(a, b *scenario.Channel) bool { return reflect.DeepEqual(a, b) }
