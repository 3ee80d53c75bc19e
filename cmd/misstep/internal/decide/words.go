package decide

import (
	_ "embed"
	"math"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/study/decision"
)

//go:embed decide.tmpl
var sentencesText string

var sentences = template.Must(template.New("decide").Parse(sentencesText))

// found is what the answer is made of. It is about the first arm against the baseline.
type found struct {
	Lever, Name, Pays, Costs string // The forum, the forum, pays, costs
	Brings                   string
	Varied, Whole, Counted   string // accountability forgone; a misstep; missteps
	Turn                     string // 0.72 (0.61 to 0.84); empty where it is not resolved
	Below, Over              bool   // it pays where the weight is smaller; the weights reach beyond the turn
	Shape                    string
	Between                  string
	NoTurn                   bool // no weight of 0 or more is in the set
	Both                     bool // it pays at some weights and costs at others
	PaysAt, CostsAt, Open    string
	Stakes                   *stakes
	Wrong                    *wrong
	Learn                    string
}

// stakes is the largest net benefit that is told: so much, one in so many years.
type stakes struct {
	PerCases, Years string
}

// wrong is how often each choice is wrong.
type wrong struct{ Chosen, Not, At, By string }

// answer is the decision in words.
func (r *Report) answer() string {
	lever := say.Arm(r.At[0].Arms[1].Name)
	t := &r.Turns[0]
	f := &found{Lever: say.Capital(lever), Name: lever, Pays: say.Does(lever, "pay"), Costs: say.Does(lever, "cost"),
		Brings: say.Does(lever, "bring"), Varied: say.Measure(r.Varied), Below: t.PaysBelow,
		Shape: string(t.Shape), NoTurn: t.Shape == decision.Bounded && t.High < 0}
	f.Whole, f.Counted = r.whole()
	if t.Resolved {
		f.Turn = say.Number(t.Value, 2) + " (" + say.Number(t.Low, 2) + "\u00a0to\u00a0" + say.Number(t.High, 2) + ")"
		f.Over = r.At[0].Weight <= t.High && r.At[len(r.At)-1].Weight >= t.Low
	}
	if t.Shape == decision.Rays {
		f.Between = weight((t.Low + t.High) / 2)
	}
	var pays, costs, open []string
	for i := range r.At {
		switch a, w := &r.At[i].Arms[1], weight(r.At[i].Weight); {
		case !a.Sign():
			open = append(open, w)
		case a.Value > 0:
			pays = append(pays, w)
		default:
			costs = append(costs, w)
		}
	}
	f.PaysAt, f.CostsAt, f.Open = say.And(pays), say.And(costs), say.And(open)
	f.Both = f.PaysAt != "" && f.CostsAt != ""
	f.Stakes, f.Wrong, f.Learn = r.stakes(), r.wrong(), r.learned()
	return strings.Join(say.Lines(sentences, "answer", f), " ")
}

// whole is what a weight of 1 is of, one of it and many.
func (r *Report) whole() (one, many string) {
	for _, w := range r.Weights {
		if w.Outcome == outcome.Default && w.Weight == 1 {
			return "a misstep", "missteps"
		}
	}
	return "a case that counts 1", "cases that count 1"
}

func weight(x float64) string { return say.Minus(say.Trimmed(math.Round(100*x) / 100)) }

func (r *Report) middle() *decision.At { return &r.At[len(r.At)/2] }

// stakes are those at the weight at which most is told to be; nil where nothing is.
func (r *Report) stakes() *stakes {
	most, half := 0.0, 0.0
	for i := range r.At {
		if a := &r.At[i].Arms[1]; a.Sign() && math.Abs(a.Value) > most {
			most, half = math.Abs(a.Value), a.Half
		}
	}
	if most == 0 {
		return nil
	}
	s := &stakes{PerCases: say.Number(most, digits(half))}
	if years := 100 / (most * r.CasesPerYear); years >= 1 && r.CasesPerYear > 0 {
		s.Years = say.Counted(int(math.Round(years)), "year")
		if years >= 100 {
			s.Years = say.Thousands(int(math.Round(years/10))*10) + " years"
		}
	}
	return s
}

// wrong says in how many draws either choice is wrong at the weight in the middle; nil where it cannot be
// told.
func (r *Report) wrong() *wrong {
	x := r.middle().Arms[1].Shares
	if x == nil {
		return nil
	}
	return &wrong{Chosen: say.Number(100*x.Worse.Value, 0), Not: say.Number(100*x.Better.Value, 0),
		At: weight(r.middle().Weight), By: weight(r.Delta)}
}

// learned says what knowing more is worth, at the weight in the middle.
func (r *Report) learned() string {
	at := r.middle()
	if !at.Everything.Sign() {
		return ""
	}
	x := map[string]any{"Tried": r.Tried, "Everything": tenths(at.Everything.Value, at.Everything.Half)}
	if len(at.Numbers) > 0 {
		x["Number"], x["Value"] = say.NumberAt(at.Numbers[0].Name), tenths(at.Numbers[0].Value, at.Numbers[0].Half)
	}
	if g := best(at.Groups); g != nil {
		x["Group"], x["GroupValue"] = groupWords[g.Name], tenths(g.Value, g.Half)
	}
	return say.Text(sentences, "learned", x)
}

// best is the group that is worth most of those told, but for all numbers together.
func best(groups []decision.Learning) (out *decision.Learning) {
	for i := range groups {
		if g := &groups[i]; g.Sign() && g.Name != decision.Predictable && (out == nil || g.Value > out.Value) {
			out = g
		}
	}
	return out
}

var groupWords = map[string]string{
	decision.Prices: "what it costs to act", decision.Attribution: "what a victim learns",
	decision.Forum: "how the channel works", decision.Incidents: "what is done to whom",
	decision.Tension: "tension and types", decision.Choice: "how states choose", decision.Predictable: "all numbers",
}

// digits are those of a net benefit with an error, two at least.
func digits(half float64) int { return max(2, say.Decimals(half)) }

func tenths(x, half float64) string { return say.Number(x, digits(half)) }
