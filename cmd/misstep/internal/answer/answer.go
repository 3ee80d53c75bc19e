// Package answer says in words what a run answers: the sentence, the few rows and the notes
// that the screen, the page and whatever else shows a run take from here.
package answer

import (
	_ "embed"
	"slices"
	"strings"
	"text/template"

	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/stat"
	"github.com/misstep/misstep/model/summary"
)

// Answer is what a run says of its headline contrast.
type Answer struct {
	Title  string
	Asked  string // the question of the contrast; "" without one
	Sample string // how many futures, played in which arms

	Verdict  summary.Verdict
	Finding  string    // the verdict in a few words: No clear difference
	Says     []string  // sentences: the verdict, the levels, the years
	Shares   string    // in how many sets of assumptions it is better and worse; "" where none tell
	Versions [2]string // baseline and treatment as heads of columns
	Unit     string    // what the rows count, but for those that say it
	Rows     []Row     // the few outcomes that stand for all
	Legend   string    // of the mark that one of them has; "" for none
	Alone    []Level   // what the arm of a run without a contrast brings
	Chance   string    // Monte Carlo error of the headline difference; "" where it is not known
	Draws    string    // how far other draws would move that difference, chance included; "" where it is not known
	Levels   string    // and the baseline's level
	Notes    []Note    // who errs, what decides, what fails, other arms
	Keep     string    // what is gained against what it costs, by sets of assumptions; "" where none tell
	Against  string    // the scenario's own tests that fail; "" for none
	Not      string    // what not to conclude
	Last     string    // all of it in one line
}

// Note is what is said under a label, and what is left of it where there is little room.
type Note struct{ Label, Text, Short string }

//go:embed answer.tmpl
var text string

var sentences = template.Must(template.New("").Parse(text))

// Of is the answer of a run. Without a contrast it says what the one arm brings.
func Of(s *summary.Summary) *Answer {
	a := &Answer{Title: s.Run.Title}
	w := &writer{Answer: a, s: s, uncertain: s.Run.Uncertain()}
	lone := ""
	if len(s.Contrasts) == 0 {
		lone = s.Arms[0].Name
	}
	a.Sample = w.say("sample", map[string]any{"Futures": say.Counted(s.Run.Draws*s.Run.Replicates, "future"),
		"Arm": lone, "One": s.Run.Draws == 1 && s.Run.Replicates > 1, "Seed": s.Run.Seed, "Generator": s.Run.Generator})
	if lone != "" {
		w.alone()
		return a
	}
	w.c = &s.Contrasts[0]
	w.m = w.c.Measure(s.Headline.Measure)
	a.Versions = versions(w.c.Baseline, w.c.Treatment)
	lever := say.Lever(w.c.Treatment)
	a.Asked = w.say("asked", map[string]any{"Lever": lever, "Plural": say.Plural(lever),
		"Named": lever != w.c.Treatment})
	if w.m == nil || w.m.Paired && w.c.CommonCases == 0 {
		a.Verdict, a.Finding = summary.Same, "Nothing to compare"
		a.Says = []string{"No incident was discovered in both arms."}
		a.Last = "Nothing to compare: no incident was discovered in both arms."
		return a
	}
	w.finding()
	w.rows()
	w.notes()
	w.keep()
	return a
}

type writer struct {
	*Answer
	s         *summary.Summary
	c         *summary.Contrast
	m         *summary.Measure // of the headline
	uncertain bool
}

func (w *writer) say(name string, data any) string {
	return strings.Join(strings.Fields(say.Text(sentences, name, data)), " ")
}

func (w *writer) alone() {
	arm := &w.s.Arms[0]
	reached := ""
	if c := arm.Curve("R3", "any"); c != nil && len(c.Value) > 0 {
		reached = say.Probability(c.Value[len(c.Value)-1])
	}
	w.Verdict, w.Finding = summary.Same, "One arm, nothing to compare"
	w.Alone = alone(arm)
	w.Last = w.say("lone", map[string]any{"Reached": reached, "Window": say.Span(w.s.Run.HorizonDays)})
}

// versions are the names of two arms as heads of narrow columns.
func versions(baseline, treatment string) [2]string {
	a, one, okOne := strings.Cut(baseline, "-")
	b, other, okOther := strings.Cut(treatment, "-")
	if words := [2]string{a, b}; okOne && okOther && one == other &&
		(words == [2]string{"without", "with"} || words == [2]string{"with", "without"}) {
		return words
	}
	return [2]string(say.ClippedApart([]string{baseline, treatment}, versionWidth))
}

const versionWidth = 11

// findings are the verdicts in a few words.
var findings = map[summary.Verdict]string{
	summary.Unclear: "No clear difference", summary.Unknown: "No verdict", summary.Differs: "A clear difference",
	summary.Better: "Clearly better", summary.Worse: "Clearly worse", summary.Same: "No difference in these futures",
}

// headline is what the sentences know of the headline outcome.
type headline struct {
	Missteps            bool // is the outcome; else Name and Unit say which
	Name, Unit          string
	Begins              string // Name where a sentence begins
	Baseline, Treatment string
	Lever               string // with the forum
	Often               string // missteps come in each arm; empty for none
	Verdict             summary.Verdict
	Finding, Range      string
	Identical           bool
	Window              string
	Fixed               bool // all numbers are, and the arms clearly differ

	Of *shares
}

// shares are sets of assumptions, of 100 in all: better and worse by more than delta, and neither.
type shares struct {
	Better, Worse, Within int
	Delta                 string
}

// sharesOf are those of an outcome, nil where they are not told.
func (w *writer) sharesOf(m *summary.Measure) *shares {
	if m == nil || m.Shares == nil || !w.uncertain || m.Goodness == 0 || m.Verdict == summary.Same {
		return nil
	}
	x := m.Shares
	of := stat.Apportion([]float64{x.Better.Value, x.Worse.Value, x.Within.Value}, 100)
	return &shares{of[0], of[1], of[2], say.Short(say.Factor(m.Unit)*x.Delta, false)}
}

// told are the verdicts that say that the arms differ.
var told = []summary.Verdict{summary.Better, summary.Worse, summary.Differs}

// finding puts the headline into sentences.
func (w *writer) finding() {
	m, row := w.m, RowOf(w.m, SectionDigits(w.m), w.uncertain)
	h := &headline{Missteps: m.ID == outcome.Default, Name: say.MeasureOr(m.ID, m.Label), Unit: countedBy(m),
		Baseline: row.Baseline.Value, Treatment: row.Treatment.Value, Lever: say.InArm(w.c.Treatment), Verdict: m.Verdict,
		Finding: findings[m.Verdict], Range: row.Range(), Identical: w.c.Pairing.Identical,
		Window: say.Span(w.s.Run.HorizonDays), Fixed: !w.uncertain && slices.Contains(told, m.Verdict)}
	if each := w.c.Measure("missteps_decade"); h.Missteps && each != nil && each.Baseline.Value > 0 &&
		each.Treatment.Value > 0 {
		h.Often = often(each.Baseline.Value, each.Treatment.Value, h.Lever)
	}
	h.Of, h.Begins = w.sharesOf(m), say.Capital(h.Name)
	w.Verdict, w.Finding, w.Unit = m.Verdict, h.Finding, "of 100 incidents"
	w.Says = say.Lines(sentences, "finding", h)
	w.Shares, w.Last = w.say("shares", h), w.say("last", h)
	if !m.Difference.NoError {
		w.Chance = row.Change.MC
		if x := w.s.Headline.Sampling; x != nil {
			half := func(x float64) string { return "±" + say.Number(say.Factor(m.Unit)*x, SectionDigits(m)) }
			w.Draws, w.Levels = half(x.Difference), half(x.Baseline)
		}
	}
}

// countedBy is what an outcome is counted in, as a sentence says it.
func countedBy(m *summary.Measure) string {
	switch {
	case IsRare(m):
		return ""
	case m.Unit == outcome.Probability:
		return "of 100 futures"
	case m.Unit == outcome.PerCases:
		return "of 100 incidents"
	}
	return m.Unit
}

// often says how often something comes of which ten years have so many, in two arms; lever is the place of the
// second in a sentence.
func often(baseline, treatment float64, lever string) string {
	const sooner = 10 // a decade of which one is a year's
	years := func(decade float64) string {
		if decade > 1 {
			return say.Number(10/decade, 1)
		}
		return say.Number(10/decade, 0)
	}
	a, b, in, unit := years(baseline), years(treatment), "in ", "\u00a0years"
	if baseline > sooner {
		a, b, in, unit = say.Number(baseline/10, 1), say.Number(treatment/10, 1), "", "\u00a0a\u00a0year"
	}
	text := in + a + unit
	if in != "" {
		text = "one " + text
	}
	if a == b {
		return text
	}
	return text + ", " + in + b + " " + lever
}

// Leading are the few outcomes of a contrast that stand for all: the key ones, the headline's first.
func Leading(c *summary.Contrast, headline string) []string {
	ids := []string{headline}
	for i := range outcome.All {
		if o := &outcome.All[i]; o.Key && o.ID != headline && c.Measure(o.ID) != nil {
			ids = append(ids, o.ID)
		}
	}
	return ids[:min(len(ids), mostRows)]
}

func (w *writer) rows() {
	for _, id := range Leading(w.c, w.m.ID) {
		m := w.c.Measure(id)
		r := RowOf(m, SectionDigits(m), w.uncertain)
		r.Label = LabelOf(m)
		if m.Verdict == summary.Unclear {
			w.Legend = "~ range and chance together hold zero"
		}
		w.Rows = append(w.Rows, r)
	}
}

const mostRows = 7

// few are the rows of a brief: the headline, and what may be bought with it.
var few = []string{"false_accusations", "missed", "forgone"}

// Few are the headline's row and those of the counter-risks.
func (a *Answer) Few() []Row {
	var out []Row
	for i, r := range a.Rows {
		if i == 0 || slices.Contains(few, r.ID) {
			out = append(out, r)
		}
	}
	return out
}

// keep says what is gained and what is lost, by sets of assumptions, and what not to conclude.
func (w *writer) keep() {
	w.Not = w.say("not", map[string]any{"Verdict": string(w.m.Verdict), "Lever": say.InArm(w.c.Treatment)})
	gain, cost := w.sharesOf(w.m), w.sharesOf(w.c.Measure("forgone"))
	if gain == nil || w.m.ID == "forgone" {
		return
	}
	w.Keep = say.Capital(w.say("keep", map[string]any{"Name": say.Measure(w.m.ID), "Gain": gain,
		"Cost": cost}))
}

// Note is what is said under a label, nothing where there is none.
func (a *Answer) Note(label string) (n Note) {
	if i := slices.IndexFunc(a.Notes, func(n Note) bool { return n.Label == label }); i >= 0 {
		n = a.Notes[i]
	}
	return n
}

// Range is the parameter interval in words, "" where there is none.
func (r *Row) Range() string {
	if r.Interval[1] == "" {
		return r.Interval[0]
	}
	return r.Interval[0] + " to " + r.Interval[1]
}
