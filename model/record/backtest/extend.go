package backtest

import (
	"fmt"
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/random"
	"github.com/misstep/misstep/model/scenario"
)

// The random walk of the price of publishing: its logarithm moves by a normal increment of this
// standard deviation on the first day of every even year, as in the histories' priors.
const (
	walkStep  = 0.25
	walkYears = 2
)

// mostEvents bounds the events of one stream of a future.
const mostEvents = 1000

type extension struct {
	*Outlook
	rep     *random.Replicate
	v       *scenario.Scenario
	theta   []float64
	horizon float64
}

// Extend returns a copy of a cut history that goes on to a horizon [d], with what comes from outside
// drawn with rep, and theta with the values of its further slots.
func (o *Outlook) Extend(v *scenario.Scenario, horizon float64, rep *random.Replicate,
	theta []float64) (*scenario.Scenario, []float64) {
	out := *v
	out.Horizon, out.Headline.Horizon = horizon, horizon
	e := &extension{Outlook: o, rep: rep, v: &out, theta: slices.Clone(theta), horizon: horizon}
	out.Slots = slices.Clip(v.Slots)
	e.prices(v)
	e.thaws(v)
	e.events(v)
	return &out, e.theta
}

func (e *extension) num(path string, x float64) scenario.Num {
	e.v.Slots = append(e.v.Slots, scenario.Slot{Path: "future." + path, Dist: param.Fixed(x), Param: -1})
	e.theta = append(e.theta, x)
	return scenario.Num(len(e.theta) - 1)
}

func (e *extension) rate(what string, r Rate) float64 {
	return r.draw(e.rep.Uniform(random.Stream(e.key(what), random.Future), 0))
}

// Ordinals in the stream of the n-th event of a kind.
const (
	ordinalGap = iota
	ordinalMark
	ordinalFirst
	ordinalSecond
)

func (e *extension) event(what string, n int) random.Key {
	return random.Stream(random.Entity(e.key(what), n), random.Future)
}

// arrivals are the times of a Poisson process [d] after the cut-off.
func (e *extension) arrivals(what string, r Rate) []float64 {
	perDay := e.rate(what, r) / param.DaysPerYear
	var out []float64
	at := e.End
	for n := range mostEvents {
		at += e.rep.Exponential(e.event(what, n), ordinalGap) / perDay
		if !(at < e.horizon) {
			break
		}
		out = append(out, at)
	}
	return out
}

func (e *extension) effect(what string, n int, like []effect) [2]float64 {
	key := e.event(what, n)
	m := like[int(e.rep.Uniform(key, ordinalMark)*float64(len(like)))]
	return [2]float64{m[0].Quantile(e.rep.Uniform(key, ordinalFirst)), m[1].Quantile(e.rep.Uniform(key, ordinalSecond))}
}

func (e *extension) prices(v *scenario.Scenario) {
	e.v.Prices = slices.Clip(v.Prices)
	for _, state := range [2]string{e.West, e.East} {
		price := e.theta[e.lastPrice(v, state)]
		for n, at := range e.steps() {
			price *= elem.Exp(walkStep * e.rep.Normal(e.event("price of "+state, n), ordinalFirst))
			num := e.num(fmt.Sprintf("prices.%s.%d", state, n), price)
			e.v.Prices = append(e.v.Prices, scenario.PriceStep{State: state, From: at, Price: num})
		}
	}
}

func (e *extension) lastPrice(v *scenario.Scenario, state string) scenario.Num {
	out, since := v.Param(param.ChoicePrice, "states."+state), math.Inf(-1)
	for _, p := range v.Prices {
		if p.State == state && p.From >= since {
			out, since = p.Price, p.From
		}
	}
	return out
}

// steps are the days of the walk's steps after the cut-off.
func (e *extension) steps() []float64 {
	var out []float64
	for y := e.Start.Year(); ; y++ {
		at := newYear(y).Sub(e.Start).Hours() / 24
		if at >= e.horizon {
			return out
		}
		if at >= e.End && y%walkYears == 0 {
			out = append(out, at)
		}
	}
}

// thaws lets the one under way end and others come and go, after exponential times.
func (e *extension) thaws(v *scenario.Scenario) {
	e.v.Thaws = slices.Clone(v.Thaws)
	begin, end := e.rate("thawing", e.Thawing)/param.DaysPerYear, e.rate("freezing", e.Freezing)/param.DaysPerYear
	at := e.End
	if e.UnderWay >= 0 {
		at += e.rep.Exponential(e.event("thaw under way", 0), ordinalGap) / end
		e.v.Thaws[e.UnderWay].Until = at
	}
	if len(e.marks.thaws) == 0 {
		return // nobody has seen a thaw
	}
	for n := 0; n < mostEvents; n++ {
		key := e.event("thaw", n)
		at += e.rep.Exponential(key, ordinalGap) / begin
		if !(at < e.horizon) {
			return
		}
		until := at + e.rep.Exponential(key, ordinalFirst)/end
		like := e.marks.thaws[int(e.rep.Uniform(key, ordinalMark)*float64(len(e.marks.thaws)))]
		level := e.num(fmt.Sprintf("thaws.%d.level", n), like.Quantile(e.rep.Uniform(key, ordinalSecond)))
		e.v.Thaws = append(e.v.Thaws, scenario.Thaw{Between: [2]string{e.West, e.East}, From: at, Until: until, Level: level})
		at = until
	}
}

// events draws what comes as a Poisson process: ruptures without a cause in cyberspace, leaders'
// meetings, and openings of a formal dialogue, which restore what is down and relieve no tension.
func (e *extension) events(v *scenario.Scenario) {
	between := [2]string{e.West, e.East}
	e.v.Shocks = slices.Clip(v.Shocks)
	arm := v.Arms[0]
	summits := slices.Clip(arm.Levers.Summits)
	summit := func(name string, at float64, does [2]float64) {
		summits = append(summits, scenario.Summit{Name: name, At: at, Between: between, Open: true,
			Relief: e.num("summits."+name+".relief", does[0]), Restores: e.num("summits."+name+".restores", does[1])})
	}
	for _, kind := range []struct {
		what string
		rate Rate
		like []effect // none: nobody has seen one
		add  func(name string, at float64, does [2]float64)
	}{
		{"shock", e.Shocks, e.marks.shocks, func(name string, at float64, does [2]float64) {
			e.v.Shocks = append(e.v.Shocks, scenario.Shock{Name: name, At: at, Between: between,
				Tension: e.num("shocks."+name+".tension", does[0]), Breaks: e.num("shocks."+name+".breaks", does[1])})
		}},
		{"meeting", e.Meetings, e.marks.meetings, summit},
		{"opening", e.Openings, []effect{{param.Fixed(0), param.Fixed(1)}}, summit},
	} {
		if len(kind.like) == 0 {
			continue
		}
		for n, at := range e.arrivals(kind.what, kind.rate) {
			kind.add(fmt.Sprintf("future-%s-%d", kind.what, n), at, e.effect(kind.what, n, kind.like))
		}
	}
	arm.Levers.Summits = summits
	e.v.Arms = []scenario.Arm{arm}
}
