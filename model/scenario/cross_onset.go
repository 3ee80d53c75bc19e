package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/internal/nearest"
	"github.com/misstep/misstep/model/param"
)

// path is where the stream stands.
func (o Onset) path() string { return "assumptions." + o.Entity() }

// mixMedians are the weights of the intents; ok is false when one was refused
// or none is above 0.
func (v *Scenario) mixMedians(o Onset) (w [4]float64, sum float64, ok bool) {
	for i, n := range o.Mix {
		w[i], _ = v.median(n)
		sum += w[i]
	}
	return w, sum, sum > 0
}

// crossOnset: nobody hits himself, and the weights of the intents are not all 0.
func (c *checker) crossOnset(v *Scenario) {
	for _, o := range v.Onset {
		if o.Source != "" && o.Source == o.Victim {
			c.problemAt(o.path(), quote(o.Source)+" is source and victim", "name another victim")
		}
		if _, _, ok := v.mixMedians(o); !ok && c.whole(o) {
			c.problemAt(o.path()+".mix", "no intent has a weight above 0",
				"give a weight to one of "+strings.Join(IntentNames[:], ", "))
		}
	}
}

// whole reports whether the mix was read without problems.
func (c *checker) whole(o Onset) bool {
	n := c.at[o.path()+".mix"]
	for i, intent := range IntentNames {
		if n.get(intent) != nil && o.Mix[i] < 0 {
			return false
		}
	}
	return n != nil && !slices.ContainsFunc(n.keys(),
		func(k string) bool { return !slices.Contains(IntentNames[:], k) })
}

// crossHostile: a type changes the mix of a state's onset and not its total, so
// its hostile operations must find room beside crime.
func (c *checker) crossHostile(v *Scenario) {
	states, _ := c.known(roleState)
	for _, o := range v.Onset {
		w, sum, ok := v.mixMedians(o)
		if !ok || !c.whole(o) || !slices.Contains(states, o.Source) {
			continue
		}
		hostile, room := (w[Prepositioning]+w[Disruption])/sum, 1-w[Crime]/sum
		statusQuo := v.paramMedian(param.TypeStatusQuo, "states."+o.Source)
		if statusQuo < 1 {
			c.hostileRoom(v, o, param.TypeHostileE, hostile, room)
		}
		if statusQuo > 0 {
			c.hostileRoom(v, o, param.TypeHostileS, hostile, room)
		}
	}
}

func (c *checker) hostileRoom(v *Scenario, o Onset, id param.ID, hostile, room float64) {
	name, factor := param.Get(id).Name, v.paramMedian(id, "states."+o.Source)
	if factor*hostile <= room+1e-9 {
		return
	}
	c.problemAt(o.path()+".mix",
		fmt.Sprintf("%s %s times a hostile share of %s is more than the %s that there is room for",
			name, shortly(factor), shortly(hostile), shortly(room)),
		fmt.Sprintf("raise the weight of espionage, or set %s of %s to at most %s", name, o.Source,
			shortly(room/hostile)))
}

// leadYears is how long before the start incidents may begin whose discovery
// still matters, generously.
const leadYears = 30

// crossVolume: the expected number of incidents fits into a replicate: of all streams at the middle
// of their rates, of each also at the end of its.
func (c *checker) crossVolume(v *Scenario) {
	if v.Horizon <= 0 || v.Model.MaxEvents <= 0 {
		return
	}
	years := v.Horizon/param.DaysPerYear + leadYears
	most := float64(v.Model.MaxEvents)
	total, largest, worst, tooMany := 0.0, 0.0, "", false
	for _, o := range v.Onset {
		rate, ok := v.median(o.Rate)
		if !ok || !o.Arrivals || c.refused(o.path()+".rate") {
			continue
		}
		start := years
		if o.Counted == "known" {
			start /= v.paramMedian(param.DiscoveryShare, o.Entity()) * v.paramMedian(param.DisclosureShare, o.Entity())
		}
		if n := slices.Max(ends(v.Slots[o.Rate].Dist)) * start; n > most && rate*start <= most {
			c.volume(v, o.path()+".rate", "as many as ", n, years)
			tooMany = true
		}
		if n := rate * start; n > largest {
			largest, worst = n, o.path()+".rate"
		}
		total += float64(rate * start)
	}
	if total > most && !tooMany {
		c.volume(v, worst, "", total, years)
	}
}

func (c *checker) volume(v *Scenario, path, many string, n, years float64) {
	c.problemAt(path, fmt.Sprintf("%s%.0f incidents are expected in %s years, more than the %d events of "+
		"assumptions.model.max_events", many, n, shortly(years), v.Model.MaxEvents),
		"lower the rates in assumptions.onset, or raise max_events")
}

// crossIncidents: a scheduled incident comes from a stream of its victim, or
// nobody could suspect the one who did it.
func (c *checker) crossIncidents(v *Scenario) {
	if v.nameless() {
		return
	}
	for _, in := range v.Incidents {
		path := "assumptions.incidents." + Quoted(in.Name)
		n := c.at[path]
		if n == nil || in.Victim == "" {
			continue
		}
		source, intent := n.get("source"), n.get("intent")
		switch candidates := v.candidates(in.Victim); {
		case len(candidates) == 0:
			c.problemAt(path, "no stream of assumptions.onset leads to "+in.Victim,
				"add one, with arrivals: false if nothing else should happen")
		case source == nil || source.word() == drawn:
			if intent != nil && !in.AnyIntent && !v.mayIntend(c, &in) {
				c.problemAt(path+".intent", "no stream toward "+in.Victim+" has weight for "+in.Intent.String(),
					"add it to a mix, choose another intent, or remove it")
			}
		case intent == nil:
			c.missing(path, "intent", "a known source has an intent; "+nearest.List(IntentNames[:]))
		case in.Source != "":
			c.incidentStream(v, in, path, candidates)
		}
	}
}

// mayIntend reports whether some stream toward the victim has weight for the intent, or may have it as far as it can be
// read.
func (v *Scenario) mayIntend(c *checker, in *Incident) bool {
	return slices.ContainsFunc(v.Onset, func(o Onset) bool {
		w, _, ok := v.mixMedians(o)
		return o.Victim == in.Victim && (!ok || !c.whole(o) || w[in.Intent] > 0)
	})
}

func (c *checker) incidentStream(v *Scenario, in Incident, path string, candidates []string) {
	i := slices.IndexFunc(v.Onset, func(o Onset) bool { return o.Source == in.Source && o.Victim == in.Victim })
	if i < 0 {
		c.problemAt(path+".source", in.Source+" has no stream toward "+in.Victim+" in assumptions.onset",
			nearest.List(candidates))
		return
	}
	if w, _, ok := v.mixMedians(v.Onset[i]); ok && c.whole(v.Onset[i]) && w[in.Intent] == 0 {
		c.problemAt(path+".intent", in.Source+" has no weight for "+in.Intent.String()+" in its mix toward "+in.Victim,
			"add it to the mix, or choose another intent")
	}
}
