package reference

import (
	"math"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/scenario"
)

// change is one thing that moved what someone feels about another, or what a
// source's onset toward it is multiplied by.
type change struct {
	at    float64
	kind  string // "suffers" (tension rises by the share x), "relief" (falls by it), "remembers", "channels"
	x     float64
	other float64 // channels: factor on hostile onset; x is that on the rest
}

// felt is the state between two changes.
type felt struct {
	at, tension, memory float64
	factor              map[bool]float64 // by hostile
}

func (w *world) tensionDecay() float64 { return math.Ln2 / w.global("tension.halflife") }
func (w *world) memoryDecay() float64  { return math.Ln2 / w.global("onset.deterrence_halflife") }

// stated is what the scenario says of i toward j.
func (w *world) stated(i, j string) scenario.Belief {
	for _, b := range w.v.Beliefs {
		if b.State == i && b.About == j {
			return b
		}
	}
	return scenario.Belief{Tension: -1, StatusQuo: -1}
}

// firstTension is what i feels about j when acts begin.
func (w *world) firstTension(i, j string) float64 {
	return w.number(w.stated(i, j).Tension, w.global("tension.initial"))
}

func (w *world) feltAtFirst(i, j string) felt {
	f := felt{at: w.acts, factor: map[bool]float64{false: 1, true: 1}}
	if w.isState[i] && w.isState[j] {
		f.tension = w.firstTension(i, j)
	}
	return f
}

// fade lets time pass.
func (w *world) fade(f felt, t float64) felt {
	f.tension *= elem.Exp(-w.tensionDecay() * (t - f.at))
	f.memory *= elem.Exp(-w.memoryDecay() * (t - f.at))
	f.at = t
	return f
}

// after is the state just after a change.
func (w *world) after(f felt, c change) felt {
	f = w.fade(f, c.at)
	switch c.kind {
	case "suffers":
		f.tension += math.Min(1, c.x) * (1 - f.tension)
	case "relief":
		f.tension *= 1 - c.x
	case "remembers":
		f.memory += math.Min(1, c.x) * (1 - f.memory)
	case "channels":
		f.factor = map[bool]float64{false: c.x, true: c.other}
	}
	return f
}

// replay runs through all changes up to now.
func (w *world) replay(i, j string) felt {
	f := w.feltAtFirst(i, j)
	for _, c := range w.strain[[2]string{i, j}] {
		f = w.after(f, c)
	}
	return w.fade(f, w.now)
}

func (w *world) tension(i, j string) float64 { return w.replay(i, j).tension }

func (w *world) changed(i, j, kind string, x, other float64) {
	at := [2]string{i, j}
	w.strain[at] = append(w.strain[at], change{w.now, kind, x, other})
}

// shift is one move of the logit of trust.
type shift struct{ at, by float64 }

// trust is the logit of i's belief that j is status quo: it drifts back to its
// long-run value, every shift moves it, and it is bounded, rule 5.
func (w *world) trust(i, j string) float64 {
	limit := w.global("belief.limit")
	bound := func(x float64) float64 { return math.Max(-limit, math.Min(limit, x)) }
	home, speed := elem.Logit(w.global("belief.long_run")), w.global("belief.reversion")/365.25
	x, since := bound(elem.Logit(w.number(w.stated(i, j).StatusQuo, w.global("belief.initial")))), w.acts
	for _, s := range w.doubts[[2]string{i, j}] {
		x = home + (x-home)*elem.Exp(-speed*(s.at-since))
		x, since = bound(x+s.by), s.at
	}
	return home + (x-home)*elem.Exp(-speed*(w.now-since))
}

func (w *world) shiftTrust(i, j string, by float64) {
	if at := [2]string{i, j}; by != 0 {
		w.doubts[at] = append(w.doubts[at], shift{w.now, by})
	}
}

// statusQuo is P(j is status quo) as i sees it.
func (w *world) statusQuo(i, j string) float64 { return elem.Logistic(w.trust(i, j)) }

// priceNow is the price of publishing in force, in utility ranges.
func (w *world) priceNow(state string) float64 {
	price, from := w.of("choice.price", state), math.Inf(-1)
	for _, p := range w.v.Prices {
		if p.State == state && p.From <= w.now && p.From >= from {
			price, from = w.theta[p.Price], p.From
		}
	}
	return price * w.weights[state]["unit"]
}

// thawNow is the political thaw between two states.
func (w *world) thawNow(a, b string) float64 {
	level := 0.0
	for _, t := range w.v.Thaws {
		if (t.Between == [2]string{a, b} || t.Between == [2]string{b, a}) && t.From <= w.now && w.now < t.Until {
			level = math.Max(level, w.theta[t.Level])
		}
	}
	return level
}
