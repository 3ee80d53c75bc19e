package report

import (
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/decide"
)

// Side is what a reader takes away who reads one side: the words are those of the screen.
type Side struct {
	Finding, Says       string // the verdict in a few words, and the sentences behind it
	Last                string // all of it in one line
	Unit                string
	Baseline, Treatment string // heads of columns
	Few                 []answer.Row
	Legend              string         // of their marks; empty for none
	Alone               []answer.Level // of a run of one version, in place of the rows
	Keep, Who, Decides  string         // empty for what the run does not know
	Against, Rests, Not string
	Draws, Levels       string // how far other draws would move difference and level; empty where it is not known
}

// side takes the words of the screen.
func (w *writer) side() {
	a := answer.Of(w.Summary)
	w.Asked = strings.TrimSuffix(w.Title+": "+a.Asked, ": ")
	w.Side = &Side{Last: a.Last, Unit: a.Unit, Baseline: a.Versions[0], Treatment: a.Versions[1], Few: a.Few(),
		Legend: a.Legend, Alone: a.Alone,
		Keep: a.Keep, Who: a.Note(answer.WhoErrs).Short, Decides: a.Note(answer.Decides).Text,
		Against: a.Against, Not: a.Not, Draws: a.Draws, Levels: a.Levels}
	if d := w.decision(); d != nil {
		w.Side.Keep = d.Answer
	}
	if len(a.Says) > 1 {
		w.Side.Finding, w.Side.Says = a.Says[0], strings.Join(a.Says[1:], " ")
	}
	if w.Side.Keep == "" {
		w.Side.Says += " " + a.Shares
	}
}

// decision is what misstep decide found of the run, nil where it was not asked.
func (r *reported) decision() *decide.Report {
	a := r.further["decide"]
	if a == nil || a.json == nil {
		return nil
	}
	d, _ := decide.Read("", a.json) // was held against what it has to be when it was opened
	return d
}
