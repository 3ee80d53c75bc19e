package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/markdown"
	"github.com/misstep/misstep/cmd/misstep/internal/runfolder"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/param"
	"github.com/misstep/misstep/model/scenario"
)

// Numbers are the assumptions of the run.
type Numbers struct {
	Count, Set     string // all, and those that were set from outside of the scenario (empty: none)
	Uncertain      string // empty where none is, or it is not known
	Fixed, Assumed int    // that are fixed; that have nothing but an assumption behind them
	All, Narrowed  *Table // Narrowed: nil in a run that is not calibrated
	Try            []Try  // that the author would change first
}

// Try is something to change: a number, with the way to its row, or a decision.
type Try struct {
	Words string // empty for a decision
	Value markdown.Text
	Path  markdown.Code
}

// origins say who decided a number.
var origins = map[scenario.Origin]string{scenario.FromDefault: "the program, fixed",
	scenario.FromPrior: "the program, a range", scenario.FromScenario: "this scenario",
	scenario.FromConfig: "a configuration file", scenario.FromEnv: "the environment",
	scenario.FromFlag: "the command of this run", scenario.FromPosterior: "a range, narrowed by the record"}

// setOutside reports whether a number was set from outside of the scenario.
func setOutside(p *runfolder.Parameter) bool {
	switch scenario.Origin(p.Origin) {
	case scenario.FromConfig, scenario.FromEnv, scenario.FromFlag:
		return true
	}
	return false
}

// numbers puts every number of the run into words.
func (w *writer) numbers() {
	all := w.Manifest.Parameters
	n := &Numbers{Count: say.Counted(len(all), "number"), All: newTable("llll", "number", "value or range", "set by",
		"source")}
	if w.Manifest.Learned != nil {
		n.All = newTable("lllrll", "number", "value or range", "after the record (90 %)", "narrowed by", "set by", "source")
		n.Narrowed = newTable("lllrl", "number", "range before", "after the record (90 %)", "narrowed by", "informed by")
	}
	set := 0
	for i := range all {
		if setOutside(&all[i]) {
			set++
		}
		if say.Assumed(all[i].Source) {
			n.Assumed++
		}
		w.number(n, i)
	}
	if set > 0 {
		n.Set = say.Counted(set, "number was", "numbers were")
	}
	if free := w.Summary.Run.Free; w.Uncertain && free <= len(all) {
		n.Uncertain, n.Fixed = say.Thousands(free), len(all)-free
	}
	for _, path := range w.Card.Try {
		x := Try{Path: markdown.Code(scenario.ShortPath(path))}
		if i := w.numberOf(path); i >= 0 {
			x.Words, x.Value = say.Capital(say.NumberAt(path)), markdown.Jump(numberID(i), plainValue(&all[i]))
		}
		n.Try = append(n.Try, x)
	}
	w.Numbers = n
}

// number puts a number into the tables. What was set from outside stands in bold.
func (w *writer) number(n *Numbers, i int) {
	p := &w.Manifest.Parameters[i]
	path := " " + markdown.Escape(markdown.Code(scenario.ShortPath(p.Path)))
	origin := markdown.Escape(cmp.Or(origins[scenario.Origin(p.Origin)], p.Origin))
	if setOutside(p) {
		origin = "**" + origin + "**"
	}
	source, informed := w.rests.linked(p.Source), w.rests.linked(strings.Join(p.InformedBy, ", "))
	if informed != "" {
		source += " · informed by " + informed
	}
	cells := []any{markdown.Anchor(numberID(i)) + markdown.Escape(meaning(p)) + path, plainValue(p), origin, source}
	if n.Narrowed != nil {
		narrower := ""
		if p.Contraction != nil {
			narrower = say.Number(100**p.Contraction, 0) + "\u00a0%"
		}
		if p.Posterior != "" && narrower != "" {
			n.Narrowed.add(markdown.Jump(numberID(i), say.NumberAt(p.Path))+path, plainValue(p), say.Minus(p.Posterior),
				narrower, informed)
		}
		cells = slices.Insert(cells, 2, any(say.Minus(p.Posterior)), any(narrower))
	}
	n.All.add(cells...)
}

func meaning(p *runfolder.Parameter) string {
	known, ok := param.ByName(p.Name)
	if !ok {
		return say.Capital(say.NumberAt(p.Path))
	}
	words := say.Capital(strings.TrimSuffix(known.Doc, "."))
	if parts := scenario.SplitPath(scenario.ShortPath(p.Path)); len(parts) > 2 {
		words += " (" + strings.ReplaceAll(parts[1], "-", " ") + ")"
	}
	return words
}

// numberOf finds the number that stands at a path, or the common one that a channel,
// state or group uses where it has none of its own; −1 for none.
func (r *reported) numberOf(path string) int {
	parts := scenario.SplitPath(path)
	common := "assumptions." + strings.Join(parts[max(0, len(parts)-2):], ".")
	found := -1
	for i := range r.Manifest.Parameters {
		switch r.Manifest.Parameters[i].Path {
		case path:
			return i
		case common:
			found = i
		}
	}
	return found
}

func numberID(i int) string { return fmt.Sprintf("number-%d", i+1) }

// plainUnits are the units of numbers in words; others stand as they are.
var plainUnits = map[string]string{"1/y": "a year", "U": "units of utility", "–": "", "d": "", "×": "times",
	"1/range": "per range of utility", "1/level": "per level", "0–10": "on the scale of 0 to 10", "ln": "(logarithm)",
	"ln d": "(logarithm of days)", "logit": "on the logit scale"}

var (
	inDays  = regexp.MustCompile(`([0-9.]+)d\b`)
	uniform = regexp.MustCompile(`uniform\((\S+), (\S+)\)`)
	normal  = regexp.MustCompile(`normal\((\S+), (\S+)\)`)
)

// plainValue writes a number or its range in words, with its unit.
func plainValue(p *runfolder.Parameter) string {
	v := uniform.ReplaceAllString(normal.ReplaceAllString(p.Value, "around $1, spread $2"), "anything from $1 to $2")
	if inDays.MatchString(v) {
		v = inDays.ReplaceAllString(v, "$1") + " days"
	}
	unit, ok := plainUnits[p.Unit]
	switch {
	case p.Name != "" && !ok:
		unit = p.Unit
	case p.Name != "":
	case strings.HasSuffix(p.Path, ".rate"), strings.HasSuffix(p.Path, ".per_year"): // of a scenario's structure
		unit = plainUnits["1/y"]
	case strings.HasPrefix(scenario.ShortPath(p.Path), "prices."):
		unit = plainUnits["U"]
	}
	return strings.TrimSpace(say.Minus(v) + " " + unit)
}
