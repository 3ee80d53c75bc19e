package session

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// offered are the mechanisms that a mandate may have or not; what else is in force comes with a channel. They, and what
// else can be moved, are those of package levers.
var offered = []scenario.Mechanism{scenario.Clarify, scenario.Delay, scenario.PrivateOption, scenario.Commitments,
	scenario.Notification, scenario.Trust, scenario.RedLines}

// decided are what can be decided otherwise in the treatment: about channels in which it differs from the baseline, and
// about those that stand by, closed in both.
func decided(v *scenario.Scenario, arms [2]string) []Control {
	out, two := []Control{}, pair(v, arms)
	var forums []string
	for i := range two[1].Levers.Channels {
		c := &two[1].Levers.Channels[i]
		if base := channelOf(two[0], c.Name); c.Open && (base == nil || !base.Open || !reflect.DeepEqual(base, c)) {
			out = append(out, (&lever{v, arms[1], c}).controls()...)
			forums = append(forums, c.Name)
		}
	}
	for i := range two[1].Levers.Channels {
		c := &two[1].Levers.Channels[i]
		if base := channelOf(two[0], c.Name); len(forums) > 0 && !c.Open && (base == nil || !base.Open) {
			out = append(out, (&lever{v, arms[1], c}).standby(forums))
		}
	}
	return out
}

func channelOf(a *scenario.Arm, name string) *scenario.Channel {
	i := slices.IndexFunc(a.Levers.Channels, func(c scenario.Channel) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &a.Levers.Channels[i]
}

// lever is a channel of the treatment.
type lever struct {
	v   *scenario.Scenario
	arm string
	c   *scenario.Channel
}

// path is where a key of the channel is set in the arm.
func (l *lever) path(key string) string {
	return "arms." + scenario.Quoted(l.arm) + ".channels." + scenario.Quoted(l.c.Name) + "." + key
}

func (l *lever) control(key, words, kind, shipped string, options []Item) Control {
	return Control{Path: l.path(key), Words: say.Capital(words), Group: say.Capital(say.State(l.c.Name)), Kind: kind, Shipped: shipped,
		Options: options, Source: "decided in arm " + l.arm}
}

func (l *lever) controls() []Control {
	out := []Control{l.mandate()}
	if l.c.Meets {
		out = append(out, l.cadence())
	}
	if l.c.OpensAfter == nil {
		if opening := l.opening(); len(opening.Options) > 1 {
			out = append(out, opening)
		}
	}
	if l.c.Mandate[scenario.Clarify] {
		items := []Item{{Value: "culprit", Words: "who did it", On: l.c.Question == "culprit"},
			{Value: "culprit-and-intent", Words: "who did it, and what for", On: l.c.Question == "culprit-and-intent"}}
		out = append(out, l.control("question", "what it asks", Choice, l.c.Question, items))
	}
	if members := l.members(); len(members.Options) > len(l.c.Members) {
		out = append(out, members)
	}
	return out
}

func (l *lever) mandate() Control {
	var items []Item
	var on []string
	for m := range scenario.Mechanism(scenario.NumMechanisms) {
		is, fixed := l.c.Mandate[m], !slices.Contains(offered, m)
		if is {
			on = append(on, m.String())
		}
		if is || !fixed {
			p := param.Get(m.StrengthParam())
			_, says, _ := strings.Cut(strings.TrimSuffix(p.Doc, "."), ": ")
			items = append(items, Item{Value: m.String(), Words: say.Mechanism(m.String()), Says: says, On: is, Fixed: fixed})
		}
	}
	return l.control("mandate", "what it does", Flags, listOf(on), items)
}

// listOf writes a list as --set reads it.
func listOf(words []string) string { return "[" + strings.Join(words, ", ") + "]" }

// cadences that are offered [d].
var cadences = []float64{30, 91, 182, 365}

func (l *lever) cadence() Control {
	words := func(days float64) string { return "every " + say.Counted(int(days), "day") }
	items := []Item{{Value: "", Words: "as such talks do", On: true}}
	if l.c.Cadence > 0 {
		items[0].Words = words(l.c.Cadence)
	}
	for _, days := range cadences {
		if days != l.c.Cadence {
			items = append(items, Item{Value: param.FormatNumber(days, true), Words: words(days)})
		}
	}
	return l.control("cadence", "how often it meets", Choice, "", items)
}

func (l *lever) opening() Control {
	const year = 365.0
	opens := max(0, l.c.Opens)
	at := func(days float64) time.Time { return l.v.Start.AddDate(0, 0, int(days)) }
	items := []Item{{Value: "", Words: at(opens).Format("2 Jan 2006"), On: true}}
	if l.c.Opens < 0 {
		items[0].Words = "is open when the scenario begins"
	}
	for k := 1.0; k <= 2 && opens+float64(k*year) < l.v.Horizon; k++ {
		day := at(opens + float64(k*year))
		items = append(items, Item{Value: say.Day(day), Words: day.Format("2 Jan 2006")})
	}
	return l.control("opens", "when it opens", Choice, "", items)
}

func (l *lever) members() Control {
	var items []Item
	var on []string
	for _, state := range l.v.States {
		is := slices.Contains(l.c.Members, state.Name)
		if is {
			on = append(on, inList(state.Name))
		}
		if is || !state.Observer {
			items = append(items, Item{Value: inList(state.Name), Words: state.Name, On: is, Fixed: is})
		}
	}
	return l.control("members", "who takes part", Flags, listOf(on), items)
}

// inList is a name as an item of a list, in quotes where it needs them.
func inList(name string) string {
	if strings.IndexFunc(name, func(r rune) bool {
		return !(r == ' ' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) < 0 {
		return name
	}
	return `"` + name + `"`
}

// standby is a channel that could be opened: beside the forums, or once one of them breaks off.
func (l *lever) standby(forums []string) Control {
	items := []Item{{Value: "false", Words: "stays closed", On: true}, {Value: "true", Words: "open beside it"}}
	for _, f := range forums {
		if channelOf(pair(l.v, [2]string{l.arm, l.arm})[1], f).Mandate[scenario.Fragility] {
			items = append(items, Item{Value: "true", Words: "opens once the " + say.State(f) + " is suspended",
				Also: []string{l.path("opens") + "={after: suspension, channel: " + inList(f) + "}"}})
		}
	}
	return l.control("open", say.Capital(say.State(l.c.Name)), Choice, "false", items)
}
