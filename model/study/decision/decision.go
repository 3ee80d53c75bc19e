package decision

import (
	"math"
	"slices"
	"strings"

	"github.com/misstep/misstep/model/stat"
)

// Question is what is to be decided.
type Question struct {
	Weights []Weight  // of the outcomes whose weights stay
	Varied  string    // the outcome whose weight does not
	Over    []float64 // its weights, ascending, ≥ 0
	Delta   float64   // net benefits up to this count as none [per 100 cases]
}

// Result is what a run says about a choice between its arms.
type Result struct {
	Baseline   string   `json:"baseline"`
	Draws      int      `json:"draws"`
	Replicates int      `json:"replicates"`
	Unit       string   `json:"unit"`    // of every net benefit, regret and value
	Weights    []Weight `json:"weights"` // those that stay
	Varied     string   `json:"varied"`  // the outcome whose weight does not
	Delta      float64  `json:"delta"`   // what counts as none
	At         []At     `json:"at"`      // by its weight
	Turns      []Turn   `json:"turns"`   // by arm but for the baseline's
	Tried      int      `json:"tried"`   // numbers that vary, of which the best is the luckiest
}

// At is the decision where the outcome that varies has a weight.
type At struct {
	Weight     float64    `json:"weight"`
	Choice     string     `json:"choice"`     // the arm with the highest net benefit
	Clear      bool       `json:"clear"`      // no other may be the best
	Arms       []Arm      `json:"arms"`       // the baseline first
	Told       bool       `json:"told"`       // the draws differ by more than chance: regret and values mean something
	Everything Learning   `json:"everything"` // to know which draw holds
	Numbers    []Learning `json:"numbers"`    // of single numbers those whose value has a sign, the highest first
	Groups     []Learning `json:"groups"`     // of numbers; the last has all
}

// Arm is an arm where the outcome that varies has a weight.
type Arm struct {
	Name   string  `json:"name"`
	Value  float64 `json:"net_benefit"` // against the baseline
	Half   float64 `json:"half_width"`  // of its 95 % interval: chance, and that draws are no more than they are
	Low    float64 `json:"low"`         // of the central 95 % of draws, without the noise within them
	High   float64 `json:"high"`
	Tau    float64 `json:"tau"`    // standard deviation over draws, without the noise within them
	Shares *Shares `json:"shares"` // of draws, against the baseline; null where they cannot be told, and of itself
	Regret Regret  `json:"regret"`
	Best   Best    `json:"best"`
}

// Sign reports whether the error of a net benefit allows a sign.
func (a *Arm) Sign() bool { return a.Value > a.Half || a.Value < -a.Half }

// Sign reports whether the error of a value allows one above 0.
func (l *Learning) Sign() bool { return l.Told && l.Value > l.Half }

// Of answers a question from a sample.
func Of(s *Sample, q Question) *Result {
	r := &Result{Baseline: s.Baseline, Draws: len(s.contrasts[0].fixed), Replicates: int(s.Replicates),
		Unit: "per 100 cases, in those of weight 1", Weights: q.Weights, Varied: q.Varied, Delta: q.Delta}
	l := newLearner(s)
	r.Tried = len(l.paths)
	groups := l.groups()
	for _, w := range q.Over {
		list := s.under(w, q.Delta)
		at := s.at(w, list)
		at.learn(l, groups, list)
		r.At = append(r.At, at)
	}
	for c, name := range s.Treatments {
		r.Turns = append(r.Turns, s.contrasts[c].turn(name))
	}
	return r
}

// at is the decision at a weight, but for what knowing more is worth.
func (s *Sample) at(w float64, list []benefit) At {
	a := At{Weight: w, Numbers: []Learning{}, Groups: []Learning{}}
	shrunk := make([]shrunken, len(list))
	for i, b := range list {
		shrunk[i] = b.shrink()
	}
	regret, best := regrets(shrunk), bestOf(list)
	for i, name := range append([]string{s.Baseline}, s.Treatments...) {
		arm := Arm{Name: name, Regret: regret[i], Best: best[i]}
		if i > 0 {
			a.Told = arm.of(&shrunk[i-1]) || a.Told
		}
		a.Arms = append(a.Arms, arm)
	}
	k := chosen(arms(shrunk, whole))
	a.Choice, a.Clear = a.Arms[k].Name, a.Arms[k].Best.Low == 0
	a.Everything = Learning{Name: everything, Value: regret[k].Mean, Half: regret[k].Half, Told: a.Told}
	return a
}

// of fills in what a net benefit is over draws, and reports whether they differ by more than chance.
func (a *Arm) of(b *shrunken) bool {
	mean, _, between := b.moments()
	a.Value, a.Half, a.Tau = mean, b.half(), math.Sqrt(between)
	a.Low, a.High = stat.Central95(slices.Clone(b.draws))
	if b.rates != nil {
		a.Low, a.High = b.rates.Central95()
		a.Shares = sharesOf(b.rates)
	}
	a.Low, a.High = min(a.Value, a.Low), max(a.Value, a.High)
	return between > b.resolution()
}

// learn adds what knowing more is worth.
func (a *At) learn(l *learner, groups []group, list []benefit) {
	a.Everything.Numbers = len(l.paths)
	for _, n := range l.numbers(list) {
		if n.Sign() {
			a.Numbers = append(a.Numbers, n)
		}
	}
	for _, g := range groups {
		x := Learning{Name: g.name, Numbers: g.numbers}
		x.Value, x.Half, x.Told = g.ridge.worth(list, len(groups))
		a.Groups = append(a.Groups, x)
	}
}

// The groups of numbers.
const (
	everything  = "everything"
	Prices      = "prices"
	Attribution = "attribution"
	Forum       = "forum"
	Incidents   = "incidents"
	Tension     = "tension"
	Choice      = "choice"
	Predictable = "all"
)

// groupOf is the group of a number, by its path: prices of acting, what a victim learns of an incident,
// the channel, what happens, how strained it is, and all else about how states choose.
func groupOf(path string) string {
	parts := strings.Split(path, ".")[1:] // without assumptions or levers
	section := parts[0]
	if last := len(parts) - 1; last > 1 && (section == "states" || section == "groups") {
		section = parts[last-1]
	}
	if section == "prices" || parts[len(parts)-1] == "price" {
		return Prices
	}
	switch section {
	case "evidence", "belief", "disclosure":
		return Attribution
	case "channels", "effect", "life", "strength":
		return Forum
	case "onset", "incidents", "discovery":
		return Incidents
	case "tension", "thaws", "shocks", "random_shocks", "summits", "type":
		return Tension
	}
	return Choice
}

type group struct {
	name    string
	ridge   *ridge
	numbers int
}

// groups are those that have members, and all numbers together.
func (l *learner) groups() (out []group) {
	for _, name := range []string{Prices, Attribution, Forum, Incidents, Tension, Choice, Predictable} {
		r, n := l.group(func(path string) bool { return name == Predictable || groupOf(path) == name })
		if r != nil {
			out = append(out, group{name, r, n})
		}
	}
	return out
}
