package handover

import (
	"fmt"
	"slices"
	"strings"

	"github.com/misstep/misstep/cmd/misstep/internal/figure"
	"github.com/misstep/misstep/cmd/misstep/internal/report"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/screen"
	"github.com/misstep/misstep/model/summary"
)

// pageWriter writes the sections of a report.
type pageWriter struct {
	*reported
	contrast  *summary.Contrast // the headline's; nil with one arm
	headline  *summary.Measure  // nil with one arm
	uncertain bool              // parameters have a spread
	drawn     map[string]figure.File
	rests     *restingOnKeys
}

// page writes the report.
func (r *reported) page() (*report.Page, error) {
	w := &pageWriter{reported: r, uncertain: r.Summary.Run.Draws > 1 && r.Summary.Run.Free > 0,
		drawn: map[string]figure.File{}}
	if len(r.Summary.Contrasts) > 0 {
		w.contrast = &r.Summary.Contrasts[0]
		w.headline = w.contrast.Measure(r.Summary.Headline.Measure)
	}
	files, err := figure.All(r.Summary, r.stored, figure.Options{Formats: []string{"svg"}})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		w.drawn[f.Name] = f
	}
	w.rests = newRestingOnKeys(r.Manifest.Parameters)
	p := &report.Page{Title: w.title(), Subtitle: report.T(w.subtitle()), Foot: w.foot()}
	for _, section := range []func() (report.Section, error){
		w.brief, w.limits, w.effect, w.why, w.escalation, w.beliefs, w.availability, w.histories, w.methods, w.words,
		w.record, w.assumptions, w.provenance, w.again,
	} {
		s, err := section()
		if err != nil {
			return nil, err
		}
		if len(s.Blocks) > 0 {
			p.Sections = append(p.Sections, s)
		}
	}
	return p, nil
}

func (w *pageWriter) title() string {
	if t := w.Summary.Run.Title; t != "" {
		return t
	}
	return w.Manifest.Inputs.Name
}

func (w *pageWriter) subtitle() string {
	r := &w.Summary.Run
	return fmt.Sprintf("What simulated futures say, and what that rests on. %s simulated, each over %s. A model of "+
		"stated assumptions; it forecasts nothing.",
		say.Counted(r.Draws*r.Replicates, "future"), reportWindow(r))
}

func (w *pageWriter) foot() report.Text {
	m := w.Manifest
	return report.T(fmt.Sprintf("Written by misstep from the run %s (model %s, program %s, seed %d). Inputs: sha256 %s.",
		m.Folder(), m.Inputs.ModelVersion, m.Program.Version, m.Inputs.Seed, m.Hash))
}

// brief answers the questions that every reader has.
func (w *pageWriter) brief() (report.Section, error) {
	s := report.Section{ID: "brief", Title: "In brief"}
	if q := w.card().Question; q != "" {
		s.Blocks = []report.Block{report.Paragraph{Text: report.T(report.Bold("The question."), " "+q)}}
	}
	s.Blocks = append(s.Blocks, report.Lead{Text: report.T(w.answer())})
	if w.contrast != nil && w.contrast.CommonCases > 0 {
		s.Blocks = append(s.Blocks, said(strings.TrimSpace(w.inYears()+w.clearly()))...)
	}
	if w.contrast != nil {
		f, err := w.squares()
		if err != nil {
			return report.Section{}, err
		}
		s.Blocks = append(s.Blocks, f)
	}
	b := report.Brief{Items: []report.Question{
		{Title: "What is compared", Body: w.asked(), Wide: true},
		{Title: "What came out", Body: w.cameOut(), Wide: true},
	}}
	compared := w.contrast != nil && w.contrast.CommonCases > 0 && w.headline != nil
	if compared {
		b.Items = append(b.Items, report.Question{Title: "What speaks against it", Body: w.against()},
			report.Question{Title: "What would change it", Body: w.change()})
	}
	b.Items = append(b.Items, report.Question{Title: "How sure that is", Body: w.howSure()},
		report.Question{Title: "What it rests on", Body: w.restsOn()})
	s.Blocks = append(s.Blocks, b)
	if compared {
		s.Blocks = append(s.Blocks, w.doNotConclude())
	}
	return s, nil
}

// answer is the answer in one sentence.
func (w *pageWriter) answer() string {
	if w.contrast != nil {
		return verdictSentence(w.contrast, w.headline, w.uncertain)
	}
	r, a := &w.Summary.Run, &w.Summary.Arms[0]
	if c := a.Curve("R3", "any"); c != nil && len(c.Value) > 0 {
		return fmt.Sprintf("In this model a public or harder step comes within %s in %s of the futures. There is one "+
			"version, and so no comparison.",
			say.Span(r.HorizonDays), curveEnd(c, w.uncertain, r.Draws*r.Replicates))
	}
	return "This run has one version, and so no comparison."
}

func (w *pageWriter) asked() []report.Block {
	if w.contrast == nil {
		return said("One version of the future is simulated, and compared with nothing.")
	}
	text := fmt.Sprintf("Two versions of the same futures are compared: %s and %s.", reportArm(w.contrast.Baseline),
		reportArm(w.contrast.Treatment))
	var others []string
	for _, a := range w.chartArms()[2:] {
		others = append(others, reportArm(a.Name))
	}
	if len(others) > 0 {
		text += fmt.Sprintf(" Beside them stands what comes %s.", say.And(others))
	}
	text += w.talks()
	return said(text + " Every future is played once in each, with the same luck, so that what differs comes from what " +
		"the versions differ in.")
}

// talks says by which channels the states can talk in the versions: those that all have
// first, "" where a run has no channels.
func (w *pageWriter) talks() string {
	arms := w.chartArms()
	common, extra := w.channels(arms)
	text := ""
	if len(common) > 0 {
		text = " In every version the states can talk by " + say.And(common) + "."
	}
	var added []string
	for i, a := range arms {
		if len(extra[i]) > 0 {
			added = append(added, reportArm(a.Name)+", "+say.And(extra[i]))
		}
	}
	if len(added) == 0 {
		return text
	}
	if text == "" {
		return " The states can talk by no channel but: " + strings.Join(added, "; ") + "."
	}
	return text + " Added to these: " + strings.Join(added, "; ") + "."
}

// channels are those that are up at some time in every version, and in each the others.
func (w *pageWriter) channels(arms []*summary.Arm) (common []string, extra [][]string) {
	in := map[string]int{}
	for _, a := range arms {
		for _, c := range a.Channels {
			if c.Uptime.Value > 0 {
				in[c.Name]++
			}
		}
	}
	extra = make([][]string, len(arms))
	for i, a := range arms {
		for _, c := range a.Channels {
			name := "the " + strings.ReplaceAll(c.Name, "-", " ")
			switch {
			case c.Uptime.Value <= 0:
			case in[c.Name] < len(arms):
				extra[i] = append(extra[i], name)
			case i == 0:
				common = append(common, name)
			}
		}
	}
	return common, extra
}

// said makes a paragraph of each text.
func said(texts ...string) []report.Block {
	var out []report.Block
	for _, t := range texts {
		if t != "" {
			out = append(out, report.Paragraph{Text: report.T(t)})
		}
	}
	return out
}

// briefOutcomes are the outcomes in brief, beside the headline's: the counter-risks.
var briefOutcomes = []string{"missed", "forgone"}

// cameOut gives the headline in numbers, and the counter-risks beside it.
func (w *pageWriter) cameOut() []report.Block {
	if w.contrast == nil || w.contrast.CommonCases == 0 || w.headline == nil {
		return said("What came out is shown below, by version.")
	}
	c := w.contrast
	out := []report.Block{report.Paragraph{Text: report.T("A ", report.Defined("case"),
		" is an incident that its victim has discovered. A ", report.Defined("misstep"),
		" is a public or harder step about it (naming the other side, R3, or anything above it) that a state would not "+
			"have taken had it known the truth; covert operations count, though the public does not see them. Fewer missteps "+
			"can have a price, the counter-risk: a ",
		report.Defined("missed response"), " is a ", report.Defined("hostile operation"),
		" (one that prepares damage or does it, as ordinary spying and crime do not) left unanswered that would have been "+
			"answered, had the truth been known; ",
		report.Defined("accountability forgone"),
		" is a public step against the guilty that is taken in the other version and not in this one. Rungs: R1 and R2 "+
			"are private, R3 and R4 name the other side in public, R5 is charges or sanctions, R6 reduces relations, R7 is a "+
			"covert operation.")},
		report.Paragraph{Text: report.T(
			"After ±: what chance in the simulation leaves open. In parentheses: the range that the assumptions leave open. "+
				"Both at 95\u00a0%. A difference is called clear only where zero lies outside the range even when the range is "+
				"widened by chance (",
			report.JumpTo("words", "more about words and numbers"), ").")}}
	t := report.Table{Stacked: true,
		Caption: "The outcome, and the counter-risks beside it. Differences are computed before rounding.",
		Columns: []report.Column{{Title: "outcome"}, {Title: reportArm(c.Baseline), Numbers: true},
			{Title: reportArm(c.Treatment), Numbers: true}, {Title: "difference, and what it shows", Numbers: true}},
		Groups: []report.Group{{}}}
	t.Groups[0].Rows = append(t.Groups[0].Rows, w.briefRow(w.headline))
	for _, id := range briefOutcomes {
		if m := c.Measure(id); m != nil && m != w.headline {
			t.Groups[0].Rows = append(t.Groups[0].Rows, w.briefRow(m))
		}
	}
	out = append(append(append(out, t), said(w.instead()...)...), w.moved()...)
	return append(out, said(w.scaleOfIt())...)
}

func (w *pageWriter) briefRow(m *summary.Measure) report.Row {
	digits := max(reportDigits(m), screen.SectionDigits(m)-1)
	r := screen.RowOf(m, screen.SectionDigits(m), w.uncertain)
	change := r.Change.Value + "\u00a0" + r.Change.MC
	switch {
	case r.Interval[0] == screen.Unresolved:
		change += " (range not resolved)"
	case r.Interval[0] != "":
		change += fmt.Sprintf(" (%s\u00a0to\u00a0%s)", r.Interval[0], r.Interval[1])
	}
	level := func(e summary.Estimate) report.Cell {
		return report.Cell{Text: report.T(strings.Replace(reportLevel(m, e, digits, w.uncertain), "\u00a0(", " (", 1))}
	}
	return report.Row{Cells: []report.Cell{{Text: report.T(say.Capital(reportOutcome(m)) + " " + reportUnit(m))},
		level(m.Baseline), level(m.Treatment),
		{Text: report.T(change+", ", report.Bold(reportVerdict(m.Verdict)))}}}
}

func (w *pageWriter) howSure() []report.Block {
	r := &w.Summary.Run
	m := w.headline
	if m == nil {
		return said(w.standing())
	}
	out := []report.Block{report.Paragraph{Text: report.T(report.Bold("Chance."),
		" "+samplingSentence(m, r.Draws*r.Replicates))}}
	assumptions := "Every number is fixed in this run. What it could be otherwise is not in the result."
	if w.uncertain {
		assumptions = assumptionSentence(m, r.Free)
	}
	out = append(out, report.Paragraph{Text: report.T(report.Bold("Assumptions."), " "+assumptions)})
	if w.uncertain {
		out = append(out, said(harmSentence(w.contrast, m))...)
	}
	var found []string
	for _, x := range reportRecords() {
		if x.finding != "" && w.Summary.Headline.Calibrated {
			found = append(found, x.finding)
		}
	}
	slices.Reverse(found) // what was not seen tells more
	if len(found) > 0 {
		out = append(out, report.Paragraph{Text: report.T(report.Bold("Against the record."), " "+strings.Join(found, " "))})
	}
	if text := couplingSentence(&w.Summary.Headline, w.contrast.Pairing.Identical); text != "" {
		out = append(out, report.Paragraph{Text: report.T(report.Bold("Another method."), " "+text)})
	}
	return out
}

func (w *pageWriter) restsOn() []report.Block {
	total, assumed, changed := w.counts()
	numbers := fmt.Sprintf("%s go into the run", say.Counted(total, "number"))
	if free := w.Summary.Run.Free; w.uncertain && free <= total {
		numbers += fmt.Sprintf("; %d of them are uncertain, %d are fixed", free, total-free)
	}
	out := said(fmt.Sprintf(
		"%s. With nothing but an assumption behind them: %d; the others rest on documents or on the public record.", numbers,
		assumed), w.standing(),
		"How strongly a forum works is on no record: in the simulation its strength is drawn between nothing and everything.")
	if changed > 0 {
		out = append(out, report.Paragraph{Text: report.T(say.Capital(say.Counted(changed, "number was", "numbers were")) +
			" set for this run from outside of the scenario, and marked in the table.")})
	}
	return append(out, report.Paragraph{Text: report.T("See ", report.JumpTo("assumptions", "every assumption"), ", ",
		report.JumpTo("provenance", "the sources"), " and ", report.JumpTo("limits", "what this cannot tell"), ".")})
}

// counts counts the numbers of the run, those with only an assumption behind them,
// and those that were set from outside of the scenario.
func (w *pageWriter) counts() (total, assumed, changed int) {
	for i := range w.Manifest.Parameters {
		p := &w.Manifest.Parameters[i]
		total++
		if strings.HasPrefix(p.Source, "assumption") {
			assumed++
		}
		if setOutside(p) {
			changed++
		}
	}
	return total, assumed, changed
}

// curveRange is the range of a curve at point i: what the assumptions leave open, or
// the sampling error where they leave nothing. Where no future, or every one, has come
// to it, it is the bound by the rule of three: 95 % of so many futures allow no more.
func curveRange(c *summary.Curve, i int, uncertain bool, futures int) (low, high float64) {
	low, high = c.MCLow[i], c.MCHigh[i]
	if uncertain && c.Low[i] < c.High[i] {
		low, high = c.Low[i], c.High[i]
	}
	bound := min(1, 3/float64(max(futures, 1)))
	if c.Value[i] <= 0 {
		high = max(high, bound)
	}
	if c.Value[i] >= 1 {
		low = min(low, 1-bound)
	}
	return low, high
}

// curveEnd is the last value of a curve with its range.
func curveEnd(c *summary.Curve, uncertain bool, futures int) string {
	last := len(c.Value) - 1
	low, high := curveRange(c, last, uncertain, futures)
	return fmt.Sprintf("%s\u00a0(%s\u00a0to\u00a0%s)", say.Probability(c.Value[last]), say.Probability(low),
		say.Probability(high))
}
