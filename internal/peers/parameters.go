package peers

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/ladder"
)

// World is the scenario that is the reduced model, as the engine reads it.
//
//go:embed world.yaml
var World []byte

// Text is the same model as the other programs read it: a name and its numbers a line.
//
//go:embed parameters.txt
var Text string

// Parameters are the numbers of the reduced model by name; README.md says what each is.
type Parameters map[string][]float64

// Parse reads lines of a name and its numbers.
func Parse(text string) (Parameters, error) {
	p := Parameters{}
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(line)
		if len(words) < 2 {
			return nil, fmt.Errorf("line %d: want a name and its numbers", n+1)
		}
		for _, w := range words[1:] {
			x, err := strconv.ParseFloat(w, 64)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			p[words[0]] = append(p[words[0]], x)
		}
	}
	return p, nil
}

func (p Parameters) of(name string) float64 { return p[name][0] }

// order is that of the lines of parameters.txt.
var order = []string{"horizon", "first", "rate", "discovered", "delay", "severity", "skill", "gap", "case",
	"rationality", "goal", "innocence", "desire", "level", "harm", "act", "answer", "ratio", "pause", "member", "asked",
	"guilty", "innocent"}

// String writes the parameters as [Parse] reads them.
func (p Parameters) String() string {
	var s strings.Builder
	for _, name := range order {
		s.WriteString(name)
		for _, x := range p[name] {
			s.WriteString(" " + strconv.FormatFloat(x+0, 'g', 12, 64)) // + 0, since −0 is 0
		}
		s.WriteString("\n")
	}
	return s.String()
}

// Derive computes the parameters from the numbers of the scenario.
func Derive(m *model.Model) Parameters {
	at := map[string]float64{}
	theta := m.Plan.Theta(0)
	for i := range m.Plan.Scenario.Slots {
		at[strings.TrimPrefix(m.Plan.Scenario.Slots[i].Path, "assumptions.")] = theta[i]
	}
	perDay := func(source string) float64 { return at["onset."+source+">Victim.rate"] / 365.25 }
	mu, sigma := elem.Log(at["discovery.stealthy"]), at["discovery.stealthy_spread"]
	deny := func(who string) []float64 {
		d, s := at["clarify.deny_"+who], at["clarify.silent_"+who]
		return []float64{d, s, 1 - d - s}
	}
	p := Parameters{
		"horizon": {m.Plan.Scenario.Horizon}, "first": {-elem.Exp(mu + float64(sigma*elem.NormalQuantile(0.98)))},
		"rate":       {perDay("Aland"), perDay("Borland"), perDay("criminals")},
		"discovered": {at["discovery.share"]}, "delay": {mu, sigma},
		"severity": {elem.Log(at["severity.espionage"]), at["severity.spread"]},
		"skill":    {at["evidence.skill"]}, "gap": {at["evidence.gap"]}, "case": {at["evidence.case"]},
		"goal": {at["choice.goal"]}, "innocence": {at["choice.innocence"]},
		"desire": {at["choice.desire_espionage"], 0.25},
		"ratio":  {at["type.reply_status_quo"]}, "pause": {at["reply.delay"]}, "member": {1, 0, 0},
		"asked":  {at["strength.clarify"] * at["life.contact"]},
		"guilty": deny("guilty"), "innocent": deny("innocent"),
	}
	scale, _ := ladder.Named(m.Plan.Scenario.Scale)
	for r := range scale.Rungs {
		p.rung(at, r, &scale.Rungs[r])
	}
	p["rationality"] = []float64{at["choice.rationality"] / p.reference()}
	return p
}

// off stands for −∞: a rung that is not on the menu.
const off = -1e9

// rung adds a rung: its level, its harm to an innocent, and what a step and a reply at it cost.
func (p Parameters) rung(at map[string]float64, r int, rung *ladder.Rung) {
	harm, fixed := float64(rung.Visibility/2)+rung.Level, float64(-at["choice.cost"]*rung.Cost)
	if r >= ladder.PrivateProtest {
		harm += 0.05
	}
	if r == ladder.CounterOperation {
		fixed -= at["choice.covert"]
	}
	if r >= ladder.Disruptive {
		fixed -= at["choice.operation"] + at["choice.firebreak_a"]
	}
	if r >= ladder.Military {
		fixed -= at["choice.firebreak_b"]
	}
	act, answer := fixed-float64(rung.Visibility*at["choice.price"]), fixed
	switch r {
	case ladder.PrivateProtest, ladder.PrivateDemarche:
		act -= at["choice.private_cost"]
	case ladder.Public:
		answer = off
	case ladder.Coordinated:
		act, answer = off, off
	default:
		if r > ladder.Public {
			answer -= float64(rung.Visibility * at["reply.price"])
		}
	}
	for name, x := range map[string]float64{"level": rung.Level, "harm": harm, "act": act, "answer": answer} {
		p[name] = append(p[name], x)
	}
}

// reference is the range of utilities that the rationality is per: at severity 3 and belief .7.
func (p Parameters) reference() float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for r, u := range p.utilities(0.7, p.desired(3)) {
		if r != ladder.Coordinated {
			lo, hi = math.Min(lo, u), math.Max(hi, u)
		}
	}
	return hi - lo
}

// desired is the level that a certain victim wants at a severity.
func (p Parameters) desired(severity float64) float64 {
	return math.Min(p["desire"][1], p["desire"][0]*severity)
}

// utilities scores the rungs of a step at a belief in the target's guilt.
func (p Parameters) utilities(belief, desired float64) (u [ladder.Rungs]float64) {
	for r := range u {
		u[r] = p["act"][r] - float64(p.of("goal")*math.Abs(p["level"][r]-float64(belief*desired))) -
			float64(p.of("innocence")*(1-belief)*p["harm"][r])
	}
	return u
}
