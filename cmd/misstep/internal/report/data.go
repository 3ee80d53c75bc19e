package report

import (
	"strconv"
	"strings"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/answer"
	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/ladder"
	"github.com/misstep/misstep/model/scenario"
	"github.com/misstep/misstep/model/summary"
)

// Data is all that a page says: numbers as people read them, words for verdicts,
// conditions by name, tables, figures by id. The sentences stand in the templates.
type Data struct {
	Title    string
	Brief    bool   // one side, and no more
	Asked    string // the scenario's title, with the question
	Side     *Side
	Card     scenario.Card // what the author says of the scenario, empty where it cannot be read
	Manifest *runfolder.Manifest
	Folder   string

	// The sample: futures in all, sets of assumptions, futures for each.
	Futures, Draws, Replicates string
	Window, From, To           string // 5 years, February 2026, February 2031; no dates where they are not known
	Free                       string // uncertain numbers
	Uncertain                  bool   // numbers have a spread in this run
	Warnings                   []summary.Warning

	Comparison *Comparison // of the headline; nil with one version
	Others     []*Comparison
	Groups     *Groups    // nil without two versions, and in runs of older programs
	Versions   []*Version // baseline, treatment, others
	Channel    *Channel   // the forum of the headline's treatment, nil without one
	AnyChannel bool       // some version has a forum
	Talks      string     // channels that every version has
	Victims    string     // who discovers cases, and who is behind them
	Sources    string
	Rare       bool   // either of these is known
	Tail       string // what the model has of it, beside that; empty where the draws do not resolve it
	Bound      string // what history leaves of what has no precedent; empty without a record
	Covert     string // share of the cases beyond sanctions that the public does not see; empty for none

	Change     *Change
	Missing    markdown.Text // commands that were not run on this run; empty for none
	Histories  []*Future
	Sampled    string // futures that two are chosen from
	OwnHistory bool   // the run left a history
	// Why a run cannot be played again: another model, or a posterior or generator that this
	// program has not; and the model of this program.
	OtherModel, OtherSource bool
	ProgramModel            string

	Rungs         *Table
	Record        *Record // nil in a run that is not calibrated
	OtherCoupling string  // the difference under it; empty where it was not tried
	Fit           *Fit
	Past          *Hindcast
	Numbers       *Numbers
	Sourced       []Kind // of evidence that the numbers rest on

	// Commands that repeat the run, from its folder and from a shipped scenario (empty where
	// none gives it), and the scenario.
	Repeat, FromScenario, Scenario markdown.Text
	ArmNames                       string

	Figures map[string]*Figure
}

// Table is a table of the page.
type Table struct {
	Head []Column
	Rows [][]any
}

// Column is a column of a table.
type Column struct {
	Title   string
	Numeric bool
}

// newTable is a table with these columns; a letter of how sets each left (l) or right (r).
func newTable(how string, titles ...string) *Table {
	t := &Table{}
	for i, title := range titles {
		t.Head = append(t.Head, Column{title, how[i] == 'r'})
	}
	return t
}

func (t *Table) add(cells ...any) { t.Rows = append(t.Rows, cells) }

// writer collects what a page says.
type writer struct {
	*reported
	*Data
	web   bool
	rests *restingOnKeys
}

// data is what the page about a run says; web: as a file that needs nothing beside it.
func (r *reported) data(web bool) (*Data, error) {
	s, m := &r.Summary.Run, r.Manifest
	w := &writer{reported: r, web: web, rests: newRestingOnKeys(m.Parameters), Data: &Data{
		Title: s.Title, Manifest: m, Folder: m.Folder(), Window: say.Span(s.HorizonDays),
		Futures: say.Counted(s.Draws*s.Replicates, "future"), Draws: say.Counted(s.Draws, "set") + " of assumptions",
		Replicates: say.Counted(s.Replicates, "future"), Free: say.Counted(s.Free, "number"),
		Uncertain:  s.Uncertain(),
		OtherModel: r.otherModel, OtherSource: r.otherSource, ProgramModel: experiment.ModelVersion,
		OwnHistory: r.stored != nil, Brief: r.brief,
	}}
	if w.Title == "" {
		w.Title = m.Inputs.Name
	}
	w.side()
	if start, err := time.Parse(time.DateOnly, s.Start); err == nil {
		w.From = start.Format("January 2006")
		w.To = start.Add(time.Duration(s.HorizonDays*24) * time.Hour).Format("January 2006")
	}
	if err := w.scenario(); err != nil {
		return nil, err
	}
	w.warnings()
	w.versions()
	w.comparisons()
	w.groups()
	w.standing()
	w.records()
	w.numbers()
	w.Side.Rests = answer.Rests(w.Summary, w.Numbers.Assumed, len(m.Parameters)).Text
	w.provenance()
	w.again()
	w.changes()
	return w.Data, w.figures()
}

// warnings are those of the run, alike ones once, but for a rung of which the page gives no number.
func (w *writer) warnings() {
	seen := map[string]bool{"tail": w.tail() == ""}
	for _, x := range w.Summary.Warnings {
		if !seen[x.ID] {
			seen[x.ID] = true
			w.Warnings = append(w.Warnings, x)
		}
	}
}

// scenario says who is in the scenario, and lists the ladder: the standard one where it
// cannot be read.
func (w *writer) scenario() error {
	name := "standard"
	if w.job != nil && w.job.Scenario != nil {
		s := w.job.Scenario
		w.Card = s.Card
		var victims, sources []string
		for _, o := range s.Onset {
			if o.Arrivals {
				victims, sources = once(victims, say.State(o.Victim)), once(sources, say.State(o.Source))
			}
		}
		w.Victims, w.Sources = say.And(victims), say.And(sources)
		if s.Scale != "" {
			name = s.Scale
		}
	}
	scale, err := ladder.Named(name)
	if err != nil {
		return err
	}
	w.Rungs = newTable("lll", "rung", "what a state does", "who sees it")
	for i, r := range scale.Rungs {
		seen := "the two states only"
		switch {
		case i == 0:
			seen = "nobody"
		case r.Visibility >= 1:
			seen = "the public"
		case r.Visibility > 0:
			seen = "in part the public"
		}
		w.Rungs.add(r.Code, r.Name, seen)
	}
	return nil
}

// again says how to get this run and this page once more.
func (w *writer) again() {
	in, folder := &w.Manifest.Inputs, quoted(w.Folder)
	w.Scenario, w.ArmNames = markdown.Fenced(in.Scenario), strings.Join(in.Arms, ", ")
	w.Repeat = markdown.Fenced("misstep run --from " + folder + "\nmisstep report " + folder)
	text, ok := run.Shipped(in.Name)
	if !ok || string(text) != in.Scenario || in.BlockSize != min(in.Replicates, model.BlockSize) {
		return
	}
	w.FromScenario = markdown.Fenced(strings.Join(commandOf(in, text), " "))
}

// commandOf is the command that makes a run from the text of the scenario that ships.
func commandOf(in *runfolder.Inputs, text []byte) []string {
	cmd := []string{"misstep run", quoted(in.Name), "--draws", strconv.Itoa(in.Draws), "--replicates",
		strconv.Itoa(in.Replicates), "--seed", strconv.FormatUint(in.Seed, 10)}
	if in.Generator != "mix" {
		cmd = append(cmd, "--generator", in.Generator)
	}
	for _, l := range in.Layers {
		cmd = append(cmd, "--set", quoted(l.Path+"="+l.Value))
	}
	if in.Delta != 0 {
		cmd = append(cmd, "--set", "run.delta="+strconv.FormatFloat(in.Delta, 'g', -1, 64))
	}
	whole, err := scenario.Load(in.Name, text, model.LoadOptions(in.Name, nil, true))
	if err == nil && len(whole.Arms) > len(in.Arms) {
		for _, a := range in.Arms {
			cmd = append(cmd, "--arm", quoted(a))
		}
	}
	switch {
	case in.Posterior == nil:
		cmd = append(cmd, "--prior")
	case in.Posterior.Text != "":
		cmd = append(cmd, "--posterior", quoted(in.Posterior.Name))
	default:
		if p, err := run.ShippedPosterior(); err == nil && p != nil && whole != nil && !p.Covers(whole) {
			cmd = append(cmd, "--posterior", "shipped")
		}
	}
	if in.Alone {
		cmd = append(cmd, "--no-side-runs")
	}
	return cmd
}

// quoted writes a word so that a shell takes it as it is.
func quoted(s string) string {
	special := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune("-_./=,:", r))
	}
	if s != "" && !strings.ContainsFunc(s, special) && !strings.HasPrefix(s, "-") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
