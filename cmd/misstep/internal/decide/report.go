package decide

import (
	"errors"
	"fmt"
	"math"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/schema"
	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/study/decision"
	"github.com/misstep/misstep/model/summary"
)

// Report is the content of decide.json, and of --json.
type Report struct {
	Format   int    `json:"format"` // version of this layout: 1
	Scenario string `json:"scenario"`
	Title    string `json:"title"`
	Seed     uint64 `json:"seed"`
	decision.Result
	CasesPerYear float64 `json:"cases_per_year"` // that both arms of the headline discover
	Needs        int     `json:"needs_draws"`    // about so many would resolve what is not; 0 where none in reach would
	Answer       string  `json:"answer"`         // in words
}

// Read reads what decide has stored; file is how messages name it.
func Read(file string, data []byte) (*Report, error) {
	r, err := schema.Decode[Report](data, false)
	if err == nil {
		if what := summary.BadText(r.Answer); what != "" {
			err = errors.New("answer: " + what)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %s; delete its folder and run misstep decide again", file, say.Visible(err.Error()))
	}
	return r, nil
}

// mostDraws is how many a run may have.
const mostDraws = 10_000

func reportOf(s *summary.Summary, r *decision.Result) *Report {
	out := &Report{Format: 1, Scenario: s.Run.Scenario, Title: s.Run.Title, Seed: s.Run.Seed, Result: *r}
	if s.Run.HorizonDays > 0 {
		out.CasesPerYear = s.Contrasts[0].CommonCases * 365.25 / s.Run.HorizonDays
	}
	out.Needs = needed(r)
	out.Answer = out.answer()
	return out
}

// needed is how many draws would resolve the turning weight of the headline's arm, where it turns at a weight
// of 0 or more, or else the sign that is next to be told. Errors go with the root of the draws;
// twice as many make it likely, since few draws say little of how much few of them weigh.
func needed(r *decision.Result) int {
	t, by := &r.Turns[0], math.Inf(1)
	switch {
	case t.Resolved:
		return 0
	case t.Shape == decision.Bounded && t.High > 0:
		by = (t.High - t.Low) / 2 / decision.TurnWithin
	default:
		for i := range r.At {
			if a := &r.At[i].Arms[1]; !a.Sign() && a.Value != 0 {
				by = min(by, a.Half/math.Abs(a.Value))
			}
		}
	}
	n := float64(2*by*by) * float64(r.Draws)
	if !(n <= mostDraws) {
		return 0
	}
	step := elem.Pow(10, math.Floor(elem.Log10(n))-1)
	return int(math.Ceil(n/step-1e-9) * step)
}

// csv has a row for each arm at each weight.
func (r *Report) csv() []byte {
	sheet := say.NewSheet(say.Exact, "weight arm net_benefit half_width low high tau worse worse_low worse_high "+
		"within within_low within_high better better_low better_high regret regret_half_width regret_p90 "+
		"regret_worst_tenth best_low best_high choice")
	for i := range r.At {
		for k := range r.At[i].Arms {
			a := &r.At[i].Arms[k]
			shares := make([]string, 9)
			if x := a.Shares; x != nil {
				shares = say.Cells(x.Worse.Value, x.Worse.Low, x.Worse.High, x.Within.Value, x.Within.Low, x.Within.High,
					x.Better.Value, x.Better.Low, x.Better.High)
			}
			sheet.Row(r.At[i].Weight, a.Name, a.Value, a.Half, a.Low, a.High, a.Tau, shares, a.Regret.Mean, a.Regret.Half,
				a.Regret.P90, a.Regret.Worst, a.Best.Low, a.Best.High, a.Name == r.At[i].Choice)
		}
	}
	return sheet.CSV()
}

// learning has a row for each number or group whose value was asked for, at each weight.
func (r *Report) learning() []byte {
	sheet := say.NewSheet(say.Exact, "weight kind name numbers value half_width told")
	for i := range r.At {
		a := &r.At[i]
		row := func(kind string, l *decision.Learning) {
			sheet.Row(a.Weight, kind, l.Name, l.Numbers, l.Value, l.Half, l.Told)
		}
		row("everything", &a.Everything)
		for k := range a.Groups {
			row("group", &a.Groups[k])
		}
		for k := range a.Numbers {
			row("number", &a.Numbers[k])
		}
	}
	return sheet.CSV()
}
